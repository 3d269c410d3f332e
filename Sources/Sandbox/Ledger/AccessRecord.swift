import Domain
import FoundationEssentials
import Wire

/// One request that the sandbox answered, for those who compare what was served with what a client says it read.
public struct AccessRecord: Sendable, Hashable {
    public var at: Instant
    /// The call without its ids, as `SandboxServer.calls` names it.
    public var call: String
    /// Method and path as they came, without the query.
    public var route = ""
    /// What the answer named the exchange by.
    public var trace = ""
    /// Whose data was asked for, where the system knows it.
    public var identity: String?
    public var status: Int
    /// Whether a password was tried with this request and refused.
    public var refusedPassword: Bool
    /// Places whose whole list reached the client with this answer, with how many records they hold.
    public var served: [Place: Int]
    /// Bytes of the request's body and of the answer's.
    public var received: Int
    public var sent: Int
    public var receivedHead: Head
    public var sentHead: Head

    /// What stands before a body, without the line that begins it and the empty one that ends it.
    public struct Head: Sendable, Hashable, Codable {
        public var fields: Int
        /// With the colon, the blank and the line's end of each field.
        public var bytes: Int

        public init(fields: Int = 0, bytes: Int = 0) {
            self.fields = fields
            self.bytes = bytes
        }

        /// Bytes that a field takes besides its name and its value.
        public static let perField = 4

        mutating func add(_ name: String, _ value: String) {
            fields += 1
            bytes += name.utf8.count + value.utf8.count + Self.perField
        }
    }
}

extension AccessRecord {
    private struct Line: Encodable {
        var at: String
        var call: String
        var route: String
        var trace: String
        var identity: String?
        var status: Int
        var received: Int
        var sent: Int
        var receivedHead: Head
        var sentHead: Head
        var served: [String: Int]?
    }

    /// A JSON line for each record.
    static func lines(_ records: [AccessRecord]) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return records.flatMap { record -> [UInt8] in
            let line = Line(
                at: WireTime.text(record.at), call: record.call, route: record.route, trace: record.trace,
                identity: record.identity, status: record.status,
                received: record.received, sent: record.sent, receivedHead: record.receivedHead,
                sentHead: record.sentHead,
                served: record.served.isEmpty
                    ? nil
                    : Dictionary(
                        uniqueKeysWithValues: record.served.map { ($0.key.rawValue, $0.value) }))
            return (try? encoder.encode(line)).map { Array($0) + [10] } ?? []
        }
    }
}
