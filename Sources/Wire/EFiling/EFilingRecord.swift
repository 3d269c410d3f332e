import FoundationEssentials

/// One row of a list: understood, or kept as it came so that a person can look at it. One odd row spoils no list.
public struct EFilingRecord<Row: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    /// nil when the row has another shape.
    public var row: Row?
    private var original: RawJSON?

    public init(_ row: Row) { self.row = row }

    public init(from decoder: any Decoder) throws {
        row = try? Row(from: decoder)
        original = try RawJSON(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        if let original { try original.encode(to: encoder) } else { try row.encode(to: encoder) }
    }

    /// The row's own JSON, keys sorted.
    public var raw: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { Array($0) } ?? []
    }
}

/// JSON of any shape.
enum RawJSON: Codable, Sendable, Hashable {
    case null
    case flag(Bool)
    case whole(Int64)
    case decimal(Decimal)
    case text(String)
    case list([RawJSON])
    case object([String: RawJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .whole(number)
        } else if let number = try? container.decode(Decimal.self) {
            self = .decimal(number)
        } else if let list = try? container.decode([RawJSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: RawJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .whole(let number): try container.encode(number)
        case .decimal(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}
