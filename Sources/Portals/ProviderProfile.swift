import Domain
import Secrets
import Wire

/// One provider as its file describes it, checked and ready to connect. The file's format is read by Services.
public struct ProviderProfile: Sendable {
    public enum ConnectorKind: String, Sendable, CaseIterable {
        case bridge, gsp, efiling, traces, irp, ewb

        /// Whether it enters a portal as the portal's own web pages do, through services that nobody published. It is
        /// used only for taxpayers who agreed in writing.
        public var needsAuthority: Bool { self == .efiling || self == .traces }

        /// Whether it carries out actions instead of fetching from portals.
        public var carriesOutActions: Bool { self == .irp || self == .ewb }

        /// Whether it logs in with the portal's password; a GSP opens a session with the taxpayer's OTP.
        public var needsPassword: Bool { self != .gsp }
    }

    public enum Auth: Sendable {
        case none
        case clientCredentials(clientId: String, secret: SecretBytes)
        case oauth2(OAuth2)
    }

    /// OAuth2 client credentials at a GSP, where each has its own way to be handed them.
    public struct OAuth2: Sendable {
        public enum Style: String, Sendable, CaseIterable { case headers, form }

        public var url: String
        public var style: Style
        public var idName: String
        public var secretName: String
        public var id: String
        public var secret: SecretBytes
        /// Where the answer holds token and life, as paths of members: `data.access_token`.
        public var tokenPath = "access_token"
        public var expiresPath = "expires_in"
        /// Seconds that a token is taken to live whose life is not told.
        public var lifeSeconds = 3_600

        public init(url: String, style: Style, idName: String, secretName: String, id: String, secret: SecretBytes) {
            self.url = url
            self.style = style
            self.idName = idName
            self.secretName = secretName
            self.id = id
            self.secret = secret
        }
    }

    public struct Timeouts: Sendable, Hashable {
        public var connect: Duration = .seconds(10)
        /// One HTTP request from first to last byte.
        public var request: Duration = .seconds(30)
        /// A whole fetch, waiting for the portal included.
        public var job: Duration = .seconds(300)
        public init() {}

        /// A portal that is read call by call, with pauses between documents, needs longer than a provider that is asked for
        /// all at once; clients that work in practice wait 45 s for bytes, and a file may have 25 MB (facts:
        /// income-tax-traces 3.13).
        static func usual(of connector: ConnectorKind) -> Timeouts {
            var timeouts = Timeouts()
            if connector.needsAuthority {
                timeouts.request = .seconds(90)
                timeouts.job = .seconds(1_800)
            }
            return timeouts
        }
    }

    /// How many calls may leave; nil where nothing is asked for.
    public struct Limits: Sendable, Hashable {
        /// For one account.
        public var perKey: RateLimit?
        /// For all accounts together.
        public var whole: RateLimit?
        public init() {}
    }

    /// Pauses that a portal is known to want; all zero where nothing is known.
    public struct Pacing: Sendable, Hashable {
        /// Between the steps of one login.
        public var loginStep: Duration = .zero
        /// Between two calls of one session.
        public var call: Duration = .zero
        /// Between two documents of one session.
        public var document: Duration = .zero
        /// Between the beginnings of two sessions, drawn anew each time; nil where they may begin together.
        public var start: ClosedRange<Duration>?
        public init() {}

        /// What clients that work in practice keep to (facts: income-tax-traces 3.2, 3.13); a provider file may say
        /// otherwise.
        static func usual(of connector: ConnectorKind) -> Pacing {
            var pacing = Pacing()
            if connector == .efiling {
                pacing.loginStep = .seconds(5)
                pacing.document = .milliseconds(1_500)
                pacing.start = Duration.milliseconds(1_500)...Duration.milliseconds(4_000)
            }
            return pacing
        }
    }

    /// Services of which only a guess is known, by the name that `[services]` gives them.
    public enum GuessedService: String, Sendable, CaseIterable {
        /// The list in which the e-filing portal shows set-offs under section 245; the demand list is the guess.
        case setOffs = "set_offs"
    }

    /// What to do when somebody is logged in with the same account.
    public enum DualSession: String, Sendable, CaseIterable {
        /// Do not push them out: the job fails with that cause.
        case ask
        /// End the other session and go on.
        case proceed = "continue"
    }

    public var name: String
    public var connector: ConnectorKind
    public var portals: [Portal]
    public var isDefault: Bool
    /// Whether the file says that this is no real portal; the screen then says SANDBOX.
    public var isSimulated: Bool
    /// Absolute base URL without a trailing slash. Plain `http:` only to loopback (checked when the file is read).
    public var baseURL: String
    /// Further addresses of the provider by name, as `[urls]` gives them.
    public var urls: [String: String] = [:]
    /// Paths that are not public or differ between providers, by the name of what they do.
    public var paths: [String: String] = [:]
    /// Names of services that are guessed, where a provider file knows better.
    public var services: [GuessedService: String] = [:]
    /// What TRACES calls the fields of its forms, where a provider file knows better than the guess.
    public var fields: [Traces.KycField: String] = [:]
    /// JSON bodies of calls whose shape differs between providers, by the name of the path.
    public var bodies: [String: String] = [:]
    /// Set when the GSP does GSTN's cryptography itself.
    public var envelope: Envelope?
    /// Of a GSP.
    public var gsp = Gsp()
    /// Of connectors that carry out actions.
    public var nic: NicProfile?
    /// What a provider calls a header, by its usual name.
    public var headerNames: [String: String] = [:]
    public var pacing: Pacing
    public var dualSession = DualSession.ask
    public var auth: Auth
    public var headers: [String: String]
    public var timeouts: Timeouts
    public var limits = Limits()
    /// Most fetches at once at this provider.
    public var concurrency: Int
    /// Pause between two looks at an unfinished fetch.
    public var pollEvery: Duration

    public init(
        name: String, connector: ConnectorKind, portals: [Portal], isDefault: Bool = false, isSimulated: Bool = false,
        baseURL: String, auth: Auth = .none, headers: [String: String] = [:], timeouts: Timeouts? = nil,
        concurrency: Int? = nil, pollEvery: Duration = .milliseconds(200)
    ) {
        self.name = name
        self.connector = connector
        pacing = .usual(of: connector)
        self.portals = portals
        self.isDefault = isDefault
        self.isSimulated = isSimulated
        self.baseURL = baseURL
        self.auth = auth
        self.headers = headers
        self.timeouts = timeouts ?? .usual(of: connector)
        // More sessions at once from one address are known to be dropped (facts: income-tax-traces 3.13).
        self.concurrency = concurrency ?? (connector == .efiling ? 5 : 8)
        self.pollEvery = pollEvery
    }
}
