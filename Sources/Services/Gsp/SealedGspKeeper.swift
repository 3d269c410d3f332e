import Domain
import Portals
import Secrets
import Store

/// Keeps sessions at GSTN: the keys sealed in the vault, what people are told beside them.
struct SealedGspKeeper: GspSessionKeeper {
    let workspace: Workspace
    let provider: String

    func session(of identity: PortalIdentity) async throws -> GspSession? {
        let found = try workspace.lookUp { reader -> (AccountId, StoredGspSession?)? in
            guard let id = try reader.account(identity)?.id else { return nil }
            return (id, try reader.gspSession(of: id))
        }
        // A session is a bearer secret of the GSP that opened it: no other one is shown it.
        guard let (id, stored) = found, stored?.provider == provider else { return nil }
        let secret: SecretBytes?
        do {
            secret = try await workspace.secret(.gspSession, of: "\(id.rawValue)")
        } catch {
            // Damaged keys open nothing; the taxpayer's OTP makes new ones.
            guard error.status == .badData else { throw error }
            secret = nil
        }
        return secret.flatMap { GspSession($0) }
    }

    func keep(_ session: GspSession?, of identity: PortalIdentity, note: String) async throws {
        let (workspace, provider, now) = (workspace, provider, workspace.now)
        try await workspace.write { writer in
            guard let account = try writer.reader.account(identity) else { return }
            let owner = "\(account.id.rawValue)"
            if let session {
                try workspace.keep(session.secret(), as: .gspSession, of: owner, writer, at: now)
            } else {
                try writer.removeSecret(.gspSession, of: owner)
            }
            try writer.setGspSession(
                StoredGspSession(
                    account: account.id, provider: provider, state: (session?.state ?? .ended).rawValue,
                    expiresAt: session?.expiresAt, refreshAt: session?.state == .open ? session?.refreshAt : nil,
                    changedAt: now, message: note))
            let event = AuditEvent(
                at: now, actor: "worker", action: "gsp.session", subject: identity.auditSubject,
                outcome: (session?.state ?? .ended).rawValue, detail: AuditDetail.text(["note": note]))
            try writer.recordEvent(event)
        }
    }
}
