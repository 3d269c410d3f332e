/// A row of the notices list (facts: gstn-taxpayer 7.1).
public struct GstnNoticeRow: WirePayload {
    public var refId: String
    public var arn: String
    public var moduleCd: String
    public var alertCd: String
    /// DD/MM/YYYY.
    public var dateOfIssue: String
    /// DD/MM/YYYY, or `NA`.
    public var dateOfRespond: String

    public init(
        refId: String, arn: String, moduleCd: String, alertCd: String, dateOfIssue: String, dateOfRespond: String
    ) {
        self.refId = refId
        self.arn = arn
        self.moduleCd = moduleCd
        self.alertCd = alertCd
        self.dateOfIssue = dateOfIssue
        self.dateOfRespond = dateOfRespond
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case refId, arn, moduleCd, alertCd, dateOfIssue, dateOfRespond }
    public static let fieldNames: Set<String> = CodingKeys.names
}

public struct GstnNoticeList: WirePayload {
    public var notices: [GstnNoticeRow]
    public init(notices: [GstnNoticeRow]) { self.notices = notices }

    enum CodingKeys: String, CodingKey, CaseIterable { case notices }
    public static let fieldNames: Set<String> = CodingKeys.names.union(GstnNoticeRow.fieldNames)
}

/// One notice with its documents.
public struct GstnNoticeDetail: WirePayload {
    public struct Period: WirePayload {
        /// `MAY`.
        public var fromMonth: String?
        public var fromYear: LooseText?
        public var toMonth: String?
        public var toYear: LooseText?

        public init(fromMonth: String?, fromYear: String?, toMonth: String?, toYear: String?) {
            self.fromMonth = fromMonth
            self.fromYear = fromYear.map { LooseText($0) }
            self.toMonth = toMonth
            self.toYear = toYear.map { LooseText($0) }
        }

        enum CodingKeys: String, CodingKey, CaseIterable { case fromMonth, fromYear, toMonth, toYear }
        public static let fieldNames: Set<String> = CodingKeys.names
    }

    public struct Document: WirePayload {
        public struct Entry: WirePayload {
            public var ct: String?
            public var docName: String
            public var hash: String?
            public var id: String
            public var ty: String?

            public init(ct: String?, docName: String, hash: String?, id: String, ty: String?) {
                self.ct = ct
                self.docName = docName
                self.hash = hash
                self.id = id
                self.ty = ty
            }

            enum CodingKeys: String, CodingKey, CaseIterable { case ct, docName, hash, id, ty }
            public static let fieldNames: Set<String> = CodingKeys.names
        }

        public var dcupdtls: Entry
        public init(_ entry: Entry) { dcupdtls = entry }

        enum CodingKeys: String, CodingKey, CaseIterable { case dcupdtls }
        public static let fieldNames: Set<String> = CodingKeys.names.union(Entry.fieldNames)
    }

    public var arn: String?
    public var dateOfIssue: String?
    /// `MOV07`.
    public var noticeType: String?
    public var dueDateOfReply: String?
    public var taxPeriod: Period?
    public var maindocs: [Document]?
    public var suppdocs: [Document]?

    public init() {}

    enum CodingKeys: String, CodingKey, CaseIterable {
        case arn, dateOfIssue, noticeType, dueDateOfReply, taxPeriod, maindocs, suppdocs
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(Period.fieldNames).union(Document.fieldNames)
}

/// The bytes of a document, as the document API answers (facts: gstn-taxpayer 2.5).
public struct GstnDocument: WirePayload {
    public var ct: String
    /// Base64.
    public var data: String
    public var name: String

    public init(ct: String, data: String, name: String) {
        self.ct = ct
        self.data = data
        self.name = name
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case ct, data
        case name = "doc_nam"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}
