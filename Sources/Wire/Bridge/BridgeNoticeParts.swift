/// The span of tax time that a notice is about.
public struct BridgePeriod: WirePayload {
    /// `AY`, `FY`, `TY`, or `MMYYYY` for a return period.
    public var kind: String
    /// Year in which a year begins; nil for a return period.
    public var startYear: Int?
    /// 1 to 4, of TDS statements.
    public var quarter: Int?
    /// Return period MMYYYY.
    public var month: String?

    public init(kind: String, startYear: Int? = nil, quarter: Int? = nil, month: String? = nil) {
        self.kind = kind
        self.startYear = startYear
        self.quarter = quarter
        self.month = month
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, quarter, month
        case startYear = "start_year"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

/// A file of a notice; its bytes are at `GET /v1/documents/{id}`.
public struct BridgeDocument: WirePayload {
    public var id: String
    public var name: String
    public var mediaType: String
    public var size: Int
    /// Lower-case hexadecimal; absent when the portal's file was not read yet.
    public var sha256: String?
    /// `notice`, `annexure`, `order`, `reply` …
    public var kind: String?
    public var locked: Bool?

    public init(
        id: String, name: String, mediaType: String, size: Int, sha256: String?, kind: String? = nil,
        locked: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.sha256 = sha256
        self.kind = kind
        self.locked = locked
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name, size, sha256, kind, locked
        case mediaType = "media_type"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

/// A reply that the portal holds for a notice.
public struct BridgeReply: WirePayload {
    public var id: String
    public var date: String?
    public var type: String?

    public init(id: String, date: String?, type: String?) {
        self.id = id
        self.date = date
        self.type = type
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case id, date, type }
    public static let fieldNames: Set<String> = CodingKeys.names
}

/// One row of a TRACES default summary; amounts are decimal rupees.
public struct BridgeDefaultLine: WirePayload {
    /// Code of facts, income-tax-traces 5.8: `1`, `2`, `3a` …
    public var code: String
    public var type: String
    public var amount: String
    public var reported: String?
    public var payable: String

    public init(code: String, type: String, amount: String, reported: String?, payable: String) {
        self.code = code
        self.type = type
        self.amount = amount
        self.reported = reported
        self.payable = payable
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case code, type, amount, reported, payable }
    public static let fieldNames: Set<String> = CodingKeys.names
}
