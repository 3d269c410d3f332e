import Domain
import Portals
import Store

extension CredentialService {
    /// Lets a provider serve an identity instead of the one that serves its portal; nil goes back to that one.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 for an identity that no business has, or a provider that is not
    ///   there or does not reach that portal.
    public func setProvider(_ identity: PortalIdentity, _ provider: String?) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: identity.auditSubject)
        if let provider {
            let file = try workspace.providerSecrets.existing(provider)
            guard file.profile.portals.contains(identity.portal) else {
                throw Complaint(
                    "the provider \(provider) does not reach the \(identity.portal.title)",
                    remedy: "`portaldesk provider list` shows what each of them reaches", status: .badData)
            }
        }
        let (now, passwordless) = (workspace.now, workspace.passwordless())
        let (before, after) = (
            try await workspace.server(of: identity),
            workspace.providers().provider(for: identity.portal, chosen: provider, settings: workspace.settings)
        )
        // A session at GSTN belongs to the GSP that opened it, and to be verified under a GSP is to have one.
        let changesGsp = before?.name != after?.name && (before?.isGsp == true || after?.profile.connector == .gsp)
        try await workspace.write { writer in
            guard let account = try writer.reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
            try writer.setProvider(account.id, provider)
            if changesGsp {
                try writer.removeSecret(.gspSession, of: "\(account.id.rawValue)")
                try writer.removeGspSession(of: account.id)
                if account.status == .verified {
                    try writer.setStatus(
                        account.id, .notVerified, cause: .neverChecked, message: "another provider serves it now",
                        at: now)
                }
            }
            try writer.settlePasswordNeeds(passwordless)
            // Who is handed a password from now on is as telling as the password.
            let detail = AuditDetail.text(["from": account.provider ?? "default", "to": provider ?? "default"])
            try writer.recordEvent(doer.event("account.provider", identity.auditSubject, detail: detail, at: now))
        }
    }
}

/// Who serves an identity, as far as its form tells.
public struct IdentityServer: Sendable, Hashable {
    public var name: String
    public var isGsp: Bool

    public init(name: String, isGsp: Bool) {
        self.name = name
        self.isGsp = isGsp
    }
}

extension Workspace {
    /// Who serves an identity now, or would when it named another provider; nil when nobody does.
    public func server(
        of identity: PortalIdentity, choosing provider: String? = nil
    ) async throws(Complaint) -> IdentityServer? {
        let named = try await credentials.account(identity)?.provider
        let chosen = provider ?? named
        let file = providers().provider(for: identity.portal, chosen: chosen, settings: settings)
        return file.map { IdentityServer(name: $0.name, isGsp: $0.profile.connector == .gsp) }
    }
}
