import Synchronization

/// The JSON that a payload is decoded from. Records find their own part in it when somebody asks for it, which is seldom:
/// building values of every record would cost more than reading them.
final class WireSource: Sendable {
    /// The way from the whole to one record.
    enum Step: Sendable, Hashable {
        case name(String)
        case index(Int)
    }

    static let key = CodingUserInfoKey(rawValue: "portaldesk.wire.source")

    private let bytes: [UInt8]
    private let whole = Mutex<JSONValue?>(nil)

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value at the end of the way; `null` when there is none. The whole is built once, however many ask.
    func value(at way: [Step]) -> JSONValue {
        var value = whole.withLock { whole in
            if let whole { return whole }
            let built = (try? JSONValue(bytes)) ?? .null
            whole = built
            return built
        }
        for step in way { value = Self.follow(step, in: value) ?? .null }
        return value
    }

    private static func follow(_ step: Step, in value: JSONValue) -> JSONValue? {
        switch (step, value) {
        case (.name(let name), .object(let object)): object[name]
        case (.index(let index), .list(let list)): list.indices.contains(index) ? list[index] : nil
        default: nil
        }
    }

    /// The way to where a decoder stands.
    static func way(to path: [any CodingKey]) -> [Step] {
        path.map { key in key.intValue.map { .index($0) } ?? .name(key.stringValue) }
    }
}
