import Domain
import Portals

/// How a provider does: its calls of the last hours, what stands in the way now, and whether it is asked at all.
public struct ProviderStanding: Sendable, Hashable {
    public var name: String
    public var connector: String
    public var isSimulated: Bool
    /// The portals that go to it where an account names no other.
    public var serves: [Portal]
    /// Configured logins that were given to it, beside those of the portals that it serves.
    public var logins = 0
    /// What its file says; nil when it has none any more.
    public var file: FileFacts?
    /// The last 24 hours.
    public var day = Calls()
    /// This hour of the clock and the one before.
    public var recent = Calls()
    /// When the hour before this one began.
    public var recentSince: Instant
    public var latency = LatencyTally()
    /// Circuits that are not closed, by family of calls.
    public var circuits: [CircuitRecord] = []
    /// By cause, the newest first.
    public var troubles: [ProviderTrouble] = []
    /// What was said when a job stopped last because of it.
    public var lastMessage = ""
    /// Actions that wait for it; nil when none does.
    public var waiting: WaitingActions?
    /// Secrets that its file names and nobody has entered.
    public var missingSecrets: [String] = []

    public struct Calls: Sendable, Hashable {
        public var calls: Int
        /// No answer, or one that says that the provider itself is at fault.
        public var failures: Int

        public init(calls: Int = 0, failures: Int = 0) {
            self.calls = calls
            self.failures = failures
        }

        /// Whole percent of calls that were answered; nil without calls.
        public var answeredPercent: Int? { calls == 0 ? nil : (calls - failures) * 100 / calls }

        mutating func add(_ hour: ProviderHour) {
            calls += hour.calls
            failures += hour.failures
        }
    }

    /// What a provider file says that people ask about.
    public struct FileFacts: Sendable, Hashable {
        public var portals: [Portal]
        public var address: String
        /// As people read it.
        public var shownAddress: String { ProviderFile.shown(address) }
        /// It enters a portal by services that nobody has published.
        public var isUnofficial: Bool
        /// The connector was never proven against the live service.
        public var isUntested: Bool
        /// Most fetches at once.
        public var concurrency: Int
        /// Calls of all accounts together, and of each account.
        public var whole: RateLimit?
        public var perAccount: RateLimit?
        public var callTimeout: Duration

        public init(
            portals: [Portal], address: String, isUnofficial: Bool = false, isUntested: Bool = false,
            concurrency: Int = 8, whole: RateLimit? = nil, perAccount: RateLimit? = nil,
            callTimeout: Duration = .seconds(30)
        ) {
            self.portals = portals
            self.address = address
            self.isUnofficial = isUnofficial
            self.isUntested = isUntested
            self.concurrency = concurrency
            self.whole = whole
            self.perAccount = perAccount
            self.callTimeout = callTimeout
        }

        init(_ file: ProviderFile) {
            let profile = file.profile
            self.init(
                portals: profile.portals, address: profile.baseURL, isUnofficial: file.isUnofficial,
                isUntested: file.isUntested, concurrency: profile.concurrency,
                whole: profile.limits.whole, perAccount: profile.limits.perKey, callTimeout: profile.timeouts.request)
        }
    }

    public init(
        name: String, connector: String, isSimulated: Bool = false, serves: [Portal] = [], file: FileFacts? = nil,
        recentSince: Instant
    ) {
        self.name = name
        self.connector = connector
        self.isSimulated = isSimulated
        self.serves = serves
        self.file = file
        self.recentSince = recentSince
    }

    /// Whom it serves, in words: whole portals, single logins, or actions; else whom it could.
    public var servesText: String {
        var parts = serves.map(\.shortName)
        if logins > 0 { parts.append("\(Counted.text(logins, "login")) given to it") }
        if parts.isEmpty, let action = Self.actions[connector] { parts = [action] }
        guard parts.isEmpty, let file else { return parts.joined(separator: ", ") }
        return "nobody yet; can serve \(file.portals.map(\.shortName).joined(separator: ", "))"
    }

    /// What connectors do that fetch from no portal.
    private static let actions = ["irp": "e-invoices", "ewb": "e-way bills"]

    /// What went wrong last, of jobs and actions.
    public var lastError: (at: Instant, said: String)? {
        let job = troubles.first.map { ($0.latestAt, lastMessage.isEmpty ? $0.cause.title : lastMessage) }
        let action = waiting.map { ($0.latestAt, $0.message) }
        guard let job, let action else { return job ?? action }
        return job.0 > action.0 ? job : action
    }

    /// The worst of its circuits; nil while it is asked as usual.
    public var worst: CircuitRecord? { circuits.max { Self.rank($0.breaker) < Self.rank($1.breaker) } }
    public var circuit: CircuitBreaker { worst?.breaker ?? CircuitBreaker() }

    /// When it is asked again; nil while it may be asked.
    public func nextProbe(at now: Instant) -> Instant? { circuits.compactMap { $0.breaker.nextChance(at: now) }.max() }

    private static func rank(_ breaker: CircuitBreaker) -> Int {
        switch breaker.phase {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
