import Domain
import Secrets
import Transport
import Wire

/// The login of the new portal, with a captcha that a person reads, and the way into the old application.
struct TracesLogin: Sendable {
    let caller: TracesCaller
    let reporter: any FetchReporter
    let deadline: ContinuousClock.Instant

    /// Fetches a captcha and returns the failure that hands it to a person.
    ///
    /// - Parameter followsRefusal: whether it is asked because the answer to the one before was not accepted.
    func challenge(_ why: String, followsRefusal: Bool = false) async throws(PortalFailure) -> PortalFailure {
        let call = TracesCaller.Call(
            url: caller.login + Traces.LoginPath.captcha, headers: ["Accept": "application/json"], deadline: deadline)
        let response = try await caller.send(call)
        guard let captcha = try? WireJSON.decode(TracesCaptcha.self, from: response.body).payload, !captcha.id.isEmpty,
            let image = CaptchaPicture.bytes(base64: captcha.image)
        else { throw PortalFailure(.portalChanged, "the portal's captcha is not understood") }
        await reporter.log(.info, "captcha", "a person must read the portal's captcha")
        let prompt = "\(why) Type the letters and digits of the image; capitals count."
        return PortalFailure(
            .captchaRequired, prompt,
            challenge: Challenge(
                kind: .captcha, remoteJob: captcha.id, prompt: prompt, image: image, isRenewable: true,
                followsRefusal: followsRefusal))
    }

    /// Exactly one login attempt.
    ///
    /// - Throws: what the portal said; a wrong captcha comes with the next one. `otpRequired` without a question when the
    ///   portal wants a one-time password, or another one.
    func login(
        _ login: PortalLogin, _ answer: ChallengeAnswer, otp: String? = nil
    ) async throws(PortalFailure) -> TracesSession {
        await reporter.log(.info, "login", "one login attempt at \(Portal.traces.title)")
        let text = answer.text.filter { !$0.isWhitespace }
        var bytes = login.password.withBytes {
            TracesLoginRequest.bytes(
                tan: login.identity.text, password: $0, captcha: text, captchaId: answer.remoteJob,
                otp: otp)
        }
        let call = TracesCaller.Call(
            method: .post, url: caller.login + Traces.LoginPath.login,
            headers: ["Content-Type": "application/json", "Accept": "application/json"],
            body: .secret(SecretBytes(consuming: &bytes)), deadline: deadline, maxResponseBytes: 1 << 18)
        let response = try await caller.sendOnce(call, .authentication, changes: true)
        let secrets = [login.password] + [otp].compactMap { $0 }.map { SecretBytes(utf8: $0) }
        guard response.status == 200 else {
            let refusal = TracesFailure.refusal(response, secrets: secrets)
            guard refusal.cause == .captchaRequired else { throw refusal }
            await reporter.log(.warning, "captcha", "the portal did not take the captcha: \(refusal.message)")
            throw try await challenge(
                "The portal did not take the last answer (\(refusal.message)).", followsRefusal: true)
        }
        guard let answer = try? WireJSON.decode(TracesLoginAnswer.self, from: response.body).payload,
            !answer.authTokenDto.accessToken.isEmpty
        else {
            // Asked for with a status that says all is well. No such answer holds tokens.
            if let said = try? WireJSON.decode(TracesRefusal.self, from: response.body).payload.message,
                TracesFailure.cause(of: said) == .otpRequired
            {
                throw TracesFailure.refusal(response, secrets: secrets)
            }
            // The body may hold tokens in another shape, so it is not quoted.
            throw PortalFailure(.portalChanged, "the portal's answer to the login is not understood")
        }
        await reporter.log(.info, "login", "the portal accepted the login")
        return TracesSession(login, tokens: answer.authTokenDto, cookies: caller.client.http.makeCookieJar())
    }

    /// Enters the old application; harmless to repeat.
    func open(_ session: TracesSession) async throws(PortalFailure) {
        if session.isOpen { return }
        try await caller.pace(caller.profile.pacing.loginStep)
        var call = TracesCaller.Call(
            url: caller.legacy + Traces.AppPath.bridge, cookies: session.cookies, deadline: deadline)
        call.headers = [
            "Authorization": "Bearer \(session.tokens.accessToken)",
            Traces.Header.refreshToken: session.tokens.refreshToken,
            "Origin": TracesCaller.origin(caller.portal) ?? caller.portal, "Referer": caller.portal + "/",
        ]
        // It answers with a redirect and a cookie. The redirect is not followed: the tokens must not travel with it.
        _ = try await caller.send(call) { response in
            let place = response.headers["Location"]?.lowercased() ?? ""
            let isEntered = (300...399).contains(response.status) && !place.contains("login")
            return isEntered ? nil : Self.notEntered(response)
        }
        session.noteOpened()
        await reporter.log(.info, "login", "entered the application of the Income-tax Act, 1961")
    }

    /// An answer that is not understood may repeat the tokens, so it is not quoted.
    private static func notEntered(_ response: HTTPResponse) -> PortalFailure {
        guard let failure = TracesFailure.from(response), failure.cause != .portalChanged else {
            return PortalFailure(.portalChanged, "the way into the old application answered \(response.status)")
        }
        return failure
    }
}
