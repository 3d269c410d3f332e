/// A row of `DedStmtStatusServlet`: one statement that a deductor filed.
public struct TracesStatementRow: WirePayload {
    /// `2024-25`.
    public var financialYear: String
    /// `Q3`.
    public var quarter: String
    /// `26Q`, or `140` since April 2026.
    public var form: String
    /// 15 digits.
    public var token: String
    /// `25-Oct-2025`.
    public var filedOn: String
    public var status: String
    public var processedOn: String
    /// `Regular` or `Correction`.
    public var type: String
    public var remarks: String
    public var reason: String

    public init(
        financialYear: String, quarter: String, form: String, token: String, filedOn: String, status: String,
        processedOn: String, type: String, remarks: String = "", reason: String = ""
    ) {
        self.financialYear = financialYear
        self.quarter = quarter
        self.form = form
        self.token = token
        self.filedOn = filedOn
        self.status = status
        self.processedOn = processedOn
        self.type = type
        self.remarks = remarks
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case financialYear = "finyear"
        case quarter
        case form = "formtype"
        case token = "tokenno"
        case filedOn = "dtoffiling"
        case status
        case processedOn = "dtofprcng"
        case type = "stmnttype"
        case remarks, reason
    }

    public static let fieldNames: Set<String> = CodingKeys.names

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        financialYear = try row.looseText(.financialYear)
        quarter = try row.looseText(.quarter)
        form = try row.looseText(.form)
        token = try row.decode(LooseText.self, forKey: .token).text
        filedOn = try row.looseText(.filedOn)
        status = try row.decode(String.self, forKey: .status)
        processedOn = try row.looseText(.processedOn)
        type = try row.looseText(.type)
        remarks = try row.looseText(.remarks)
        reason = try row.looseText(.reason)
    }
}

/// A row of `GetReqListServlet`: one file that was asked for.
public struct TracesRequestRow: WirePayload {
    /// `25-Oct-2025`.
    public var requestedOn: String
    public var number: String
    public var financialYear: String
    public var quarter: String
    public var form: String
    /// What was asked for: justification report, conso file, bulk Form 16 or 16A.
    public var kind: String
    /// One of `TracesRequestStatus`, or a word that is new.
    public var status: String
    public var remarks: String

    public init(
        requestedOn: String, number: String, financialYear: String, quarter: String, form: String, kind: String,
        status: String, remarks: String = ""
    ) {
        self.requestedOn = requestedOn
        self.number = number
        self.financialYear = financialYear
        self.quarter = quarter
        self.form = form
        self.kind = kind
        self.status = status
        self.remarks = remarks
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case requestedOn = "reqDate"
        case number = "reqNo"
        case financialYear = "finYr"
        case quarter = "qrtr"
        case form = "frmType"
        case kind = "dntype"
        case status, remarks
    }

    public static let fieldNames: Set<String> = CodingKeys.names

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        requestedOn = try row.looseText(.requestedOn)
        number = try row.decode(LooseText.self, forKey: .number).text
        financialYear = try row.looseText(.financialYear)
        quarter = try row.looseText(.quarter)
        form = try row.looseText(.form)
        kind = try row.looseText(.kind)
        status = try row.decode(String.self, forKey: .status)
        remarks = try row.looseText(.remarks)
    }
}

/// Answer of `DownloadServlet`: where the file of a request lies for a while.
public struct TracesDownload: WirePayload {
    /// Empty while the file is still being prepared.
    public var url: String

    public init(url: String) { self.url = url }

    enum CodingKeys: String, CodingKey, CaseIterable { case url }
    public static let fieldNames: Set<String> = CodingKeys.names
}
