/// One notice or order, as list item and as detail (facts: income-tax-traces section 7).
public struct BridgeNotice: WirePayload {
    public var id: String
    public var portal: String
    public var identity: String
    public var place: String
    /// The portal's own key, unique per portal and identity.
    public var externalKey: String
    public var din: String?
    public var referenceId: String?
    /// Whom the notice is about, when that is another than the identity (third-party calls).
    public var subject: String?
    /// `1961` or `2025`.
    public var act: String?
    public var section: String?
    public var sectionTitle: String?
    public var period: BridgePeriod?
    public var formType: String?
    public var proceedingId: String?
    public var description: String?
    /// `YYYY-MM-DD`, or RFC 3339.
    public var issueDate: String?
    public var dueDate: String?
    /// `portal`, `printed`, `computed` or `manual`.
    public var dueDateBasis: String?
    /// `open`, `replied`, `partly_replied`, `closed` or `withdrawn`.
    public var status: String?
    /// The portal's own word.
    public var rawStatus: String?
    /// Decimal rupees.
    public var demand: String?
    /// The portal no longer shows it.
    public var withdrawn: Bool?
    public var version: Int
    public var contentHash: String?
    public var updatedAt: String
    /// How many documents the detail has; absent when the provider does not know before the detail.
    public var documentCount: Int?
    /// Only in the detail.
    public var documents: [BridgeDocument]?
    public var replies: [BridgeReply]?
    public var defaultLines: [BridgeDefaultLine]?

    public init(
        id: String, portal: String, identity: String, place: String, externalKey: String, version: Int,
        updatedAt: String
    ) {
        self.id = id
        self.portal = portal
        self.identity = identity
        self.place = place
        self.externalKey = externalKey
        self.version = version
        self.updatedAt = updatedAt
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, portal, identity, place, din, subject, act, section, period, description, status, demand, withdrawn
        case version, documents, replies
        case externalKey = "external_key"
        case referenceId = "reference_id"
        case sectionTitle = "section_title"
        case formType = "form_type"
        case proceedingId = "proceeding_id"
        case issueDate = "issue_date"
        case dueDate = "due_date"
        case dueDateBasis = "due_date_basis"
        case rawStatus = "raw_status"
        case contentHash = "content_hash"
        case updatedAt = "updated_at"
        case documentCount = "document_count"
        case defaultLines = "default_lines"
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(BridgePeriod.fieldNames).union(
        BridgeDocument.fieldNames
    )
    .union(BridgeReply.fieldNames).union(BridgeDefaultLine.fieldNames)
}

/// `GET /v1/notices`: ordered by (updated_at, id), delivered at least once, the cursor stable for 24 h.
public struct BridgeNoticePage: WirePayload {
    public var items: [WireRecord<BridgeNotice>]
    public var nextCursor: String?
    public var hasMore: Bool
    public var asOf: String

    public init(items: [BridgeNotice], nextCursor: String?, hasMore: Bool, asOf: String) {
        self.items = items.map { WireRecord($0) }
        self.nextCursor = nextCursor
        self.hasMore = hasMore
        self.asOf = asOf
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case items
        case nextCursor = "next_cursor"
        case hasMore = "has_more"
        case asOf = "as_of"
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(BridgeNotice.fieldNames)
}
