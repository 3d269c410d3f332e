import Crypto
import Domain
import Wire

/// Sessions of one provider by GSTIN: opened when they are needed, once for all who wait, and again before they end.
actor NicSessions {
    typealias Login = @Sendable (ActionOrder, _ forceRefresh: Bool) async -> Result<NicSession, PortalFailure>

    private let keeper: any NicSessionKeeper
    private let now: @Sendable () -> Instant
    private let login: Login
    private var held: [Gstin: NicSession] = [:]
    private var inFlight: [Gstin: SharedWork<Result<NicSession, PortalFailure>>] = [:]
    /// States of users that were refused: another login with them would lock the user.
    private var refused: [Gstin: (version: Int, why: String)] = [:]
    /// Names of sessions that the authority did not know any more, the newest last. What was read or is being written
    /// meanwhile may still be one of them.
    private var discarded: [Gstin: [String]] = [:]
    /// Until when nobody logs in again after a login that failed, and why it did: whoever waits behind it would only fail
    /// the same way, and each try counts.
    private var failed: [Gstin: (until: Instant, version: Int, why: PortalFailure)] = [:]
    /// Logins of the last quarter of an hour that may have left, by when they began.
    private var logins: [Gstin: [Instant]] = [:]
    private let policy: Policy

    struct Policy: Sendable {
        /// Whether the authority gives a new session in the last minutes of the old one. The e-way bill system gives the
        /// same one again, and its clock does not begin anew (facts: nic-einvoice-ewb 1.4).
        var isReplacedEarly = true
        /// Logins in a quarter of an hour; nil for no limit.
        var mostLogins: Int?
        /// After a login that failed.
        var pause = Duration.seconds(30)

        /// Five in a quarter of an hour, then the GSTIN is blocked to its end (facts: nic-einvoice-ewb 9).
        static let ewb = Policy(isReplacedEarly: false, mostLogins: 5, pause: .seconds(180))
    }

    /// Older ones than these are in nobody's hands any more.
    private static let discardedKept = 16

    private static let quarter = Duration.seconds(900)

    init(
        keeper: any NicSessionKeeper, policy: Policy = Policy(), now: @escaping @Sendable () -> Instant,
        login: @escaping Login
    ) {
        self.keeper = keeper
        self.policy = policy
        self.now = now
        self.login = login
    }

    /// A session that will last for a call.
    func session(for order: ActionOrder) async throws(PortalFailure) -> NicSession {
        let known = try await known(order)
        if let known, !policy.isReplacedEarly || known.expiresAt - NicSession.refreshWindow > now() { return known }
        if let known, refusal(of: order) != nil { return known }
        try requireUnrefused(order)
        while let login = inFlight[order.gstin] {
            let opened = await login.value()
            // Whoever it was begun for wants it no more; this one does.
            if case .failure = opened, login.isEnded, !Task.isCancelled { continue }
            return try usable(opened, known, order.gstin)
        }
        if let held = heldBack(order) {
            guard let known else { throw held }
            return known
        }
        let login = SharedWork { await self.open(order, isRefresh: known != nil) }
        inFlight[order.gstin] = login
        return try await usable(login.value(), known, order.gstin)
    }

    /// Why no login may be tried now; nil when one may. A user that was set anew may always.
    private func heldBack(_ order: ActionOrder) -> PortalFailure? {
        let (gstin, now) = (order.gstin, now())
        if let last = failed[gstin], last.until > now, last.version == order.user.version {
            var held = last.why
            // Nothing was tried, so there is nothing to keep as evidence.
            (held.notBefore, held.login) = (last.until, nil)
            return held
        }
        let recent = (logins[gstin] ?? []).filter { $0 > now - Self.quarter }
        logins[gstin] = recent
        guard let most = policy.mostLogins, recent.count >= most, let first = recent.first else { return nil }
        var held = PortalFailure(
            .rateLimited, "\(Counted.text(most, "login")) in a quarter of an hour are all that the system allows")
        held.notBefore = first + Self.quarter
        return held
    }

    /// What was opened, or, where nothing was, the session that still stands.
    private func usable(
        _ opened: Result<NicSession, PortalFailure>, _ known: NicSession?, _ gstin: Gstin
    ) throws(PortalFailure) -> NicSession {
        if case .failure = opened, let known, known.expiresAt - NicSession.margin > now(),
            !isDiscarded(known, of: gstin)
        {
            return known
        }
        return try opened.get()
    }

    /// - Throws: when this state of the user was refused; another login with it would lock the user.
    func requireUnrefused(_ order: ActionOrder) throws(PortalFailure) {
        guard let why = refusal(of: order) else { return }
        throw PortalFailure(.wrongPassword, "the API user was refused before (\(why)); it was not tried again")
    }

    /// Why this state of the user is not to be offered; nil when it may be.
    private func refusal(of order: ActionOrder) -> String? {
        if let why = order.user.refusal { return why }
        return refused[order.gstin].flatMap { $0.version == order.user.version ? $0.why : nil }
    }

    /// Notes that the authority refused a user, here and with the keeper, whoever asked.
    func note(_ failure: PortalFailure, _ order: ActionOrder) async {
        guard failure.cause == .wrongPassword || failure.cause == .locked else { return }
        refused[order.gstin] = (order.user.version, failure.message)
        await keeper.refuse(order.gstin, userVersion: order.user.version, why: failure.message)
    }

    /// Forgets a session that the authority does not know any more. One that took its place meanwhile stays.
    func discard(_ session: NicSession, of gstin: Gstin) async {
        if held[gstin]?.id == session.id { held[gstin] = nil }
        if !isDiscarded(session, of: gstin) {
            discarded[gstin] = ((discarded[gstin] ?? []) + [session.id]).suffix(Self.discardedKept)
        }
        await keeper.discard(session, of: gstin)
    }

    private func isDiscarded(_ session: NicSession, of gstin: Gstin) -> Bool {
        discarded[gstin]?.contains(session.id) ?? false
    }

    private func known(_ order: ActionOrder) async throws(PortalFailure) -> NicSession? {
        if held[order.gstin] == nil {
            let stored: NicSession?
            do {
                stored = try await keeper.session(of: order.gstin)
            } catch {
                throw PortalFailure(.internal, HarmlessText.line("a stored session cannot be read: \(error)"))
            }
            // While it was read another one may have been opened, or this one discarded.
            if let stored, held[order.gstin] == nil, !isDiscarded(stored, of: order.gstin) {
                held[order.gstin] = stored
            }
        }
        guard let session = held[order.gstin], session.userVersion == order.user.version,
            session.expiresAt - NicSession.margin > now()
        else { return nil }
        return session
    }

    private func open(_ order: ActionOrder, isRefresh: Bool) async -> Result<NicSession, PortalFailure> {
        let began = now()
        let opened = await login(order, isRefresh)
        if case .failure(let failure) = opened {
            // One that never left counts nowhere; the circuit knows of it.
            if failure.mayHaveBeenSent || failure.portalCode != nil || failure.login?.status != nil {
                logins[order.gstin, default: []].append(began)
                failed[order.gstin] = (now() + policy.pause, order.user.version, failure)
            }
            await note(failure, order)
        } else {
            logins[order.gstin, default: []].append(began)
            failed[order.gstin] = nil
        }
        inFlight[order.gstin] = nil
        if case .success(let session) = opened {
            held[order.gstin] = session
            // A session that could not be kept is opened again by the next run, no more.
            try? await keeper.keep(session, of: order.gstin)
            // It may have been refused before it was kept.
            if isDiscarded(session, of: order.gstin) { await keeper.discard(session, of: order.gstin) }
        }
        return opened
    }
}
