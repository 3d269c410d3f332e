import Domain
import Wire

/// What the bridge remembers. Acceptances stand in the ledger; tokens and logins live in memory only.
actor BridgeState {
    struct Login: Sendable {
        var username: String
        var password: String
    }

    /// An answer to an idempotency key that was seen before.
    enum Recall: Sendable {
        case fresh
        case same(AcceptedJob)
        case otherBody
        case inProgress
    }

    let configuration: SandboxConfiguration
    let world: DemoWorld
    private let file: LedgerFile
    private var logins: [PortalIdentity: Login] = [:]
    private var tokens: [String: (client: String, expiresAt: Instant)] = [:]
    private var jobs: [String: AcceptedJob] = [:]
    /// Fetches of an identity in the order of acceptance.
    private var fetches: [PortalIdentity: [String]] = [:]
    private var byKey: [String: (reference: String, fingerprint: String)] = [:]
    private var inProgress: Set<String> = []
    private var tdsReferences: [String] = []
    private var counters: [String: Int] = [:]
    private var lastReference = 0

    init(configuration: SandboxConfiguration, world: DemoWorld) throws(SandboxProblem) {
        self.configuration = configuration
        self.world = world
        let opened = try LedgerFile.open(SandboxLedger.path(configuration.stateFolder))
        file = opened.file
        for event in opened.events {
            Self.replay(event, &jobs, &fetches, &byKey, &tdsReferences, &lastReference)
        }
    }

    // MARK: Logins and tokens

    func account(_ identity: PortalIdentity) -> DemoAccount? {
        world.account(identity).map(played)
    }

    /// The account with what this sandbox was told to play.
    nonisolated func played(_ account: DemoAccount) -> DemoAccount {
        var account = account
        if let outcome = configuration.outcomes[account.identity] { account.outcome = outcome }
        return account
    }

    func setLogin(_ login: Login?, for identity: PortalIdentity) { logins[identity] = login }
    func login(for identity: PortalIdentity) -> Login? { logins[identity] }

    func issueToken(client: String) -> BridgeToken {
        var random = SystemRandomNumberGenerator()
        let text = (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
        let life = min(max(configuration.tokenLife, 1), Bridge.Limit.tokenLife)
        let now = configuration.now()
        // One that ended is remembered for a day: told of as expired to whoever still holds it, whoever logs in meanwhile.
        tokens = tokens.filter { $0.value.expiresAt + .seconds(86_400) > now }
        tokens[text] = (client, now + .seconds(life))
        return BridgeToken(accessToken: text, expiresIn: life)
    }

    /// The client of a bearer token; fails with `unauthenticated` or `token_expired`.
    func client(token: String?) -> Result<String, BridgeError> {
        guard let token, let known = tokens[token] else {
            return .failure(BridgeError(.unauthenticated, "the bearer token is missing or unknown"))
        }
        guard known.expiresAt > configuration.now() else {
            return .failure(BridgeError(.tokenExpired, "the bearer token has expired"))
        }
        return .success(known.client)
    }

    /// Ends a token before its time.
    func revoke(token: String?) { if let token { tokens[token]?.expiresAt = configuration.now() } }

    /// Counts up by name and returns the new number.
    func count(_ name: String) -> Int {
        counters[name, default: 0] += 1
        return counters[name, default: 0]
    }

    // MARK: Acceptances

    func recall(client: String, key: String, fingerprint: String) async -> Recall {
        let name = Self.name(client, key)
        if inProgress.contains(name) { return .inProgress }
        guard let known = byKey[name] else { return .fresh }
        guard known.fingerprint == fingerprint, let job = jobs[known.reference] else { return .otherBody }
        await file.note(LedgerEvent(event: .repeated, at: configuration.now().milliseconds, client: client, key: key))
        return .same(job)
    }

    /// Accepts for good: on disk before it returns. nil when the disk refused or another request holds the key now.
    func accept(client: String, key: String, _ facts: LedgerEvent.Acceptance) async -> AcceptedJob? {
        let name = Self.name(client, key)
        guard byKey[name] == nil, inProgress.insert(name).inserted else { return nil }
        lastReference += 1
        var facts = facts
        let identity = Portal(rawValue: facts.portal).map { PortalIdentity(stored: $0, facts.identity) }
        if facts.kind == "fetch", let identity { facts.ordinal = (fetches[identity]?.count ?? 0) + 1 }
        let reference = Self.reference(facts.kind, lastReference)
        let now = configuration.now()
        if facts.kind == "fetch", let identity { fetches[identity, default: []].append(reference) }
        let event = LedgerEvent(
            event: .accepted, at: now.milliseconds, client: client, key: key, reference: reference, acceptance: facts)
        let isDurable = await file.append(event)
        inProgress.remove(name)
        guard isDurable else {
            if let identity { fetches[identity]?.removeAll { $0 == reference } }
            return nil
        }
        let job = AcceptedJob(reference: reference, acceptedAt: now, facts: facts)
        jobs[reference] = job
        byKey[name] = (reference, facts.fingerprint)
        if facts.kind == "tds_request" { tdsReferences.append(reference) }
        return job
    }

    func job(_ reference: String) -> AcceptedJob? { jobs[reference] }

    func answerChallenge(_ reference: String) async {
        jobs[reference]?.answeredAt = configuration.now()
        let event = LedgerEvent(event: .challengeAnswered, at: configuration.now().milliseconds, reference: reference)
        _ = await file.append(event)
    }

    func cancel(_ reference: String) async {
        guard jobs[reference]?.cancelledAt == nil else { return }
        jobs[reference]?.cancelledAt = configuration.now()
        let event = LedgerEvent(event: .cancelled, at: configuration.now().milliseconds, reference: reference)
        _ = await file.append(event)
    }

    /// Fetches of an identity, latest first.
    func fetches(of identity: PortalIdentity) -> [AcceptedJob] {
        (fetches[identity] ?? []).reversed().compactMap { jobs[$0] }
    }

    func tdsRequests() -> [AcceptedJob] { tdsReferences.compactMap { jobs[$0] } }

    /// Whether a job is still going on, so that an idle server must not end.
    func hasOpenJob(_ timeline: JobTimeline) -> Bool {
        let now = configuration.now()
        let horizon = now - .seconds(600)
        return jobs.values.contains { job in
            job.facts.kind == "fetch" && job.acceptedAt > horizon && !timeline.standing(job, at: now).state.isFinished
        }
    }

    private static func name(_ client: String, _ key: String) -> String { "\(client)\u{0}\(key)" }

    private static func reference(_ kind: String, _ number: Int) -> String {
        switch kind {
        case "fetch": "j_\(Digits.padded(number, 8))"
        case "verify": "v_\(Digits.padded(number, 8))"
        default: Digits.padded(number, 9)
        }
    }

    private static func replay(
        _ event: LedgerEvent, _ jobs: inout [String: AcceptedJob], _ fetches: inout [PortalIdentity: [String]],
        _ byKey: inout [String: (reference: String, fingerprint: String)], _ tds: inout [String], _ last: inout Int
    ) {
        let at = Instant(milliseconds: event.at)
        switch event.event {
        case .accepted:
            guard let facts = event.acceptance else { return }
            let job = AcceptedJob(reference: event.reference, acceptedAt: at, facts: facts)
            jobs[event.reference] = job
            byKey[name(event.client, event.key)] = (event.reference, facts.fingerprint)
            if facts.kind == "fetch", let identity = job.identity {
                fetches[identity, default: []].append(event.reference)
            }
            if facts.kind == "tds_request" { tds.append(event.reference) }
            last = max(last, Int(event.reference.drop { !("0"..."9").contains($0) }) ?? 0)
        case .challengeAnswered: jobs[event.reference]?.answeredAt = at
        case .cancelled: jobs[event.reference]?.cancelledAt = at
        case .repeated: break
        }
    }
}
