/// One page of a paging servlet.
public struct TracesPage<Row: WirePayload>: WirePayload {
    public var totalPages: Int
    public var page: Int
    public var rowCount: Int
    public var rows: [TracesRow<Row>]

    public init(totalPages: Int, page: Int, rowCount: Int, rows: [Row]) {
        self.totalPages = totalPages
        self.page = page
        self.rowCount = rowCount
        self.rows = rows.map(TracesRow.understood)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case totalPages = "totalpages"
        case page, rowCount, rows
    }

    public static var fieldNames: Set<String> { CodingKeys.names.union(Row.fieldNames) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        totalPages = try container.decode(TracesText.self, forKey: .totalPages).number(.totalPages, in: container)
        page = try container.decode(TracesText.self, forKey: .page).number(.page, in: container)
        rowCount = try container.decode(TracesText.self, forKey: .rowCount).number(.rowCount, in: container)
        rows = try container.decode([TracesRow<Row>].self, forKey: .rows)
    }
}

/// A row of a list, or what stands in its place: one strange row must not cost the others.
public enum TracesRow<Row: WirePayload>: Sendable, Hashable, Codable {
    case understood(Row)
    case strange(TracesValue)

    public init(from decoder: any Decoder) throws {
        if let row = try? Row(from: decoder) {
            self = .understood(row)
        } else {
            self = .strange(try TracesValue(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .understood(let row): try row.encode(to: encoder)
        case .strange(let value): try value.encode(to: encoder)
        }
    }
}

/// A value that is text in one answer and a number in the next.
struct TracesText: Sendable, Hashable, Codable {
    var text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = String(try container.decode(Int64.self))
        }
    }

    func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

    func number<Key: CodingKey>(_ key: Key, in container: KeyedDecodingContainer<Key>) throws -> Int {
        guard let number = Int(text), number >= 0 else {
            throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "no count")
        }
        return number
    }
}

extension KeyedDecodingContainer {
    /// The field as text; empty when it is missing or null.
    func tracesText(_ key: Key) throws -> String {
        try decodeIfPresent(TracesText.self, forKey: key)?.text ?? ""
    }
}

/// Any JSON, kept as it came so that a person can look at it.
public indirect enum TracesValue: Sendable, Hashable, Codable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([TracesValue])
    case object([String: TracesValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([TracesValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: TracesValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}

extension TracesValue: WirePayload {
    public static var fieldNames: Set<String> { [] }
}
