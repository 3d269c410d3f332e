import Domain
import Secrets
import Store
import Vault

/// The people of a workspace: who they are and what they may. Everything here is an admin's, but one's own password.
public struct PeopleService: Sendable {
    let workspace: Workspace

    /// A new person, as a form or a command has it.
    public struct Draft: Sendable {
        public var name: String
        public var email: String
        public var role: Role
        public var password: SecretBytes

        public init(name: String, email: String, role: Role, password: SecretBytes) {
            self.name = name
            self.email = email
            self.role = role
            self.password = password
        }
    }

    public func people() async throws(Complaint) -> [Person] {
        try await workspace.permit(.administer)
        return try await workspace.read { try $0.people() }
    }

    /// Adds a person with a key of their own. Whoever may hold the vault's key gets it at once, if this vault is open.
    public func add(_ draft: Draft) async throws(Complaint) {
        let doer = try await workspace.permit(.administer, on: draft.name)
        try PersonRules.check(name: draft.name)
        try PersonRules.check(email: draft.email)
        try PersonRules.check(newPassword: draft.password, of: draft.name)
        let (login, own) = try await login(draft.name, draft.password)
        let seen = workspace.keyring.seen
        let person = Person(name: draft.name, email: draft.email, role: draft.role)
        let now = workspace.now
        try await workspace.write { writer in
            try writer.addPerson(person, passwordHash: login.hash.phc, at: now)
            try writer.store(login, of: person.name, pin: seen.map { own.pin($0) })
            let detail = AuditDetail.text(["role": person.role.rawValue])
            try writer.recordEvent(doer.event("user.add", person.name, detail: detail, at: now))
        }
        if person.mayHoldKey { try await workspace.vault.grant(.person(person.name), by: doer.name) }
    }

    /// Another office. The grants of the former one go with it; a person who may no longer hold the vault's key loses
    /// it, and the vault gets a new one.
    public func setRole(_ name: String, _ role: Role) async throws(Complaint) {
        try await change(name, "user.role", ["role": role.rawValue]) { person in
            if person.role == role { return }
            person.role = role
            person.grants = []
        }
    }

    public func disable(_ name: String) async throws(Complaint) {
        try await change(name, "user.disable", [:]) { $0.isEnabled = false }
    }

    /// Lets somebody in again, also after too many wrong passwords or codes.
    public func enable(_ name: String) async throws(Complaint) {
        try await change(name, "user.enable", [:]) { $0.isEnabled = true }
        try await workspace.write { writer in
            try writer.clearFailures(.login, of: name)
            try writer.clearFailures(.code, of: name)
        }
    }

    /// - Throws: a `Complaint` (65) for anybody but an operator: an admin may everything, support nothing of it.
    public func grant(_ name: String, _ grant: CredentialGrant) async throws(Complaint) {
        try await requireOperator(name)
        try await change(name, "user.grant", ["grant": grant.rawValue]) { $0.grants.insert(grant) }
    }

    public func revoke(_ name: String, _ grant: CredentialGrant) async throws(Complaint) {
        try await requireOperator(name)
        try await change(name, "user.revoke", ["grant": grant.rawValue]) { $0.grants.remove(grant) }
    }

    private func requireOperator(_ name: String) async throws(Complaint) {
        try await workspace.permit(.administer, on: name)
        let person = try await existing(name)
        guard person.role != .operator_ else { return }
        throw Complaint(
            "\(name) is \(person.role.rawValue), and only operators have grants",
            why: person.role == .admin ? "an admin may all of it already" : "support never sees a credential",
            remedy: "Change the role with `portaldesk user role`", status: .badData)
    }

    func existing(_ name: String) async throws(Complaint) -> Person {
        if let person = try await workspace.read({ try $0.person(name) }) { return person }
        throw Complaint(
            "there is no user \(HarmlessText.line(name, limit: 64))", remedy: "`portaldesk user list` shows them",
            status: .badData)
    }

    /// One change of somebody's office, with what follows from it for sessions and keys.
    private func change(
        _ name: String, _ action: String, _ facts: [String: String], _ body: @escaping @Sendable (inout Person) -> Void
    ) async throws(Complaint) {
        let doer = try await workspace.permit(.administer, on: name)
        let before = try await existing(name)
        var after = before
        body(&after)
        let (person, now) = (after, workspace.now)
        try await workspace.write { writer in
            try writer.setOffice(person)
            if !person.isEnabled || person.role != before.role { try writer.removeSessions(of: name) }
            try writer.recordEvent(doer.event(action, name, detail: AuditDetail.text(facts), at: now))
        }
        if before.mayHoldKey, !person.mayHoldKey {
            try await workspace.vault.withdraw(.person(name), by: doer.name)
        } else if person.mayHoldKey, !before.mayHoldKey {
            try await workspace.vault.grant(.person(name), by: doer.name)
        }
    }

    /// - Parameter key: the person's own, when it stays.
    func login(
        _ name: String, _ password: SecretBytes, key: VaultPrivateKey? = nil
    ) async throws(Complaint) -> (PersonalLogin, VaultPrivateKey) {
        let cost = workspace.surroundings.passwordCost
        return try await OwnThread.run { () throws(Complaint) in
            do throws(VaultProblem) {
                if let key { return (try PersonalLogin(name, password, key, cost: cost), key) }
                return try PersonalLogin.make(name, password, cost: cost)
            } catch {
                throw Complaint(error)
            }
        }
    }
}

extension Workspace {
    public var people: PeopleService { PeopleService(workspace: self) }
}
