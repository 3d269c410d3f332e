/// One row of a list: understood, or kept as it came so that a person can look at it. One odd row spoils no list.
public struct WireRecord<Row: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    /// nil when the row has another shape.
    public var row: Row?
    private var original: JSONValue?

    public init(_ row: Row) { self.row = row }

    public init(from decoder: any Decoder) throws {
        row = try? Row(from: decoder)
        original = try JSONValue(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        if let original { try original.encode(to: encoder) } else { try row.encode(to: encoder) }
    }

    /// The row's own JSON, keys sorted; of a row that we made ourselves, nothing.
    public var raw: [UInt8] { original?.bytes ?? [] }
}
