import FoundationEssentials

/// Any JSON, kept whole: for records that may have another shape than expected. Amounts never pass through a float.
public enum JSONValue: Codable, Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Decimal)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        // What is frequent comes first: each type that does not fit costs an error.
        if box.decodeNil() {
            self = .null
        } else if let text = try? box.decode(String.self) {
            self = .text(text)
        } else if let number = try? box.decode(Int64.self) {
            self = .integer(number)
        } else if let object = try? box.decode([String: JSONValue].self) {
            self = .object(object)
        } else if let list = try? box.decode([JSONValue].self) {
            self = .list(list)
        } else if let flag = try? box.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? box.decode(Decimal.self) {
            self = .number(number)
        } else {
            // Nothing else is left. One such number must not cost the records beside it.
            self = Self.tooLarge
        }
    }

    /// Stands for a number that no amount or id can be, such as 1e400. A list, for no field takes one in place of a number.
    private static let tooLarge = JSONValue.list([.text("a number that is too large")])

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        switch self {
        case .null: try box.encodeNil()
        case .flag(let flag): try box.encode(flag)
        case .integer(let number): try box.encode(number)
        case .number(let number): try box.encode(number)
        case .text(let text): try box.encode(text)
        case .list(let list): try box.encode(list)
        case .object(let object): try box.encode(object)
        }
    }

    /// - Throws: `WireJSON.Problem` when the bytes are no JSON.
    public init(_ bytes: [UInt8]) throws(WireJSON.Problem) {
        if JSONDepth.isTooDeep(bytes) { throw WireJSON.Problem("it is nested too deeply") }
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw WireJSON.Problem("it is not JSON")
        }
    }

    public subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    public var list: [JSONValue]? { if case .list(let list) = self { list } else { nil } }
    public var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The same JSON, compact, with sorted keys.
    public var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }
}
