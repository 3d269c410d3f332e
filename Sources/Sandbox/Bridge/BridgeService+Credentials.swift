import Domain
import Wire

extension BridgeService {
    func putCredentials(_ request: SandboxRequest, _ identity: PortalIdentity) async throws(BridgeError)
        -> SandboxAnswer
    {
        let given = try payload(BridgeCredentials.self, request)
        await state.setLogin(.init(username: given.username, password: given.password), for: identity)
        return SandboxAnswer(status: 204, body: [])
    }

    func deleteCredentials(_ identity: PortalIdentity) async -> SandboxAnswer {
        await state.setLogin(nil, for: identity)
        return SandboxAnswer(status: 204, body: [])
    }

    /// One login attempt for one idempotency key: a repetition is told the first outcome without another attempt.
    func verify(
        _ request: SandboxRequest, client: String, _ identity: PortalIdentity
    ) async throws(BridgeError) -> SandboxAnswer {
        let key = try requireKey(request)
        switch await state.recall(client: client, key: key, fingerprint: request.fingerprint) {
        case .same(let first): return try verdict(first)
        case .otherBody: throw BridgeError(.conflict, "this idempotency key was used for another request")
        case .inProgress: throw stillServed()
        case .fresh: break
        }
        let account = try await requireLogin(identity)
        try await holdBack(account, "verify")
        // An empty body says nothing, as `{}` does.
        let asked = request.body.isEmpty ? nil : try payload(BridgeVerifyRequest.self, request)
        let refusal = await refusal(account, endsOther: asked?.dualSession == Bridge.endsOtherSession)
        let facts = LedgerEvent.Acceptance(
            kind: "verify", fingerprint: request.fingerprint, portal: identity.portal.rawValue, identity: identity.text,
            outcome: account.outcome, refusal: refusal?.rawValue)
        guard let accepted = await state.accept(client: client, key: key, facts) else { throw notStored() }
        return try verdict(accepted)
    }

    private func verdict(_ job: AcceptedJob) throws(BridgeError) -> SandboxAnswer {
        if let refusal = job.facts.refusal { throw Refusal.error(code: refusal) }
        if job.facts.outcome == .otpRequired || job.facts.outcome == .captcha {
            var error = BridgeError(
                job.facts.outcome == .captcha ? .captchaRequired : .otpRequired, "The portal asks a person.")
            error.challenge = challenge(job.facts, issuedAt: job.acceptedAt, digits: "")
            throw error
        }
        return SandboxAnswer(
            200,
            BridgeVerification(outcome: "verified", portalCode: "EF00000", checkedAt: WireTime.text(job.acceptedAt)))
    }

    /// The account, when a login for it was handed over.
    func requireLogin(_ identity: PortalIdentity) async throws(BridgeError) -> DemoAccount {
        guard await state.login(for: identity) != nil else {
            throw BridgeError(.notFound, "no credentials are held for this identity")
        }
        return await state.account(identity) ?? stranger(identity)
    }

    /// A taxpayer whom the simulated portals have never heard of.
    private func stranger(_ identity: PortalIdentity) -> DemoAccount {
        DemoAccount(
            identity: identity, businessIndex: 0, username: "", password: "", storedPassword: "", otp: "",
            outcome: .notRegistered, isVerifiedAtFirst: false, reason: .notRegistered)
    }

    /// Why the portal does not let the login in; nil when it does.
    ///
    /// - Parameter endsOther: whether it was told to end another session.
    func refusal(_ account: DemoAccount, endsOther: Bool) async -> BridgeErrorCode? {
        guard let login = await state.login(for: account.identity) else { return .notRegistered }
        switch account.outcome {
        case .notRegistered: return .notRegistered
        case _ where login.username.lowercased() != account.username.lowercased(): return .notRegistered
        case .locked: return .accountLocked
        case _ where login.password != account.password: return .wrongPassword
        case .wrongPassword where state.configuration.refusesRightPassword.contains(account.identity):
            return .wrongPassword
        case .accountProblem: return .accountProblem
        case .dualSession:
            let isFirst = await state.count("dual \(account.identity)") == 1
            return isFirst && !endsOther ? .dualSession : nil
        default: return nil
        }
    }

    /// Outcomes that stand in front of any acceptance.
    func holdBack(_ account: DemoAccount, _ call: String) async throws(BridgeError) {
        switch account.outcome {
        case .unavailableTwice where await state.count("\(call) \(account.identity)") <= 2:
            throw BridgeError(.portalDown, "The portal is under maintenance.")
        case .rateLimited where await state.count("\(call) \(account.identity)") <= 2:
            throw BridgeError(.rateLimited, "Too many requests for this taxpayer.", retryAfterSeconds: 2)
        default: return
        }
    }

    func requireKey(_ request: SandboxRequest) throws(BridgeError) -> String {
        guard let key = request.headers[Bridge.Header.idempotencyKey.lowercased()], !key.isEmpty else {
            throw BridgeError(.badRequest, "this call needs the header \(Bridge.Header.idempotencyKey)")
        }
        guard key.utf8.count <= 255 else { throw BridgeError(.badRequest, "the idempotency key is too long") }
        return key
    }

    /// The first request of this key is not answered yet; its answer will be the same.
    func stillServed() -> BridgeError {
        var error = BridgeError(.conflict, "the same request is being served now", retryAfterSeconds: 1)
        error.retryable = true
        return error
    }

    func notStored() -> BridgeError {
        BridgeError(.portalDown, "the request could not be stored", retryAfterSeconds: 1)
    }
}
