/// Names of the e-filing portal's front-end services, as its own web page uses them.
///
/// They are unofficial: undocumented, without any promise, and may change without notice
/// (facts: income-tax-traces 3).
public enum EFiling {
    /// Paths below the portal's origin, each with the name under which a provider file may replace it.
    public enum Path: String, Sendable, CaseIterable {
        case login
        case extendSession = "extend_session"
        /// Lists of e-Proceedings, notices, replies and closing orders.
        case proceedings
        /// The document set of a notice.
        case letters
        /// Demands and returns.
        case services
        /// Followed by the document's id.
        case document
        case order
        case intimation

        public var standard: String {
            switch self {
            case .login: "/iec/loginapi/login"
            case .extendSession: "/iec/loginapi/auth/extendSession"
            case .proceedings: "/iec/returnservicesapi/auth/getEntity"
            case .letters: "/iec/returnservicesapi/auth/saveEntity"
            case .services: "/iec/servicesapi/auth/getEntity"
            case .document: "/iec/document/"
            case .order: "/iec/document/order"
            case .intimation: "/iec/document/intimation"
            }
        }
    }

    /// Values of `serviceName`, by which services that share a path are told apart.
    public enum Service: String, Sendable, CaseIterable {
        case userCheck = "wLoginService"
        case login = "loginService"
        case proceedings = "eProceedingsPaginatedService"
        case notices = "eProceedingDetailsService"
        case letter = "noticeletterpdf"
        case replies = "itbaResponseService"
        case closure = "downloadClosureOrder"
        case demands = "outstandingDemand"
        case returns = "itrStatusService"
    }

    public enum Form {
        public static let proceedings = "FO-041_PCDNG"
        public static let returns = "FO-006-ITRST"
    }

    /// Repeats the service's name; it is no secret.
    public static let serviceHeader = "sn"
    /// The cookie that is the session.
    public static let cookie = "AuthToken"
    /// What `remark` says to end another session and go on.
    public static let goOn = "Continue"
}

/// Message codes of the services; they come with HTTP 200 (facts: income-tax-traces 3.3).
public enum EFilingCode: String, Sendable, CaseIterable {
    case success = "EF00000"
    case wrongPassword = "EF00027"
    case alreadyLoggedIn = "EF00177"
    case unknownUser = "EF00035"
    /// A request id that is stale, used up or came too early, or a session that has ended.
    case notAuthenticated = "EF500023"
    case contactInvalid = "EF00239"
    case wrongMobileOtp = "EF00072"
    case wrongMailOtp = "EF00073"
    case wrongAadhaarOtp = "EF00006"
    case otpExpired = "EF00074"
    case passwordChanged = "EF00043"
    case panInactive = "EF00098"
    case panNotLinked = "EF00099"
    case otpLimit = "EF00152"
    case otpLimitReached = "EF00153"
}
