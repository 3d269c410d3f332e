/// `POST /v1/tds-requests`: ask TRACES for a file that takes it hours.
public struct BridgeTdsRequest: WirePayload {
    public var identity: String
    /// `justification_report` or `conso_file`.
    public var kind: String
    public var formType: String
    public var financialYear: String
    public var quarter: Int

    public init(identity: String, kind: String, formType: String, financialYear: String, quarter: Int) {
        self.identity = identity
        self.kind = kind
        self.formType = formType
        self.financialYear = financialYear
        self.quarter = quarter
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case identity, kind, quarter
        case formType = "form_type"
        case financialYear = "financial_year"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

/// One row of `GET /v1/tds-requests`, and the answer to the POST (202).
public struct BridgeTdsRequestRow: WirePayload {
    public var requestNumber: String
    public var identity: String
    public var kind: String
    /// TRACES' own words: Submitted, Available, Disabled, Failed, Not Available.
    public var status: String
    public var requestedAt: String
    public var documentId: String?

    public init(
        requestNumber: String, identity: String, kind: String, status: String, requestedAt: String,
        documentId: String? = nil
    ) {
        self.requestNumber = requestNumber
        self.identity = identity
        self.kind = kind
        self.status = status
        self.requestedAt = requestedAt
        self.documentId = documentId
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case identity, kind, status
        case requestNumber = "request_number"
        case requestedAt = "requested_at"
        case documentId = "document_id"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

public struct BridgeTdsRequestPage: WirePayload {
    public var items: [BridgeTdsRequestRow]
    public var nextCursor: String?
    public var hasMore: Bool

    public init(items: [BridgeTdsRequestRow], nextCursor: String?, hasMore: Bool) {
        self.items = items
        self.nextCursor = nextCursor
        self.hasMore = hasMore
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case items
        case nextCursor = "next_cursor"
        case hasMore = "has_more"
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(BridgeTdsRequestRow.fieldNames)
}
