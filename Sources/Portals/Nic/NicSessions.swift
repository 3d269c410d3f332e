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
    private var inFlight: [Gstin: Task<Result<NicSession, PortalFailure>, Never>] = [:]
    /// States of users that were refused: another login with them would lock the user.
    private var refused: [Gstin: (version: Int, why: String)] = [:]
    /// Names of sessions that the authority did not know any more, the newest last. What was read or is being written
    /// meanwhile may still be one of them.
    private var discarded: [Gstin: [String]] = [:]
    /// When a session that stands is tried to be replaced again.
    private var nextRefresh: [Gstin: Instant] = [:]

    /// Older ones than these are in nobody's hands any more.
    private static let discardedKept = 16

    /// The e-way bill system allows five logins in a quarter of an hour (facts: nic-einvoice-ewb 9).
    private static let betweenRefreshes = Duration.seconds(180)

    init(keeper: any NicSessionKeeper, now: @escaping @Sendable () -> Instant, login: @escaping Login) {
        self.keeper = keeper
        self.now = now
        self.login = login
    }

    /// A session that will last for a call.
    func session(for order: ActionOrder) async throws(PortalFailure) -> NicSession {
        let known = try await known(order)
        if let known, known.expiresAt - NicSession.refreshWindow > now() { return known }
        if let known, refusal(of: order) != nil { return known }
        try requireUnrefused(order)
        if let known, let next = nextRefresh[order.gstin], next > now() { return known }
        if let task = inFlight[order.gstin] { return try await usable(task.value, known, order.gstin) }
        // A task of its own: a caller that is cancelled must not fail the others who wait.
        let task = Task { await self.open(order, isRefresh: known != nil) }
        inFlight[order.gstin] = task
        return try await usable(task.value, known, order.gstin)
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
        let opened = await login(order, isRefresh)
        if case .failure(let failure) = opened {
            nextRefresh[order.gstin] = now() + Self.betweenRefreshes
            await note(failure, order)
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
