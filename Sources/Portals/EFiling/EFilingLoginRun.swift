import Domain
import Secrets
import Transport
import Wire

/// One login: user check, pause, one password. A password is never offered a second time after a word about it.
struct EFilingLoginRun: Sendable {
    let caller: EFilingCaller
    let login: PortalLogin
    /// A session of ours that may still live.
    let held: CookieJar?
    let deadline: ContinuousClock.Instant
    let reporter: any FetchReporter

    /// The cookies of the new session.
    ///
    /// A stale request id says nothing about the password, for the portal has not looked at it: then the login begins
    /// once more from step 1, and only then.
    func logIn() async throws(PortalFailure) -> CookieJar {
        do throws(PortalFailure) {
            return try await attempt()
        } catch  where error.portalCode == EFilingCode.notAuthenticated.rawValue {
            await reporter.log(.warning, "login", "the portal did not take the request id; starting again from step 1")
            return try await attempt()
        }
    }

    private func attempt() async throws(PortalFailure) -> CookieJar {
        let jar = caller.client.http.makeCookieJar()
        await reporter.log(.info, "login", "step 1: asking whether the portal knows the user")
        let known = try await checkUser(jar)
        if known.secLoginOptions?.contains(where: { !$0.isWhitespace }) == true {
            throw PortalFailure(.otpRequired, "the portal asks this user for more than a password; none was sent")
        }
        try await caller.wait(caller.profile.pacing.loginStep)
        await reporter.log(.info, "login", "step 2: one login attempt at \(login.identity.portal.title)")
        do throws(PortalFailure) {
            try await offerPassword(known, jar)
        } catch  where error.cause == .dualSession {
            try await goOn(known, jar, after: error)
        }
        await reporter.log(.info, "login", "the portal let the login in")
        return jar
    }

    private func checkUser(_ jar: CookieJar) async throws(PortalFailure) -> EFilingLogin {
        guard let body = try? WireJSON.encode(EFilingUserCheck(entity: login.username.uppercased())) else {
            throw PortalFailure(.internal, "a request could not be written")
        }
        let call = EFilingCaller.Call(
            path: .login, service: EFiling.Service.userCheck.rawValue, body: .bytes(body), isLogin: true,
            maxResponseBytes: 1 << 18)
        let answer = try await answer(call, jar)
        guard let id = answer.reqId, !id.isEmpty else {
            throw PortalFailure(.portalChanged, "the user check was answered without a request id")
        }
        return answer
    }

    /// The portal's refusal is thrown; "already logged in" as `dualSession`.
    private func offerPassword(_ step: EFilingLogin, _ jar: CookieJar) async throws(PortalFailure) {
        // Wrapped where it is made: a copy that another variable holds would not be wiped.
        let written: Result<SecretBytes, PortalFailure> = login.password.withBytes { password in
            guard var bytes = try? step.bytes(password: password) else {
                return .failure(PortalFailure(.internal, "a request could not be written"))
            }
            return .success(SecretBytes(consuming: &bytes))
        }
        let call = EFilingCaller.Call(
            path: .login, service: EFiling.Service.login.rawValue, body: .secret(try written.get()), isLogin: true,
            maxResponseBytes: 1 << 18)
        let answer = try await answer(call, jar)
        guard let name = answer.fullName, !name.isEmpty else {
            throw PortalFailure(.portalChanged, "the login was answered without a word that it succeeded")
        }
    }

    /// Ends the other session when the policy says so, or when it is our own, left by an earlier job.
    private func goOn(
        _ known: EFilingLogin, _ jar: CookieJar, after refusal: PortalFailure
    ) async throws(PortalFailure) {
        let isOurs = await isHeldAlive()
        guard isOurs || caller.profile.dualSession == .proceed else { throw refusal }
        let whose = isOurs ? "our own earlier session" : "the other session, as the provider file says"
        await reporter.log(.warning, "login", "already logged in; ending \(whose)")
        var step = known
        step.remark = EFiling.goOn
        step.passValdtnFlg = "true"
        try await offerPassword(step, jar)
    }

    private func isHeldAlive() async -> Bool {
        guard let held else { return false }
        return await EFilingSession.isAlive(held, user: login.username, caller: caller, deadline: deadline)
    }

    private func answer(_ call: EFilingCaller.Call, _ jar: CookieJar) async throws(PortalFailure) -> EFilingLogin {
        let response = try await caller.send(call, jar: jar, deadline: deadline)
        let answer: EFilingLogin
        do throws(WireJSON.Problem) {
            answer = try WireJSON.decode(EFilingLogin.self, from: response.body).payload
        } catch {
            // The body is not quoted: it may repeat what was sent.
            throw PortalFailure(.portalChanged, "the answer of \(call.name) is not understood: \(error.message)")
        }
        if let refusal = EFilingFailure.from(answer.messages, call, hiding: login.password) { throw refusal }
        return answer
    }
}
