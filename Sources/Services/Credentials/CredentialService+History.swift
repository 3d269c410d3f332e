import Domain
import Store

extension CredentialService {
    /// What happened to a login, newest first: who changed what, what the portal said, who saw the password. Everybody
    /// who sees the login sees it.
    public func history(_ identity: PortalIdentity, limit: Int = 200) async throws(Complaint) -> [Happening] {
        try await workspace.permit(.see)
        // Thousands of actions of the same GSTIN are no part of its login's history.
        let query = AuditQuery(subject: identity.auditSubject, families: Self.families, limit: limit)
        return try await workspace.read { try $0.auditEvents(query) }.reversed().map { Happening($0) }
    }

    /// What is done with a login, and with the right to use it.
    private static let families: Set<String> = ["account", "reveal", "authority", "api_user"]

    /// Puts the user name of the last change back. A password is never put back: the one before may be known to too
    /// many.
    ///
    /// - Returns: the user name that now stands.
    public func undoUsername(_ identity: PortalIdentity) async throws(Complaint) -> String {
        let doer = try await workspace.permit(.editCredential, on: identity.auditSubject)
        let now = workspace.now
        return try await workspace.write { writer in
            guard let account = try writer.reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
            let query = AuditQuery(subject: identity.auditSubject, action: "account.set", limit: 1)
            let facts = AuditDetail.facts(try writer.reader.auditEvents(query).first?.detail ?? "")
            guard let to = facts["to"], let from = facts["from"], from != to, account.username == to,
                facts["undo"] == nil
            else {
                let why =
                    facts["undo"] == nil ? "the last change left it as it was" : "the last change was undone already"
                throw Complaint("there is no user name to put back", why: why, status: .badData)
            }
            try writer.setLogin(account.id, username: from, sealedPassword: nil, at: now)
            let detail = AuditDetail.text(["from": to, "to": from, "password": "kept", "undo": "yes"])
            try writer.recordEvent(doer.event("account.set", identity.auditSubject, detail: detail, at: now))
            return from
        }
    }
}
