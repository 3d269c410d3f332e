import Domain

/// What TRACES' own pages call: paths, names of fields and tables (facts: income-tax-traces section 5).
///
/// None of it is a published interface. It is what the portal's web pages ask for, and may change any day; a path that
/// nobody has published stands in the provider file's `[paths]`.
public enum Traces {
    /// The new portal's login service.
    public enum LoginPath {
        public static let captcha = "/loginservice/api/auth/generateCaptcha"
        public static let login = "/loginservice/api/auth/login"
    }

    /// The application of the Act of 1961.
    public enum AppPath {
        /// Turns the new portal's tokens into a session of the old application.
        public static let bridge = "/app/preauthV2.xhtml"
        public static let login = "/app/login.xhtml"
        public static let dashboard = "/app/ded/dashboard.xhtml"
        public static let outstandingDemand = "/app/ded/outstandingdemand.xhtml"
        public static let demandOfYear = "/app/ded/viewdemandsum.xhtml"
        public static let demandOfQuarter = "/app/ded/demsummary.xhtml"
        public static let statementStatus = "/app/ded/srv/DedStmtStatusServlet"
        public static let requests = "/app/srv/GetReqListServlet"
        public static let download = "/app/srv/DownloadServlet"
        public static let justificationReport = "/app/ded/justrepdwnld.xhtml"
        public static let consoFile = "/app/ded/nsdlconsofile.xhtml"
        /// Assumed: that there is an inbox is known, its address is not.
        public static let communications = "/app/ded/communications.xhtml"
    }

    public static func path(of kind: TdsRequest.Kind) -> String {
        switch kind {
        case .justificationReport: AppPath.justificationReport
        case .consoFile: AppPath.consoFile
        }
    }

    /// Fields of the form that asks for a file, as a provider file calls them. What the form asks is documented, what the
    /// portal calls its fields is not.
    public enum KycField: String, CaseIterable, Sendable {
        case year, quarter, form, token
        case bsrCode = "bsr_code"
        case depositDate = "deposit_date"
        case serial, amount
        case nilChallan = "nil_challan"
        /// With a number from 1 behind, as the amount.
        case pan
        case panAmount = "pan_amount"
        case noPan = "no_pan"
        /// Where the portal wants one before it takes the request.
        case otp

        /// The name that is assumed where a provider file tells no other.
        public var standard: String {
            switch self {
            case .year: "financialYear"
            case .form: "formType"
            case .token: "tokenNumber"
            case .bsrCode: "bsrCode"
            case .depositDate: "challanDate"
            case .serial: "challanSerialNo"
            case .amount: "challanAmount"
            case .nilChallan: "nilChallan"
            case .panAmount: "panAmount"
            case .noPan: "noValidPan"
            case .quarter, .pan, .otp: rawValue
            }
        }
    }

    public enum Header {
        public static let refreshToken = "RefreshToken"
    }

    /// `id` of the tables on the pages.
    public enum Table {
        public static let demandByYear = "fyAmtList"
        public static let demandOfPriorYears = "priorList"
        public static let demandByQuarter = "demandsumFY1"
        /// Assumed, as are those below: the pages' content is known, the ids of these tables are not.
        public static let statement = "statementDetails"
        public static let defaults = "defaultSummary"
        public static let panCounts = "panSummary"
        public static let actionRequired = "actionRequired"
        public static let generalAwareness = "generalAwareness"
    }

    /// The row of the demand table behind which the older years stand.
    public static let priorYears = "Prior Years"

    /// Requests name the quarters Q1 to Q4 by 3 to 6.
    public static func code(quarter: Int) -> Int { quarter + 2 }
    public static func quarter(code: Int) -> Int? { (3...6).contains(code) ? code - 2 : nil }
}

/// The five words for where a request of a file stands (official help of TRACES).
public enum TracesRequestStatus: String, Sendable, CaseIterable {
    case submitted = "Submitted"
    case available = "Available"
    /// A duplicate of another request.
    case disabled = "Disabled"
    /// CPC-TDS must be asked.
    case failed = "Failed"
    /// The statement was processed without a default.
    case notAvailable = "Not Available"
}
