import Domain
import FoundationEssentials
import Wire

extension TracesSystem {
    func captcha() async -> SandboxAnswer {
        let captcha = await state.makeCaptcha()
        let image = Data(CaptchaLetters.png(captcha.text)).base64EncodedString()
        return SandboxAnswer(200, TracesCaptcha(image: image, id: captcha.id))
    }

    func login(_ request: SandboxRequest) async -> SandboxAnswer {
        guard let asked = try? WireJSON.decode(TracesLoginRequest.self, from: request.body).payload,
            asked.userType == "Deductor"
        else { return Self.refused("Bad request", status: 400) }
        let refusal = await refusal(asked)
        await state.noteLogin(asked.userId, captcha: asked.captchaId, refusal: refusal?.word)
        var answer: SandboxAnswer
        if let refusal {
            answer = Self.refused(refusal.message, status: refusal.status)
            answer.refusesPassword = refusal.word == "wrong_password"
        } else {
            let tokens = await state.issueTokens(PortalIdentity(stored: .traces, asked.userId))
            answer = SandboxAnswer(
                200, TracesLoginAnswer(.init(accessToken: tokens.access, refreshToken: tokens.refresh)))
        }
        answer.identity = asked.userId
        return answer
    }

    private struct Refusal {
        var word: String
        var message: String
        var status = 401
    }

    /// Why the portal does not let this login in; nil when it does.
    private func refusal(_ asked: TracesLoginRequest) async -> Refusal? {
        switch await state.use(captcha: asked.captchaId, answer: asked.captcha) {
        case .unknown: return Refusal(word: "captcha", message: "Captcha has expired. Please enter the new captcha.")
        case .wrong: return Refusal(word: "captcha", message: "Invalid captcha. Please try again.")
        case .right: break
        }
        let identity = PortalIdentity(stored: .traces, asked.userId)
        guard let account = await state.account(identity), account.outcome != .notRegistered else {
            return Refusal(word: "not_registered", message: "User ID does not exist.")
        }
        // After too many logins in a row the real portal takes right answers for wrong ones.
        if account.outcome == .captcha, await state.count("captcha \(identity)") <= 2 {
            return Refusal(word: "captcha", message: "Invalid captcha. Please try again.")
        }
        if account.outcome == .locked {
            return Refusal(word: "locked", message: "Your account has been locked.", status: 423)
        }
        let refusesRight =
            account.outcome == .wrongPassword && state.configuration.refusesRightPassword.contains(identity)
        guard asked.password == account.password, !refusesRight else {
            return Refusal(word: "wrong_password", message: "Invalid user ID or password.")
        }
        switch account.outcome {
        case .accountProblem: return Refusal(word: "account_problem", message: "This TAN is de-activated.", status: 403)
        case .otpRequired where asked.otp != account.otp:
            // The same captcha serves the login once more, with the OTP beside it.
            await state.keepOpen(captcha: asked.captchaId, answer: asked.captcha)
            let said = asked.otp == nil ? "OTP has been sent to your registered mobile number." : "Invalid OTP."
            return Refusal(word: "otp_required", message: said, status: 403)
        case .dualSession where await state.count("dual \(identity)") == 1:
            return Refusal(word: "dual_session", message: "User is already logged in.", status: 409)
        default: return nil
        }
    }

    private static func refused(_ message: String, status: Int) -> SandboxAnswer {
        SandboxAnswer(status, TracesRefusal(message: message))
    }

    /// Turns the tokens of the new portal into a session of the old application.
    func bridge(_ request: SandboxRequest) async -> SandboxAnswer {
        let access = BridgeService.bearer(request) ?? ""
        let refresh = request.headers[Traces.Header.refreshToken.lowercased()] ?? ""
        guard request.headers["origin"] != nil, request.headers["referer"] != nil,
            let identity = await state.identity(access: access, refresh: refresh),
            let account = await state.account(identity)
        else { return Self.redirect("/app/login.xhtml") }
        switch account.outcome {
        case .unavailableTwice where await state.count("bridge \(identity)") <= 2:
            return SandboxAnswer(status: 503, page: "Service Unavailable")
        case .rateLimited where await state.count("bridge \(identity)") <= 2:
            var answer = SandboxAnswer(status: 429, page: "Too Many Requests")
            answer.headers.append(("Retry-After", "2"))
            return answer
        default: break
        }
        var answer = Self.redirect("ded/dashboard.xhtml")
        answer.headers.append(("Set-Cookie", "\(Self.cookie)=\(await state.openSession(identity)); Path=/; HttpOnly"))
        return answer
    }
}
