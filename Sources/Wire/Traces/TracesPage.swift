/// One page of a paging servlet.
public struct TracesPage<Row: WirePayload>: WirePayload {
    public var totalPages: Int
    public var page: Int
    public var rowCount: Int
    public var rows: [WireRecord<Row>]

    public init(totalPages: Int, page: Int, rowCount: Int, rows: [Row]) {
        self.totalPages = totalPages
        self.page = page
        self.rowCount = rowCount
        self.rows = rows.map(WireRecord.init)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case totalPages = "totalpages"
        case page, rowCount, rows
    }

    public static var fieldNames: Set<String> { CodingKeys.names.union(Row.fieldNames) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        totalPages = try container.decode(LooseText.self, forKey: .totalPages).count(.totalPages, in: container)
        page = try container.decode(LooseText.self, forKey: .page).count(.page, in: container)
        rowCount = try container.decode(LooseText.self, forKey: .rowCount).count(.rowCount, in: container)
        rows = try container.decode([WireRecord<Row>].self, forKey: .rows)
    }
}

extension LooseText {
    func count<Key: CodingKey>(_ key: Key, in container: KeyedDecodingContainer<Key>) throws -> Int {
        guard let count else {
            throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "no count")
        }
        return count
    }
}

extension KeyedDecodingContainer {
    /// The field as text; empty when it is missing or null.
    func looseText(_ key: Key) throws -> String {
        try decodeIfPresent(LooseText.self, forKey: key)?.text ?? ""
    }
}
