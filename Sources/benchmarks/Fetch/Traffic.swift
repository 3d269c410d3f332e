import Foundation

/// What went over the wire in a run: how many bytes each request and its answer carried, in their order.
struct Traffic: Sendable {
    struct Exchange: Sendable, Decodable {
        var received: Int
        var sent: Int
    }

    var exchanges: [Exchange]
    /// Number of the first one in the whole record.
    var first = 0

    /// - Parameter file: what `sandbox serve --access` left.
    init(file: String, from first: Int = 0) throws {
        self.first = first
        let decoder = JSONDecoder()
        exchanges = try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 10).dropFirst(first).map {
            try decoder.decode(Exchange.self, from: $0)
        }
    }

    var megabytes: Double { Double(exchanges.reduce(0) { $0 + $1.received + $1.sent }) / 1_048_576 }
}
