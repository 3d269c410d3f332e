import Domain
import FoundationEssentials
import Wire

extension EFilingSystem {
    /// The bodies of all steps, as far as they matter here.
    private struct Step: Decodable {
        var serviceName: String?
        var entity: String?
        var reqId: String?
        var pass: String?
        var remark: String?
        var otp: String?
        var entityType: String?
        var role: String?
        var dtoService: String?

        /// Whether step 1's answer was sent back (facts: income-tax-traces 3.2).
        func repeats(_ said: EFilingLogin) -> Bool {
            entityType == said.entityType && role == said.role && dtoService == said.dtoService
        }
    }

    /// The portal's own figure is not published; a client that repeats a wrong password is to meet it.
    private static let mostWrongPasswords = 5

    func login(_ request: SandboxRequest) -> SandboxAnswer {
        guard let step = try? JSONDecoder().decode(Step.self, from: Data(request.body)) else {
            return SandboxAnswer(status: 400, page: "Bad Request")
        }
        let user = (step.entity ?? "").uppercased()
        var answer: SandboxAnswer
        switch step.serviceName.flatMap(EFiling.Service.init(rawValue:)) {
        case .userCheck: answer = checkUser(user)
        case .login where step.remark == EFiling.goOn: answer = goOn(step, user)
        case .login: answer = checkPassword(step, user)
        default: answer = SandboxAnswer(status: 400, page: "Bad Request")
        }
        answer.identity = user
        return answer
    }

    private func checkUser(_ user: String) -> SandboxAnswer {
        guard let account = account(user), account.outcome != .notRegistered else {
            return Self.refused(.unknownUser, "PAN does not exist, please register this PAN")
        }
        switch account.outcome {
        case .unavailableTwice where sessions.count("check \(user)") <= 2:
            return SandboxAnswer(status: 503, page: "Service Unavailable")
        case .rateLimited where sessions.count("check \(user)") <= 2:
            var answer = SandboxAnswer(status: 429, page: "Too Many Requests")
            answer.headers.append(("Retry-After", "2"))
            return answer
        case .locked: return Self.locked
        default: break
        }
        if sessions.number("wrong \(user)") >= Self.mostWrongPasswords { return Self.locked }
        var answer = described(account)
        answer.reqId = sessions.begin(user)
        answer.messages = [EFilingMessage(.success, type: "INFO", desc: "OK")]
        return Self.json(answer)
    }

    /// What step 1 tells of a user.
    private func described(_ account: DemoAccount) -> EFilingLogin {
        var answer = EFilingLogin()
        let user = account.identity.text
        answer.entity = user
        answer.entityType = account.identity.kind == "tan" ? "User ID" : "PAN"
        let holder = user.dropFirst(3).first
        answer.role = account.identity.kind == "tan" ? "TDS" : holder == "P" ? "IN" : "CO"
        answer.userType = "TAXPAYER"
        answer.uidValdtnFlg = "true"
        answer.aadhaarMobileValidated = "false"
        answer.secAccssMsg = ""
        answer.secLoginOptions = account.outcome == .otpRequired ? "OTP" : ""
        answer.dtoService = "LOGIN"
        answer.exemptedPan = "false"
        answer.userConsent = "N"
        answer.email = "sa**********@example.com"
        answer.mobileNo = "99******10"
        answer.serviceName = EFiling.Service.userCheck.rawValue
        return answer
    }

    /// One attempt: whatever becomes of it, the request id is used up.
    private func checkPassword(_ step: Step, _ user: String) -> SandboxAnswer {
        guard let id = step.reqId, sessions.spend(id, user: user), let account = account(user) else {
            return Self.refused(.notAuthenticated, "Request is not authenticated.")
        }
        guard step.repeats(described(account)) else {
            return Self.refused(.notAuthenticated, "Request is not authenticated.")
        }
        if account.outcome == .otpRequired, step.otp != account.otp {
            return Self.refused(.wrongMobileOtp, "Please enter a valid OTP.")
        }
        let given = step.pass.flatMap { Data(base64Encoded: $0) }
        let isRefused =
            account.outcome == .wrongPassword && configuration.refusesRightPassword.contains(account.identity)
        guard let given, Array(given) == Array(account.password.utf8), !isRefused else {
            _ = sessions.count("wrong \(user)")
            var answer = Self.refused(.wrongPassword, "Invalid Password, Please retry.")
            answer.refusesPassword = true
            return answer
        }
        if account.outcome == .accountProblem { return Self.refused(.panInactive, "PAN is inactive.") }
        if isElsewhere(account) {
            sessions.awaitContinue(id, user: user)
            return Self.refused(.alreadyLoggedIn, "Session already active")
        }
        return letIn(account)
    }

    private func isElsewhere(_ account: DemoAccount) -> Bool {
        if account.outcome == .dualSession, sessions.count("elsewhere \(account.identity)") == 1 { return true }
        return sessions.hasSession(account.identity.text)
    }

    private func goOn(_ step: Step, _ user: String) -> SandboxAnswer {
        guard let id = step.reqId, sessions.takeContinue(id, user: user), let account = account(user) else {
            return Self.refused(.notAuthenticated, "Request is not authenticated.")
        }
        if account.outcome == .otpRequired, step.otp != account.otp {
            return Self.refused(.wrongMobileOtp, "Please enter a valid OTP.")
        }
        return letIn(account)
    }

    private func letIn(_ account: DemoAccount) -> SandboxAnswer {
        sessions.forget("wrong \(account.identity.text)")
        let token = sessions.open(account.identity.text)
        var answer = described(account)
        answer.fullName = world.business(of: account).name
        answer.passValdtnFlg = "true"
        answer.serviceName = EFiling.Service.login.rawValue
        answer.messages = [EFilingMessage(.success, type: "INFO", desc: "OK")]
        var result = Self.json(answer)
        result.headers.append(("Set-Cookie", "\(EFiling.cookie)=\(token); Path=/; HttpOnly"))
        return result
    }

    /// No code for it is known, so there is none: the words say it.
    private static var locked: SandboxAnswer {
        var message = EFilingMessage(
            .success, type: "ERROR", desc: "Your account is LOCKED after several wrong attempts.")
        message.code = nil
        return json(EFilingMessages([message]))
    }

    /// A refusal has status 200, as everything that the services say in words.
    private static func refused(_ code: EFilingCode, _ text: String) -> SandboxAnswer {
        json(EFilingMessages([EFilingMessage(code, type: "ERROR", desc: text)]))
    }
}
