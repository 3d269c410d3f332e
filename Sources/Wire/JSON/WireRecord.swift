/// One row of a list: understood, or kept as it came so that a person can look at it. One odd row spoils no list.
public struct WireRecord<Row: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    private enum Original: Sendable {
        case value(JSONValue)
        case part(of: WireSource, at: [WireSource.Step])

        var value: JSONValue {
            switch self {
            case .value(let value): value
            case .part(let source, let way): source.value(at: way)
            }
        }
    }

    /// nil when the row has another shape.
    public var row: Row?
    private var original: Original?

    public init(_ row: Row) { self.row = row }

    public init(from decoder: any Decoder) throws {
        row = try? Row(from: decoder)
        if row != nil, let key = WireSource.key, let source = decoder.userInfo[key] as? WireSource {
            original = .part(of: source, at: WireSource.way(to: decoder.codingPath))
        } else {
            original = .value(try JSONValue(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if let original { try original.value.encode(to: encoder) } else { try row.encode(to: encoder) }
    }

    /// The row's own JSON, keys sorted; of a row that we made ourselves, nothing.
    public var raw: [UInt8] { original?.value.bytes ?? [] }

    public static func == (left: WireRecord, right: WireRecord) -> Bool {
        left.row == right.row && left.original?.value == right.original?.value
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(row) }
}
