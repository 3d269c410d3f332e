/// Why a job failed or waits, and why an account is not verified. Raw values are the names of the CLI contract.
public enum Cause: String, CaseIterable, Sendable, Codable {
    case wrongPassword = "wrong_password"
    case locked
    case otpRequired = "otp_required"
    case captchaRequired = "captcha_required"
    case notRegistered = "not_registered"
    case accountProblem = "account_problem"
    case dualSession = "dual_session"
    case sessionExpired = "session_expired"
    case noApiAccess = "no_api_access"
    /// The taxpayer's written authority is needed and not recorded: nothing was asked of the portal.
    case noAuthority = "no_authority"
    case rateLimited = "rate_limited"
    case portalDown = "portal_down"
    case portalTimeout = "portal_timeout"
    case portalChanged = "portal_changed"
    case providerAuth = "provider_auth"
    case placeFailed = "place_failed"
    case gaveUp = "gave_up"
    case crashed
    case `internal`
    /// Accounts only: no verification was made yet.
    case neverChecked = "never_checked"

    /// What the job does next when an attempt ends with this cause.
    public enum Disposition: Sendable { case retry, fail, needsInput }

    public var disposition: Disposition {
        switch self {
        case .otpRequired, .captchaRequired: .needsInput
        case .dualSession, .sessionExpired, .rateLimited, .portalDown, .portalTimeout, .placeFailed: .retry
        case .wrongPassword, .locked, .notRegistered, .accountProblem, .noApiAccess, .noAuthority, .portalChanged,
            .providerAuth, .gaveUp, .crashed, .internal, .neverChecked:
            .fail
        }
    }

    /// Whether the cause says something about the login itself, so that the account's status must follow.
    public var concernsLogin: Bool {
        switch self {
        case .wrongPassword, .locked, .otpRequired, .notRegistered, .accountProblem, .noApiAccess: true
        default: false
        }
    }

    /// Whether it says something of the provider, or of the portal behind it, and nothing of the login.
    public var isProviders: Bool {
        switch self {
        case .rateLimited, .portalDown, .portalTimeout, .portalChanged, .providerAuth, .placeFailed, .gaveUp: true
        default: false
        }
    }

    /// Short phrase for badges and lists.
    public var title: String {
        switch self {
        case .wrongPassword: "wrong password"
        case .locked: "locked by the portal"
        case .otpRequired: "OTP required"
        case .captchaRequired: "captcha required"
        case .notRegistered: "not registered"
        case .accountProblem: "account problem"
        case .dualSession: "already logged in elsewhere"
        case .sessionExpired: "session expired"
        case .noApiAccess: "API access off"
        case .noAuthority: "no written authority"
        case .rateLimited: "rate limited"
        case .portalDown: "portal down"
        case .portalTimeout: "portal timed out"
        case .portalChanged: "portal changed"
        case .providerAuth: "provider refused us"
        case .placeFailed: "a place could not be read"
        case .gaveUp: "gave up"
        case .crashed: "crashed the worker"
        case .internal: "internal fault"
        case .neverChecked: "never checked"
        }
    }

    /// What it means for the user of the desk.
    public var meaning: String {
        switch self {
        case .wrongPassword: "No further attempt is made with this password, so the account is not locked by us."
        case .locked: "The portal has locked this login, usually after several wrong passwords."
        case .otpRequired: "The portal sent a one-time password to the taxpayer and waits for it."
        case .captchaRequired: "The portal shows a captcha that a person must read."
        case .notRegistered: "The portal does not know this user name."
        case .accountProblem: "The portal knows the login but does not let it in."
        case .dualSession:
            "Somebody is logged in with this account now; they are not pushed out unless a person says so."
        case .sessionExpired: "The portal ended the session before everything was read."
        case .noApiAccess: "The taxpayer has not switched on API access on the portal."
        case .noAuthority: "Nothing was asked of the portal: the taxpayer's written authority is not recorded here."
        case .rateLimited: "The portal or the provider asked us to slow down."
        case .portalDown: "The portal or the provider did not serve the request."
        case .portalTimeout: "No answer came in the time allowed; nothing is known about this read."
        case .portalChanged:
            "The answer has a shape that this version does not know. Nothing was guessed; records that can be told apart are set aside."
        case .providerAuth: "The provider refused our own client id or secret."
        case .placeFailed: "At least one list could not be read. What was read is kept; nothing is taken for empty."
        case .gaveUp: "All attempts are used up."
        case .crashed: "The worker died on this job several times, so it is set aside."
        case .internal: "The program met a state that it should not meet."
        case .neverChecked: "Nobody has verified this login yet."
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .wrongPassword: "Press e to enter the right password; Submit verifies it."
        case .locked: "Unlock the login on the portal, then verify it here."
        case .otpRequired, .captchaRequired: Self.remedyWhileWaiting
        case .notRegistered: "Check the user name; press e to correct it."
        case .accountProblem: "Log in on the portal once and follow what it asks, then verify here."
        case .dualSession, .sessionExpired, .rateLimited, .portalDown, .portalTimeout, .placeFailed:
            "It is tried again by itself; press R to try now."
        case .noApiAccess: "Switch on API access on the portal, then verify here."
        case .noAuthority: "Record it in Configure (w), or `account authority`; then press R to try again."
        case .portalChanged: "Save this log and send it to support; an update may be needed."
        case .providerAuth: "An admin must check the provider file: client id, secret, address."
        case .gaveUp: "Look for the first error below, then press R to start over."
        case .crashed: "Save this log and send it to support; press R to try once more."
        case .internal: "Save this log and send it to support."
        case .neverChecked: "Choose Verify from the actions menu."
        }
    }
}

extension Cause {
    /// What to do about a job that waits for a person, whatever it asks.
    public static let remedyWhileWaiting = "Answer it: F9 in the desk, or `job answer`. Then the job goes on."

    /// What it means once a job has failed with it: nobody waits for an answer any more.
    public var meaningWhenOver: String {
        switch self {
        case .otpRequired:
            "The portal wants a one-time password besides the password of this user, and there was no way to pass one on."
        case .captchaRequired: "The portal wanted a captcha read, and there was no way to pass the answer on."
        default: meaning
        }
    }

    /// What to do about a job that has failed with it.
    public var remedyWhenOver: String {
        switch self {
        case .otpRequired:
            "Let the password suffice for this user at the portal, or under a GSP open the session with Connect; then verify."
        case .captchaRequired: "Press R to ask again."
        // Nothing is tried again by itself once the job is over.
        case _ where disposition == .retry: "Press R to try again."
        default: remedy
        }
    }
}
