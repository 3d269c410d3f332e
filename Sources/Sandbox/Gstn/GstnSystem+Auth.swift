import Crypto
import Domain
import Wire

extension GstnSystem {
    func authenticate(_ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        var answer = try admit(request)
        answer.identity = (try? WireJSON.decode(GstnAuthRequest.self, from: request.body).payload)
            .flatMap { usernames[$0.username.lowercased()]?.identity.text }
        return answer
    }

    private func admit(_ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        guard request.method == "POST", let asked = try? WireJSON.decode(GstnAuthRequest.self, from: request.body)
        else { throw Refusal("AUTH4040", "Malformed request") }
        let body = asked.payload
        guard let account = usernames[body.username.lowercased()] else { throw Refusal("AUTH4032", "Invalid user") }
        let outcome = outcome(account)
        try refuseUnfit(account)
        let gstin = account.identity.text
        switch body.action {
        case Gstn.Action.otpRequest:
            state.sendOtp(gstin, appKey: try appKey(body))
            return SandboxAnswer(200, GstnAnswer(status: "1"))
        case Gstn.Action.authToken: return try issue(body, gstin, outcome)
        case Gstn.Action.refreshToken: return try refresh(body, gstin)
        case Gstn.Action.logout:
            guard let token = body.authToken, state.session(token)?.gstin == gstin else {
                throw Refusal("AUTH4033", "Invalid session")
            }
            // How the app key is sealed here is nowhere said: as at login or as at a refresh.
            let session = state.session(token)
            let isSealed = session.map { session in
                body.appKey.map { (try? GstnKeys.open($0, under: session.sek)) != nil } ?? false
            }
            if isSealed != true { _ = try appKey(body) }
            state.close(token)
            return SandboxAnswer(200, GstnAnswer(status: "1"))
        default: throw Refusal("AUTH4035", "Invalid request action")
        }
    }

    /// Taxpayers whom GSTN does not let in through software.
    func refuseUnfit(_ account: DemoAccount) throws(Refusal) {
        switch outcome(account) {
        case .notRegistered: throw Refusal("AUTH4032", "Invalid user")
        case .locked: throw Refusal("SWEB9035", "Account locked")
        case .noApiAccess, .accountProblem: throw Refusal("AUTH4037", "API access is not allowed by the taxpayer")
        default: break
        }
    }

    /// 32 bytes under the certificate. What another certificate sealed does not open: the client's is out of date.
    private func appKey(_ body: GstnAuthRequest) throws(Refusal) -> SymmetricKey {
        guard let text = body.appKey, let sealed = Base64.bytes(text) else {
            throw Refusal("AUTH4036", "Invalid app key")
        }
        guard let bytes = keys.open(sealed) else { throw Refusal("TEC4002", "Invalid data format") }
        guard bytes.count == GstnKeys.size else { throw Refusal("TEC4003", "Invalid app key") }
        return SymmetricKey(data: bytes)
    }

    private func issue(
        _ body: GstnAuthRequest, _ gstin: String, _ outcome: MagicOutcome
    ) throws(Refusal) -> SandboxAnswer {
        let appKey = try appKey(body)
        guard let asked = state.keyOfOtp(gstin) else { throw Refusal("AUTH4033", "Invalid OTP") }
        // One login has one app key (facts: gstn-taxpayer 1.4, step 1).
        guard asked == appKey else { throw Refusal("AUTH4036", "Invalid app key") }
        guard let sealed = body.otp.flatMap(Base64.bytes),
            let digits = try? AesEcb.decrypt(sealed, key: appKey), digits == Array(Gstn.sandboxOtp.utf8)
        else { throw Refusal("AUTH4033", "Invalid OTP") }
        // The first login after each start finds as many sessions as a user may have.
        let isBusy = outcome == .dualSession ? state.count("dual \(gstin)") == 1 : false
        let open = state.openSessions(gstin)
        if isBusy || open >= GstnState.mostSessions {
            throw Refusal("AUTH403", "Maximum sessions for this user")
        }
        guard state.takeOtp(gstin) else { throw Refusal("AUTH4033", "Invalid OTP") }
        return try told(state.open(gstin, appKey: appKey))
    }

    private func refresh(_ body: GstnAuthRequest, _ gstin: String) throws(Refusal) -> SandboxAnswer {
        guard let token = body.authToken, let session = state.session(token), session.gstin == gstin else {
            throw Refusal("AUTH4033", "Invalid session")
        }
        // Sources disagree how it is sealed; both ways are taken (facts: gstn-taxpayer 13).
        guard let text = body.appKey else { throw Refusal("AUTH4036", "Invalid app key") }
        let appKey: SymmetricKey
        if let underSession = try? GstnKeys.open(text, under: session.sek) {
            appKey = underSession
        } else if let bytes = Base64.bytes(text).flatMap(keys.open), bytes.count == GstnKeys.size {
            appKey = SymmetricKey(data: bytes)
        } else {
            throw Refusal("AUTH4036", "Invalid app key")
        }
        guard let next = state.refresh(token, appKey: appKey) else {
            throw Refusal("AUTH4038", "Session expired")
        }
        return try told(next)
    }

    private func told(_ session: GstnState.Session) throws(Refusal) -> SandboxAnswer {
        var answer = GstnAnswer(status: "1")
        answer.authToken = session.token
        // Counted from the moment it was made, so that a slow answer does not cost a minute.
        answer.expiry = Int((session.expiresAt.since(now()).milliseconds + 59_999) / 60_000)
        do {
            answer.sek = try GstnKeys.sealed(session.sek, under: session.appKey)
        } catch {
            throw Refusal("TEC4001", "Technical error")
        }
        return SandboxAnswer(200, answer)
    }
}
