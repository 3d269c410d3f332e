import Foundation

/// Measured values of one kind, in milliseconds unless said otherwise.
struct Samples {
    private(set) var sorted: [Double] = []

    mutating func add(_ value: Double) {
        sorted.insert(value, at: sorted.firstIndex { $0 > value } ?? sorted.count)
    }

    var count: Int { sorted.count }
    var median: Double { percentile(50) }
    var least: Double { sorted.first ?? 0 }
    var most: Double { sorted.last ?? 0 }

    func percentile(_ share: Int) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count * share / 100, sorted.count - 1)]
    }
}

extension Duration {
    var inMilliseconds: Double {
        Double(components.seconds) * 1_000 + Double(components.attoseconds) / 1_000_000_000_000_000
    }
}

extension Double {
    /// With this many decimals.
    func text(_ decimals: Int = 2) -> String { String(format: "%.\(decimals)f", self) }
}
