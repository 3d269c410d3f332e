import Domain
import Portals
import Secrets
import Store
import Vault

/// The logins of all identities: reading, storing, sealing. No password leaves it but to a connector.
public struct CredentialService: Sendable {
    let workspace: Workspace

    public func accounts(_ query: AccountQuery) async throws(Complaint) -> AccountPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.accounts(query) }
    }

    public func account(_ identity: PortalIdentity) async throws(Complaint) -> PortalAccount? {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.account(identity) }
    }

    /// Stores user name and, when given, password. An account without a password needs one, unless a GSP serves it.
    public func setLogin(
        _ identity: PortalIdentity, username: String, password: SecretBytes?
    ) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: identity.auditSubject)
        let change = try LoginChange(username, password)
        let (now, passwordless) = (workspace.now, workspace.passwordless())
        try await workspace.write { [workspace] writer in
            try writer.settlePasswordNeeds(passwordless)
            try change.store(
                identity, writer, workspace.sealer(writer.reader), passwordless: passwordless, by: doer, at: now)
        }
    }

    public func removeLogin(_ identity: PortalIdentity) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: identity.auditSubject)
        let now = workspace.now
        try await workspace.write { writer in
            guard let account = try writer.reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
            try writer.removeLogin(account.id, at: now)
            let detail = AuditDetail.text(["version": "\(account.loginVersion + 1)"])
            try writer.recordEvent(doer.event("account.remove", identity.auditSubject, detail: detail, at: now))
        }
    }

    /// Whether the vault's key is there and opens what was sealed. A few passwords are tried: one alone may be damaged.
    ///
    /// - Throws: a `Complaint` (78).
    func checkKey() async throws(Complaint) {
        let stored = try await workspace.read { try $0.sealedPasswords(limit: 3) }
        if stored.isEmpty {
            _ = try await workspace.read { [workspace] in try workspace.sealer($0) }
            return
        }
        var problem: Complaint?
        for (account, sealed) in stored {
            do throws(Complaint) {
                _ = try workspace.opened(sealed, of: PasswordPlace(account, sealed))
                return
            } catch {
                problem = error
            }
        }
        // A missing or locked key says so itself.
        if let problem, problem.status != .badData { throw problem }
        throw Complaint(
            "the vault's key does not open the stored passwords",
            why: "\(workspace.home.vaultKey) is not the key that sealed them, or they were changed",
            remedy: "Bring the right vault.key back from its copy, then try again", status: .badConfiguration)
    }

    /// An account with the login to offer, both of the same moment: a word of the portal belongs to one version.
    ///
    /// - Parameter needsPassword: whether the password is to be opened, which takes longer than all else here.
    /// - Returns: no account when it was removed, no login when no user name is stored; an empty password when none is.
    func login(
        of id: AccountId, needsPassword: @Sendable (PortalAccount) -> Bool = { _ in true }
    ) async throws(Complaint) -> (account: PortalAccount?, login: PortalLogin?) {
        let stored = try workspace.lookUp { reader in
            (account: try reader.account(id), sealed: try reader.currentPassword(of: id))
        }
        guard let account = stored.account, let username = account.username else { return (stored.account, nil) }
        var password = SecretBytes(utf8: "")
        if let sealed = stored.sealed, needsPassword(account) {
            password = try workspace.opened(sealed, of: PasswordPlace(id, sealed))
        }
        let login = PortalLogin(
            identity: account.identity, username: username, password: password, version: account.loginVersion)
        return (account, login)
    }
}

extension CredentialService {
    /// The stored password of an identity, for a reveal that was confirmed.
    func password(of identity: PortalIdentity) async throws(Complaint) -> SecretBytes {
        let stored = try await workspace.read { reader -> (AccountId, SealedPassword)? in
            guard let account = try reader.account(identity) else { return nil }
            return try reader.currentPassword(of: account.id).map { (account.id, $0) }
        }
        guard let (id, sealed) = stored else {
            throw Complaint("no password is stored for \(identity)", status: .badData)
        }
        return try workspace.opened(sealed, of: PasswordPlace(id, sealed))
    }
}

extension StoreReader {
    /// A stored password, compared with what the audit trail says of it: an older version that somebody put back, row and
    /// all, opens like the right one and is told by this alone.
    func currentPassword(of id: AccountId) throws -> SealedPassword? {
        guard let sealed = try sealedPassword(id), let account = try account(id) else { return nil }
        guard let newest = try newestPasswordVersion(account.identity.auditSubject), newest > sealed.version else {
            return sealed
        }
        throw Complaint(
            "an older password of \(account.identity) was put back",
            why: "the audit trail knows version \(newest), and version \(sealed.version) is stored",
            remedy: "Enter the password again, and find out who changed the database", status: .badData)
    }
}

extension Workspace {
    public var credentials: CredentialService { CredentialService(workspace: self) }
}

/// Where a stored password belongs: to one identity, in one row, in one version.
struct PasswordPlace: Sendable {
    let account: AccountId
    let identity: PortalIdentity
    let version: Int

    init(_ account: AccountId, _ sealed: SealedPassword) {
        (self.account, identity, version) = (account, sealed.identity, sealed.version)
    }

    /// The next password of an account.
    init(next account: PortalAccount) {
        (self.account, identity, version) = (account.id, account.identity, account.loginVersion + 1)
    }

    /// Bound to the identity too: rows that exchange their identities give no taxpayer's password to another.
    var inVault: SecretPlace { place(row: "\(account.rawValue) \(identity.auditSubject)") }

    /// As the workspaces were sealed that had a key file.
    var inKeyFile: SecretPlace { place(row: String(account.rawValue)) }

    private func place(row: String) -> SecretPlace {
        SecretPlace(table: "account", row: row, column: "password", version: UInt64(max(version, 0)))
    }
}

extension Complaint {
    static func unknownIdentity(_ identity: PortalIdentity) -> Complaint {
        Complaint(
            "no business has the \(identity.portal.shortName) identity \(identity)",
            remedy: "Add the business first: `portaldesk business add`", status: .badData)
    }
}
