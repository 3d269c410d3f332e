/// What a person does about jobs that stopped for one cause.
public enum CauseAction: String, CaseIterable, Sendable {
    /// The stored login is wrong: another one must be entered.
    case fixLogin = "fix_login"
    /// Something must be done at the portal first; then a verification tells whether it helped.
    case verify
    /// Nothing but another try.
    case retry
    /// A person answers what the portal asks.
    case answer
    /// The taxpayer switches API access on, then a session is opened.
    case connect
    /// The taxpayer's written authority must be recorded.
    case authorise = "record_authority"
    /// Only the log tells more.
    case look

    public var title: String {
        switch self {
        case .fixLogin: "Fix the login"
        case .verify: "Verify again"
        case .retry: "Retry all"
        case .answer: "Answer"
        case .connect: "Connect"
        case .authorise: "Authorise"
        case .look: "Open the log"
        }
    }
}

extension Cause {
    /// What helps against jobs that failed for this cause.
    public var action: CauseAction {
        switch self {
        case .wrongPassword, .notRegistered, .neverChecked: .fixLogin
        // Failed for want of an OTP: the portal asks for one that cannot be passed on, until its settings are changed there.
        case .locked, .accountProblem, .otpRequired: .verify
        case .noApiAccess: .connect
        case .noAuthority: .authorise
        case .providerAuth, .portalChanged, .crashed, .internal: .look
        case .captchaRequired, .dualSession, .sessionExpired, .rateLimited, .portalDown, .portalTimeout,
            .placeFailed, .gaveUp:
            .retry
        }
    }
}

/// Logins whose newest job stopped for one cause: it failed and nothing has succeeded since, or it waits for a person.
public struct FailureGroup: Hashable, Sendable {
    /// What folds jobs together.
    public struct Key: Hashable, Sendable {
        public var cause: Cause
        /// Whether they wait for a person; else they failed.
        public var isWaiting: Bool

        public init(cause: Cause, isWaiting: Bool = false) {
            self.cause = cause
            self.isWaiting = isWaiting
        }

        public var action: CauseAction { isWaiting ? .answer : cause.action }
    }

    public var key: Key
    public var portals: [Portal: Int]
    /// When the newest of them stopped.
    public var latestAt: Instant?
    public var latest: JobId

    public init(key: Key, portals: [Portal: Int], latestAt: Instant? = nil, latest: JobId) {
        self.key = key
        self.portals = portals
        self.latestAt = latestAt
        self.latest = latest
    }

    public var count: Int { portals.values.reduce(0, +) }
}
