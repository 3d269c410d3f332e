import Domain

/// The closed list of error codes, each with its HTTP status and whether a repetition can help.
public enum BridgeErrorCode: String, CaseIterable, Sendable {
    case unauthenticated
    case tokenExpired = "token_expired"
    case forbidden
    case noConsent = "no_consent"
    case wrongPassword = "wrong_password"
    case accountLocked = "account_locked"
    case notRegistered = "not_registered"
    case accountProblem = "account_problem"
    case otpRequired = "otp_required"
    case captchaRequired = "captcha_required"
    case dualSession = "dual_session"
    case sessionExpired = "session_expired"
    case kycMismatch = "kyc_mismatch"
    case requestDisabled = "request_disabled"
    case reportNotAvailable = "report_not_available"
    case rateLimited = "rate_limited"
    case portalDown = "portal_down"
    case portalTimeout = "portal_timeout"
    case portalChanged = "portal_changed"
    case notFound = "not_found"
    case badRequest = "bad_request"
    case conflict

    public var httpStatus: Int {
        switch self {
        case .unauthenticated, .tokenExpired: 401
        case .forbidden, .noConsent: 403
        case .wrongPassword, .accountLocked, .notRegistered, .accountProblem, .kycMismatch, .requestDisabled,
            .reportNotAvailable:
            422
        case .otpRequired, .captchaRequired, .dualSession, .sessionExpired, .conflict: 409
        case .rateLimited: 429
        case .portalDown: 503
        case .portalTimeout: 504
        case .portalChanged: 502
        case .notFound: 404
        case .badRequest: 400
        }
    }

    public var isRetryable: Bool {
        switch self {
        case .tokenExpired, .dualSession, .sessionExpired, .rateLimited, .portalDown, .portalTimeout: true
        default: false
        }
    }

    /// What the code means for a job or an account of the desk.
    public var cause: Cause {
        switch self {
        case .unauthenticated, .tokenExpired: .providerAuth
        case .forbidden, .noConsent: .noApiAccess
        case .wrongPassword: .wrongPassword
        case .accountLocked: .locked
        case .notRegistered: .notRegistered
        case .accountProblem, .kycMismatch: .accountProblem
        case .otpRequired: .otpRequired
        case .captchaRequired: .captchaRequired
        case .dualSession: .dualSession
        case .sessionExpired: .sessionExpired
        case .requestDisabled, .reportNotAvailable: .placeFailed
        case .rateLimited: .rateLimited
        case .portalDown: .portalDown
        case .portalTimeout: .portalTimeout
        case .portalChanged: .portalChanged
        case .notFound, .badRequest, .conflict: .internal
        }
    }
}
