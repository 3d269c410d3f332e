/// One page of `eProceedingsPaginatedService`.
public struct EFilingProceedings: WirePayload {
    /// nil when the answer has no such list, which is never "none".
    public var eProceedingPaginatedRequests: [EFilingRecord<EFilingProceeding>]?

    public init(_ rows: [EFilingProceeding]) { eProceedingPaginatedRequests = rows.map { EFilingRecord($0) } }

    enum CodingKeys: String, CodingKey, CaseIterable { case eProceedingPaginatedRequests }
    public static var fieldNames: Set<String> {
        CodingKeys.names.union(EFilingProceeding.CodingKeys.names).union(EFilingMessage.names).union([
            "header", "formName", "statusText", "statusDate",
        ])
    }
}

public struct EFilingProceeding: Codable, Sendable, Hashable {
    public struct Status: Codable, Sendable, Hashable {
        public var statusText: String?
        /// Milliseconds since 1970.
        public var statusDate: EFilingScalar?
        public init(_ text: String, at milliseconds: Int64) {
            statusText = text
            statusDate = EFilingScalar(milliseconds)
        }
    }

    public var proceedingReqId: EFilingScalar?
    public var proceedingName: String?
    /// Whose case it is; another one than the login's in the lists of `thirdParty`.
    public var pan: String?
    public var nameOfAssesse: String?
    public var assessmentYear: EFilingScalar?
    public var financialYr: EFilingScalar?
    public var viewNoticeCount: EFilingScalar?
    public var proceedingType: String?
    /// `O` open, `C` closed.
    public var proceedingStatus: String?
    public var proceedingStatusDetails: [Status]?
    public var lastResponseSubmittedOn: EFilingScalar?
    public var proceedingClosureOrder: EFilingScalar?
    public var issuedOn: EFilingScalar?
    public var servedOn: EFilingScalar?
    public var responseDueDate: EFilingScalar?

    public init(id: String) { proceedingReqId = EFilingScalar(id) }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case proceedingReqId, proceedingName, pan, nameOfAssesse, assessmentYear, financialYr, viewNoticeCount
        case proceedingType, proceedingStatus, proceedingStatusDetails, lastResponseSubmittedOn
        case proceedingClosureOrder, issuedOn, servedOn, responseDueDate
    }
}

/// `eProceedingDetailsService`: a bare list of notices.
public struct EFilingNotices: WirePayload {
    public var rows: [EFilingRecord<EFilingNotice>]

    public init(_ rows: [EFilingNotice]) { self.rows = rows.map { EFilingRecord($0) } }
    public init(from decoder: any Decoder) throws {
        rows = try decoder.singleValueContainer().decode([EFilingRecord<EFilingNotice>].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rows)
    }

    public static var fieldNames: Set<String> { EFilingNotice.CodingKeys.names }
}

public struct EFilingNotice: Codable, Sendable, Hashable {
    /// Unique inside its proceeding; needed for documents and replies.
    public var headerSeqNo: EFilingScalar?
    public var documentIdentificationNumber: EFilingScalar?
    public var documentReferenceId: EFilingScalar?
    public var noticeSection: String?
    public var description: String?
    /// Moments in milliseconds since 1970, with a clock time.
    public var issuedOn: EFilingScalar?
    public var servedOn: EFilingScalar?
    public var responseDueDate: EFilingScalar?
    public var ay: EFilingScalar?
    public var pan: String?
    /// `S` when a response is submitted; known to be wrong at times.
    public var respStatus: String?
    public var isSubmitted: EFilingScalar?
    public var lastResponseSubmittedOn: EFilingScalar?
    public var responseViewedByAoOn: EFilingScalar?
    public var proceedingStatus: String?

    public init(sequence: String) { headerSeqNo = EFilingScalar(sequence) }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case headerSeqNo, documentIdentificationNumber, documentReferenceId, noticeSection, description, issuedOn
        case servedOn, responseDueDate, ay, pan, respStatus, isSubmitted, lastResponseSubmittedOn
        case responseViewedByAoOn, proceedingStatus
    }
}
