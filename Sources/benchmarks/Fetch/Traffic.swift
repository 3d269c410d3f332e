import Foundation
import Sandbox

/// What went over the wire in a run: how much each request and its answer carried, in their order.
struct Traffic: Sendable {
    struct Exchange: Sendable, Decodable {
        var received: Int
        var sent: Int
        var receivedHead: AccessRecord.Head
        var sentHead: AccessRecord.Head
    }

    var exchanges: [Exchange]
    /// Number of the first one in the whole record.
    var first = 0

    /// - Parameter file: what `sandbox serve --access` left.
    init(file: String, from first: Int = 0) throws {
        self.first = first
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        exchanges = try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 10).dropFirst(first).map {
            try decoder.decode(Exchange.self, from: $0)
        }
    }

    var megabytes: Double {
        let bytes = exchanges.reduce(0) { $0 + $1.received + $1.sent + $1.receivedHead.bytes + $1.sentHead.bytes }
        return Double(bytes) / 1_048_576
    }

    /// Fields of a request and of its answer, on the average.
    var fields: (received: Double, sent: Double) {
        let count = Double(max(exchanges.count, 1))
        return (
            Double(exchanges.reduce(0) { $0 + $1.receivedHead.fields }) / count,
            Double(exchanges.reduce(0) { $0 + $1.sentHead.fields }) / count
        )
    }

    /// Fields that make a message's head as long as the one of the run, beside those that it has anyway.
    static func fill(_ head: AccessRecord.Head, beside own: AccessRecord.Head) -> [(name: String, value: String)] {
        let count = head.fields - own.fields
        guard count > 0 else { return [] }
        let names = (0..<count).map { "X-Fill-\($0)" }
        let left = head.bytes - own.bytes - names.reduce(0) { $0 + $1.utf8.count + AccessRecord.Head.perField }
        return names.enumerated().map { index, name in
            let share = max(left, count) * (index + 1) / count - max(left, count) * index / count
            return (name, String(repeating: "f", count: share))
        }
    }
}
