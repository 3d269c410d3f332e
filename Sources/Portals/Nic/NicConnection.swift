import Domain
import Transport
import Wire

/// What the connectors of both systems of NIC share: sessions, and the call that is made under one.
struct NicConnection: Sendable {
    let profile: ProviderProfile
    let client: PortalClient
    let sessions: NicSessions
    let exchange: NicExchange
    /// Our own at a GSP that does the cryptography itself; it then opens the sessions at NIC, too.
    let tokens: BridgeTokens?

    init(
        profile: ProviderProfile, client: PortalClient, keeper: any NicSessionKeeper, certificates: CertificateSource,
        now: @escaping @Sendable () -> Instant
    ) {
        self.profile = profile
        self.client = client
        let login = NicLoginCall(profile: profile, client: client, certificates: certificates, now: now)
        sessions = NicSessions(
            keeper: keeper, policy: profile.connector == .ewb ? .ewb : NicSessions.Policy(), now: now
        ) { order, forceRefresh in
            await login.open(order, forceRefresh: forceRefresh)
        }
        exchange = NicExchange(profile: profile, client: client)
        tokens = profile.nic?.style == .successResult ? GspTokenCall.tokens(profile, client) : nil
    }

    func prepare(_ order: ActionOrder) async throws(PortalFailure) { _ = try await session(for: order) }

    private func session(for order: ActionOrder) async throws(PortalFailure) -> NicSession {
        guard let tokens else { return try await sessions.session(for: order) }
        try await sessions.requireUnrefused(order)
        let token = try await tokens.token(deadline: order.deadline)
        // The GSP's token is kept by `tokens`, which knows its end.
        return NicSession(
            token: token, sek: nil, expiresAt: Instant(milliseconds: .max), userVersion: order.user.version)
    }

    private func discard(_ session: NicSession, of gstin: Gstin) async {
        if let tokens { await tokens.discard(session.token) } else { await sessions.discard(session, of: gstin) }
    }

    /// The order with the time of a call of its own.
    func timely(_ order: ActionOrder) -> ActionOrder {
        var one = order
        one.deadline = .now + profile.timeouts.request
        return one
    }

    /// Whether a GSP does not know our token any more. What it did with a request is not known then either.
    private func isRefused(_ answer: ActionAnswer) -> Bool {
        tokens != nil && (answer.status == 401 || answer.status == 403)
    }

    /// A GSP that does the cryptography logs in at NIC with each call, so a call may be told that the password is wrong.
    private func noted(_ answer: ActionAnswer, _ order: ActionOrder) async -> ActionAnswer {
        guard tokens != nil, answer.codes.contains(where: NicCodes.wrongPassword.contains) else { return answer }
        var answer = answer
        answer.cause = .wrongPassword
        // A request whose login was refused was not carried out, whatever it asked for. What is said beside it may be of
        // the request itself.
        let isLoginAlone = answer.codes.allSatisfy(NicCodes.wrongPassword.contains)
        if answer.event != .lookFailed, isLoginAlone { answer.event = .notSent }
        await sessions.note(PortalFailure(.wrongPassword, answer.message, portalCode: answer.code), order)
        return answer
    }

    /// What was sealed for the session stands opened in what is kept, so the hash of what came stands beside it.
    private static func hashed(_ answer: ActionAnswer, _ response: HTTPResponse) -> ActionAnswer {
        var answer = answer
        answer.wireHash = ContentHash.sha256(response.body)
        return answer
    }

    /// A question, asked once more under a new session when this one is over. A portal that stumbles is not asked again
    /// here: the engine looks again later.
    ///
    /// - Parameters:
    ///   - base: another address than the provider's own.
    ///   - read: what the answer means; `wantsSession` in it asks for another session.
    func ask(
        _ order: ActionOrder, _ path: String, headers more: [String: String] = [:], base: String? = nil,
        _ read: @Sendable (HTTPResponse, NicSession) -> ActionAnswer
    ) async -> ActionAnswer {
        var isSecond = false
        while true {
            let session: NicSession
            do throws(PortalFailure) {
                session = try await self.session(for: order)
            } catch {
                return NicExchange.failed(error, changes: false)
            }
            var headers = NicHeaders.session(profile, order, session, requestId: client.random.identifier)
            for (name, value) in more { headers[name] = value }
            let outcome = await exchange.send(
                .get, (base ?? profile.baseURL) + path, headers, body: nil, deadline: order.deadline, changes: false)
            guard case .answered(let response) = outcome else {
                guard case .failed(let answer) = outcome else { continue }
                guard isRefused(answer), !isSecond else { return answer }
                isSecond = true
                await discard(session, of: order.gstin)
                continue
            }
            let answer = await noted(Self.hashed(read(response, session), response), order)
            guard answer.wantsSession, !isSecond else { return answer }
            isSecond = true
            await discard(session, of: order.gstin)
        }
    }

    /// A write, sent once under the session that stands. An answer that wants another session drops this one: the
    /// engine sends again, as an attempt of its own.
    func tell(
        _ order: ActionOrder, _ path: String, headers more: [String: String] = [:], base: String? = nil,
        _ body: @Sendable (NicSession) throws -> [UInt8],
        _ read: @Sendable (HTTPResponse, NicSession) -> ActionAnswer
    ) async -> ActionAnswer {
        let session: NicSession
        let bytes: [UInt8]
        do {
            session = try await self.session(for: order)
            bytes = try body(session)
        } catch let failure as PortalFailure {
            // Nothing of the action has left.
            var answer = NicExchange.failed(failure, changes: true)
            answer.event = .notSent
            return answer
        } catch {
            return ActionAnswer(.notSent, message: "the request could not be sealed for the session", cause: .internal)
        }
        var headers = NicHeaders.session(profile, order, session, requestId: client.random.identifier)
        for (name, value) in more { headers[name] = value }
        let outcome = await exchange.send(
            .post, (base ?? profile.baseURL) + path, headers, body: bytes, deadline: order.deadline, changes: true)
        switch outcome {
        case .failed(let answer):
            if isRefused(answer) { await discard(session, of: order.gstin) }
            return answer
        case .answered(let response):
            let answer = await noted(Self.hashed(read(response, session), response), order)
            if answer.wantsSession { await discard(session, of: order.gstin) }
            return answer
        }
    }
}
