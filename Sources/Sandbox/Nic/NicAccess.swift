import Domain
import Wire

/// Who may call NIC: clients, users, tokens, and what the world plays for a GSTIN.
struct NicAccess: Sendable {
    let users: NicUsers
    let sessions: NicSessions
    let configuration: SandboxConfiguration

    func outcome(_ account: DemoAccount) -> MagicOutcome {
        configuration.outcomes[account.identity] ?? account.outcome
    }

    /// What is played in the answers to a GSTIN.
    func played(_ gstin: String) -> NicPlayed { NicPlayed(outcome: users.account(gstin).map(outcome) ?? .success) }

    /// A header under any of its spellings (facts: nic-einvoice-ewb 1.2).
    static func header(_ request: SandboxRequest, _ names: String...) -> String? {
        names.lazy.compactMap { request.headers[$0] }.first { !$0.isEmpty }
    }

    /// - Returns: the GSTIN that the request is for.
    func checkClient(_ request: SandboxRequest, _ family: NicUsers.Family) throws(NicRefusal) -> String {
        let isIrp = family == .irp
        guard let id = Self.header(request, "client_id", "client-id") else {
            throw NicRefusal(isIrp ? "1011" : "103", "Client id is missing")
        }
        guard let secret = Self.header(request, "client_secret", "client-secret") else {
            throw NicRefusal(isIrp ? "1012" : "104", "Client secret is missing")
        }
        guard id == BridgeService.clientId, secret == BridgeService.clientSecret else {
            throw NicRefusal(isIrp ? "1010" : "110", "Client id or secret is wrong")
        }
        guard let gstin = Self.header(request, "gstin") else {
            throw NicRefusal(isIrp ? "1004" : "393", "GSTIN is missing in the header")
        }
        return gstin.uppercased()
    }

    /// What keeps a taxpayer's first calls from being answered.
    func heldBack(_ gstin: String, _ system: any SandboxSystem) throws(NicRefusal) -> SandboxAnswer? {
        guard let outcome = users.account(gstin).map(outcome) else { return nil }
        guard outcome == .unavailableTwice || outcome == .rateLimited else { return nil }
        guard sessions.count("held \(system.name) \(gstin)") <= 2 else { return nil }
        var answer = system.refusal(outcome == .rateLimited ? .rateLimited : .unavailable, trace: "")
        if outcome == .rateLimited { answer.headers = [("Retry-After", "2")] }
        return answer
    }

    func open(
        _ gstin: String, _ family: NicUsers.Family, name: String, password: String, isForced: Bool
    ) throws(NicRefusal) -> NicSessions.Session {
        let isIrp = family == .irp
        guard let user = users.user(gstin, family), let account = users.account(gstin) else {
            throw NicRefusal(isIrp ? "1014" : "111", "GSTIN is not enabled")
        }
        let outcome = outcome(account)
        if outcome == .locked || outcome == .accountProblem {
            throw NicRefusal(isIrp ? "1014" : "113", "User is not active")
        }
        guard name == user.name, outcome != .notRegistered else {
            throw NicRefusal(isIrp ? "1017" : "108", "User is not known")
        }
        guard password == user.password, !configuration.refusesRightPassword.contains(account.identity) else {
            throw refusal(isIrp ? "1019" : "108", "Password is wrong", isIrp)
        }
        let life = isIrp ? configuration.nic.tokenLife : configuration.nic.ewbTokenLife
        return sessions.open(user, life: life, isForced: isForced)
    }

    private func refusal(_ code: String, _ message: String, _ isIrp: Bool) -> NicRefusal {
        var refusal = NicRefusal(code, message)
        var answer = isIrp ? IrpSystem.failure(refusal) : EwbSystem.failure(refusal)
        answer.refusesPassword = true
        refusal.answer = answer
        return refusal
    }

    func forgetToken(of request: SandboxRequest) {
        if let token = Self.header(request, "authtoken", "auth-token") { sessions.drop(token) }
    }

    /// The living session of an IRP's business call.
    func session(_ request: SandboxRequest, _ gstin: String) throws(NicRefusal) -> NicSessions.Session {
        guard let name = Self.header(request, "user_name", "username") else {
            throw NicRefusal("1006", "User name is missing")
        }
        guard let token = Self.header(request, "authtoken", "auth-token"), let known = sessions.session(token),
            known.isAlive, known.session.user.name == name
        else { throw NicRefusal("1005", "Invalid token") }
        guard known.session.user.gstin == gstin else { throw NicRefusal("1015", "GSTIN is not the token's") }
        try expireMidway(known.session, "1005")
        return known.session
    }

    /// The living session of a call to EWB.
    func ewbSession(_ request: SandboxRequest, _ gstin: String) throws(NicRefusal) -> NicSessions.Session {
        guard let token = Self.header(request, "authtoken", "auth-token") else {
            throw NicRefusal("105", "Token is missing")
        }
        guard let known = sessions.session(token) else { throw NicRefusal("238", "Invalid token") }
        guard known.isAlive else { throw NicRefusal("106", "Token has expired") }
        guard known.session.user.gstin == gstin else { throw NicRefusal("105", "GSTIN is not the token's") }
        try expireMidway(known.session, "238")
        return known.session
    }

    /// The first call of a user is refused, and the token is void.
    private func expireMidway(_ session: NicSessions.Session, _ code: String) throws(NicRefusal) {
        guard users.account(session.user.gstin).map(outcome) == .sessionExpiredMidway,
            sessions.count("midway \(session.user.name)") == 1
        else { return }
        sessions.drop(session.token)
        throw NicRefusal(code, "Invalid token")
    }
}
