/// One page of `eProceedingsPaginatedService`.
public struct EFilingProceedings: WirePayload {
    /// nil when the answer has no such list, which is never "none".
    public var eProceedingPaginatedRequests: [WireRecord<EFilingProceeding>]?

    public init(_ rows: [EFilingProceeding]) { eProceedingPaginatedRequests = rows.map { WireRecord($0) } }

    enum CodingKeys: String, CodingKey, CaseIterable { case eProceedingPaginatedRequests }
    public static let fieldNames: Set<String> = CodingKeys.names.union(EFilingProceeding.CodingKeys.names).union(
        EFilingMessage.names
    ).union([
        "header", "formName", "statusText", "statusDate",
    ])
}

public struct EFilingProceeding: Codable, Sendable, Hashable {
    public struct Status: Codable, Sendable, Hashable {
        public var statusText: String?
        /// Milliseconds since 1970.
        public var statusDate: LooseText?
        public init(_ text: String, at milliseconds: Int64) {
            statusText = text
            statusDate = LooseText(milliseconds)
        }
    }

    public var proceedingReqId: LooseText?
    public var proceedingName: String?
    /// Whose case it is; another one than the login's in the lists of `thirdParty`.
    public var pan: String?
    public var nameOfAssesse: String?
    public var assessmentYear: LooseText?
    public var financialYr: LooseText?
    public var viewNoticeCount: LooseText?
    public var proceedingType: String?
    /// `O` open, `C` closed.
    public var proceedingStatus: String?
    public var proceedingStatusDetails: [Status]?
    public var lastResponseSubmittedOn: LooseText?
    public var proceedingClosureOrder: LooseText?
    public var issuedOn: LooseText?
    public var servedOn: LooseText?
    public var responseDueDate: LooseText?

    public init(id: String) { proceedingReqId = LooseText(id) }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case proceedingReqId, proceedingName, pan, nameOfAssesse, assessmentYear, financialYr, viewNoticeCount
        case proceedingType, proceedingStatus, proceedingStatusDetails, lastResponseSubmittedOn
        case proceedingClosureOrder, issuedOn, servedOn, responseDueDate
    }
}

/// `eProceedingDetailsService`: a bare list of notices.
public struct EFilingNotices: WirePayload {
    public var rows: [WireRecord<EFilingNotice>]

    public init(_ rows: [EFilingNotice]) { self.rows = rows.map { WireRecord($0) } }
    public init(from decoder: any Decoder) throws {
        rows = try decoder.singleValueContainer().decode([WireRecord<EFilingNotice>].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rows)
    }

    public static let fieldNames: Set<String> = EFilingNotice.CodingKeys.names
}

public struct EFilingNotice: Codable, Sendable, Hashable {
    /// Unique inside its proceeding; needed for documents and replies.
    public var headerSeqNo: LooseText?
    public var documentIdentificationNumber: LooseText?
    public var documentReferenceId: LooseText?
    public var noticeSection: String?
    public var description: String?
    /// Moments in milliseconds since 1970, with a clock time.
    public var issuedOn: LooseText?
    public var servedOn: LooseText?
    public var responseDueDate: LooseText?
    public var ay: LooseText?
    public var pan: String?
    /// `S` when a response is submitted; known to be wrong at times.
    public var respStatus: String?
    public var isSubmitted: LooseText?
    public var lastResponseSubmittedOn: LooseText?
    public var responseViewedByAoOn: LooseText?
    public var proceedingStatus: String?

    public init(sequence: String) { headerSeqNo = LooseText(sequence) }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case headerSeqNo, documentIdentificationNumber, documentReferenceId, noticeSection, description, issuedOn
        case servedOn, responseDueDate, ay, pan, respStatus, isSubmitted, lastResponseSubmittedOn
        case responseViewedByAoOn, proceedingStatus
    }
}
