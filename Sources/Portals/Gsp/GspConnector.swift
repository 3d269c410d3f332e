import Domain
import Transport
import Wire

/// Reaches GSTN through a GSP. The portal's password plays no part: the taxpayer's OTP opens an API session, which is
/// kept and refreshed.
public final class GspConnector: PortalConnector {
    private let caller: GspCaller
    private let login: GspLogin
    private let gates = IdentityGates()

    /// - Parameters:
    ///   - keeper: where sessions are kept.
    ///   - certificates: GSTN's public key.
    ///   - pause: how waits are made; tests pass one that returns at once.
    public init(
        profile: ProviderProfile, client: HTTPClient, gate: any CallGate = OpenGate(), keeper: any GspSessionKeeper,
        certificates: CertificateSource,
        now: @escaping @Sendable () -> Instant,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await ContinuousClock().sleep(for: $0) },
        random: RandomSource = .system
    ) {
        let portal = PortalClient(http: client, gate: gate, pause: pause, random: random)
        caller = GspCaller(
            profile: profile, client: portal, tokens: GspTokenCall.tokens(profile, portal), now: now,
            sessionName: random.identifier)
        login = GspLogin(caller: caller, keeper: keeper, certificates: certificates, now: now)
    }

    /// No call tells of GSTN's health without a taxpayer; whether the public key can be read is what can be known.
    public func health() async throws(PortalFailure) -> [Portal: PortalHealth] {
        _ = try await login.certificates.certificate(isStale: true)
        return [.gst: PortalHealth(state: .up, message: "the public key was read")]
    }

    /// The case tasks have no call in this API.
    public func offers(_ portal: Portal) -> [Place] { portal == .gst ? [.notices] : [] }

    public func verify(
        _ login: PortalLogin, key: IdempotencyKey, answer: ChallengeAnswer?, reporter: any FetchReporter
    ) async throws(PortalFailure) {
        let deadline = ContinuousClock.now + caller.profile.timeouts.job
        try await gates.pass(login.identity) { () throws(PortalFailure) in
            let session = try await self.login.session(login, answer: answer, reporter: reporter, deadline: deadline)
            if try await self.login.isAlive(session, login, deadline) { return }
            await reporter.log(.warning, "login", "the API session had ended")
            _ = try await self.login.session(login, answer: nil, reporter: reporter, deadline: deadline)
        }
        await reporter.log(.info, "login", "the API session is alive")
    }

    public func fetch(
        _ request: FetchRequest, reporter: any FetchReporter
    ) async throws(PortalFailure) -> FetchReport {
        let session = try await gates.pass(request.login.identity) { () throws(PortalFailure) in
            try await self.login.session(
                request.login, answer: request.answer, reporter: reporter, deadline: request.deadline)
        }
        let reader = GspNoticeReader(caller: caller, session: session, request: request, reporter: reporter)
        do throws(PortalFailure) {
            return try await reader.read()
        } catch  where error.cause == .sessionExpired {
            await reporter.log(.warning, "login", "the API session ended in the middle: \(error.message)")
            // Asks for an OTP when nothing else helps; what was read is stored.
            let next = try await gates.pass(request.login.identity) { () throws(PortalFailure) in
                try await self.login.renewed(session, request.login, reporter, request.deadline)
            }
            return try await readAgain(request, next, reporter)
        }
    }

    /// A call that is refused in a session that has only just been made, and that is alive for other calls, is not helped
    /// by another OTP: no try after it would end otherwise.
    private func readAgain(
        _ request: FetchRequest, _ session: GspSession, _ reporter: any FetchReporter
    ) async throws(PortalFailure) -> FetchReport {
        let reader = GspNoticeReader(caller: caller, session: session, request: request, reporter: reporter)
        do throws(PortalFailure) {
            return try await reader.read()
        } catch  where error.cause == .sessionExpired {
            guard try await login.isAlive(session, request.login, request.deadline) else { throw error }
            throw PortalFailure(
                .portalChanged, "the notices are refused in a session that is alive: \(error.message)",
                portalCode: error.portalCode)
        }
    }

    /// Refreshes a session that is about to end.
    ///
    /// - Returns: when the session ends now; nil when only the taxpayer's OTP can open another.
    public func refresh(
        _ session: GspSession, _ login: PortalLogin, reporter: any FetchReporter
    ) async throws(PortalFailure) -> Instant? {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request * 2
        return try await gates.pass(login.identity) { () throws(PortalFailure) in
            try await self.login.refreshed(session, login, reporter, deadline)?.expiresAt
        }
    }

    /// Has GSTN send the OTP with which a signatory signs a return (EVC). Needs an open session; opens none.
    ///
    /// Never repeated by itself: each one sends another OTP.
    /// - Parameter pan: of the authorised signatory.
    /// - Throws: `accountProblem` when the PAN is no signatory's, `sessionExpired` without an open session; what
    ///   `mayHaveBeenSent` may have sent the OTP.
    public func sendSigningOtp(
        _ login: PortalLogin, pan: Pan, form: Gstn.SignedForm
    ) async throws(PortalFailure) {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        let values = ["gstin": login.identity.text, "pan": pan.text, "form": form.rawValue]
        try await gates.pass(login.identity) { () throws(PortalFailure) in
            let session = try await self.login.openSession(login.identity)
            try await caller.tell(
                caller.path(.signingOtp, values), Gstn.Action.signingOtp, session, login, deadline: deadline)
        }
    }

    /// Ends the session at GSTN and forgets it.
    public func end(_ login: PortalLogin) async throws(PortalFailure) {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        try await gates.pass(login.identity) { () throws(PortalFailure) in
            try await self.login.end(login, deadline: deadline)
        }
    }
}

/// Lets one at a time through for each identity: two logins side by side would void each other's OTP.
actor IdentityGates {
    private var waiting: [PortalIdentity: [CheckedContinuation<Void, Never>]] = [:]

    nonisolated func pass<Result: Sendable>(
        _ identity: PortalIdentity, _ body: @Sendable () async throws(PortalFailure) -> Result
    ) async throws(PortalFailure) -> Result {
        await enter(identity)
        do throws(PortalFailure) {
            let result = try await body()
            await leave(identity)
            return result
        } catch {
            await leave(identity)
            throw error
        }
    }

    private func enter(_ identity: PortalIdentity) async {
        if waiting[identity] == nil {
            waiting[identity] = []
        } else {
            await withCheckedContinuation { waiting[identity]?.append($0) }
        }
    }

    private func leave(_ identity: PortalIdentity) {
        if waiting[identity]?.isEmpty ?? true {
            waiting[identity] = nil
        } else {
            waiting[identity]?.removeFirst().resume()
        }
    }
}
