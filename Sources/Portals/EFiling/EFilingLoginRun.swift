import Domain
import Secrets
import Transport
import Wire

/// One login: user check, pause, one password. A password is never offered a second time after a word about it.
struct EFilingLoginRun: Sendable {
    let caller: EFilingCaller
    let login: PortalLogin
    /// Where a session of ours may still live, and logins that wait for a person.
    let sessions: EFilingSessions
    let deadline: ContinuousClock.Instant
    let reporter: any FetchReporter
    /// What a person answered to the question of an earlier attempt.
    var answer: ChallengeAnswer?

    /// The cookies of the new session.
    ///
    /// A stale request id says nothing about the password, for the portal has not looked at it: then the login begins
    /// once more from step 1, and only then.
    func logIn() async throws(PortalFailure) -> CookieJar {
        let endsOther = try OtherSession.isToEnd(answer)
        try await caller.wait(sessions.turn(apart: caller.profile.pacing.start, caller.client.random))
        if let answer, EFilingQuestion.isOtp(answer) { return try await goOn(with: answer) }
        do throws(PortalFailure) {
            return try await attempt(endsOther)
        } catch  where error.portalCode == EFilingCode.notAuthenticated.rawValue {
            await reporter.log(.warning, "login", "the portal did not take the request id; starting again from step 1")
            return try await attempt(endsOther)
        }
    }

    private func attempt(_ endsOther: Bool) async throws(PortalFailure) -> CookieJar {
        var known = try await begin()
        known.endsOther = endsOther
        if known.step.secLoginOptions?.contains(where: { !$0.isWhitespace }) == true { throw askForOtp(known) }
        try await caller.wait(caller.profile.pacing.loginStep)
        return try await finish(known, otp: nil)
    }

    /// Goes on with the login that waits for the one-time password. It is gone when the worker has ended meanwhile; then a
    /// new one is begun for it, for a person has typed it now.
    private func goOn(with answer: ChallengeAnswer) async throws(PortalFailure) -> CookieJar {
        var waiting = sessions.waiting.take(answer.remoteJob, of: login)
        if waiting == nil {
            waiting = try await begin()
            try await caller.wait(caller.profile.pacing.loginStep)
        }
        guard let waiting else { throw PortalFailure(.internal, "a login was not begun") }
        return try await finish(waiting, otp: answer.text)
    }

    private func begin() async throws(PortalFailure) -> EFilingBegunLogin {
        let jar = caller.client.http.makeCookieJar()
        await reporter.log(.info, "login", "step 1: asking whether the portal knows the user")
        return EFilingBegunLogin(step: try await checkUser(jar), jar: jar)
    }

    /// No password was sent; the login waits at its step 1 for a person.
    private func askForOtp(_ known: EFilingBegunLogin, followsRefusal: Bool = false) -> PortalFailure {
        let name = EFilingQuestion.otp(known.step.reqId ?? "")
        sessions.waiting.keep(known, name, of: login)
        return EFilingQuestion.askForOtp(name, followsRefusal: followsRefusal)
    }

    private func finish(_ known: EFilingBegunLogin, otp: String?) async throws(PortalFailure) -> CookieJar {
        await reporter.log(.info, "login", "step 2: one login attempt at \(login.identity.portal.title)")
        do throws(PortalFailure) {
            try await offer(known, otp)
        } catch {
            guard error.cause == .otpRequired else { throw error }
            // Its request id is used up with it, so the question needs another step 1.
            await reporter.log(.warning, "login", "the portal wants a one-time password: \(error.message)")
            var another = try await begin()
            another.endsOther = known.endsOther
            throw askForOtp(another, followsRefusal: otp != nil)
        }
        await reporter.log(.info, "login", "the portal let the login in")
        return known.jar
    }

    private func offer(_ known: EFilingBegunLogin, _ otp: String?) async throws(PortalFailure) {
        do throws(PortalFailure) {
            try await offerPassword(known.step, known.jar, otp: otp)
        } catch {
            guard error.cause == .dualSession else { throw error }
            try await goOn(known, otp, after: error)
        }
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

    /// The portal's refusal is thrown; "already logged in" as `dualSession`. What leaves open whether the portal has judged
    /// the password says so: it is not to be offered again and again.
    private func offerPassword(
        _ step: EFilingLogin, _ jar: CookieJar, otp: String? = nil
    ) async throws(PortalFailure) {
        // Wrapped where it is made: a copy that another variable holds would not be wiped.
        let written: Result<SecretBytes, PortalFailure> = login.password.withBytes { password in
            guard var bytes = try? step.bytes(password: password, otp: otp) else {
                return .failure(PortalFailure(.internal, "a request could not be written"))
            }
            return .success(SecretBytes(consuming: &bytes))
        }
        let call = EFilingCaller.Call(
            path: .login, service: EFiling.Service.login.rawValue, body: .secret(try written.get()), isLogin: true,
            maxResponseBytes: 1 << 18)
        do throws(PortalFailure) {
            let answer = try await answer(call, jar)
            guard let name = answer.fullName, !name.isEmpty else {
                throw PortalFailure(.portalChanged, "the login was answered without a word that it succeeded")
            }
        } catch {
            var failure = error
            failure.leavesPasswordUnsure = Self.leavesUnsure(error)
            throw failure
        }
    }

    /// Codes that we know are words; all else may be anything, but for what never left.
    private static func leavesUnsure(_ failure: PortalFailure) -> Bool {
        if failure.notBefore != nil || failure.isOutOfTime { return false }
        // Cut short by ourselves: what had left may have been judged.
        if failure.cause == .internal { return failure.mayHaveBeenSent }
        if let code = failure.portalCode {
            return EFilingCode(rawValue: code) == nil && failure.cause == .portalChanged
        }
        switch failure.cause {
        case .portalDown, .portalTimeout: return failure.mayHaveBeenSent || failure.isAnswer
        case .portalChanged: return true
        default: return false
        }
    }

    /// Ends the other session when the policy or a person says so, or when it is our own, left by an earlier job.
    private func goOn(
        _ known: EFilingBegunLogin, _ otp: String?, after refusal: PortalFailure
    ) async throws(PortalFailure) {
        let isOurs = await isHeldAlive()
        guard isOurs || known.endsOther || caller.profile.dualSession == .proceed else {
            throw OtherSession.ask(refusal)
        }
        let wish = known.endsOther ? "as a person said" : "as the provider file says"
        await reporter.log(
            .warning, "login",
            "already logged in; ending \(isOurs ? "our own earlier session" : "the other session, \(wish)")")
        var step = known.step
        step.remark = EFiling.goOn
        step.passValdtnFlg = "true"
        try await offerPassword(step, known.jar, otp: otp)
    }

    private func isHeldAlive() async -> Bool {
        guard let held = sessions.session(of: login) else { return false }
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
