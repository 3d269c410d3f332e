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

    init(keeper: any NicSessionKeeper, now: @escaping @Sendable () -> Instant, login: @escaping Login) {
        self.keeper = keeper
        self.now = now
        self.login = login
    }

    /// A session that will last for a call.
    func session(for order: ActionOrder) async throws(PortalFailure) -> NicSession {
        let known = try await known(order)
        if let known, known.expiresAt - NicSession.refreshWindow > now() { return known }
        if let task = inFlight[order.gstin] { return try await task.value.get() }
        // A task of its own: a caller that is cancelled must not fail the others who wait.
        let task = Task { await self.open(order, isRefresh: known != nil) }
        inFlight[order.gstin] = task
        let opened = await task.value
        if case .failure = opened, let known, known.expiresAt - NicSession.margin > now() { return known }
        return try opened.get()
    }

    /// Forgets a session that the authority does not know any more, unless it was replaced meanwhile.
    func discard(_ session: NicSession, of gstin: Gstin) async {
        guard held[gstin]?.token == session.token else { return }
        held[gstin] = nil
        try? await keeper.keep(nil, of: gstin)
    }

    private func known(_ order: ActionOrder) async throws(PortalFailure) -> NicSession? {
        if held[order.gstin] == nil {
            do {
                held[order.gstin] = try await keeper.session(of: order.gstin)
            } catch {
                throw PortalFailure(.internal, HarmlessText.line("a stored session cannot be read: \(error)"))
            }
        }
        guard let session = held[order.gstin], session.userVersion == order.user.version,
            session.expiresAt - NicSession.margin > now()
        else { return nil }
        return session
    }

    private func open(_ order: ActionOrder, isRefresh: Bool) async -> Result<NicSession, PortalFailure> {
        let opened = await login(order, isRefresh)
        inFlight[order.gstin] = nil
        if case .success(let session) = opened {
            held[order.gstin] = session
            // A session that could not be kept is opened again by the next run, no more.
            try? await keeper.keep(session, of: order.gstin)
        }
        return opened
    }
}
