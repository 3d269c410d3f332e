import Domain
import Secrets
import Store
import Vault

/// Who may open the vault, and its keys. Secrets themselves are sealed and opened by `CredentialService`.
public struct VaultService: Sendable {
    let workspace: Workspace

    /// Makes the vault's first key and gives it to the first holders, each with a key already made.
    func create(for holders: [HolderKey], by actor: String) async throws(Complaint) {
        let key = try Self.newKey()
        let now = workspace.now
        try await workspace.write { writer in
            if try writer.reader.vaultKeys().contains(where: { $0.retiredAt == nil }) {
                throw Complaint("there is a vault already", status: .badData)
            }
            for holder in holders { try writer.setHolderKey(holder) }
            try Self.add(key, for: holders.map(\.holder), writer, by: actor, at: now)
        }
        workspace.keyring.add(key)
    }

    /// Brings every key in use that the holder was granted into this process.
    ///
    /// - Throws: a `Complaint` (77) when the holder was granted none, 65 when a grant does not open.
    func unlock(_ holder: KeyGrant.Holder, with own: VaultPrivateKey) async throws(Complaint) {
        let found = try await workspace.read { try $0.grants(of: holder) }
        if found.isEmpty {
            throw Complaint(
                "not permitted: \(holder.text) holds no key of the vault", remedy: "An admin can grant it",
                status: .notPermitted)
        }
        do throws(VaultProblem) {
            for grant in found { workspace.keyring.add(try grant.open(by: holder, with: own)) }
            workspace.keyring.own = Keyring.Own(holder: holder, key: own)
        } catch {
            throw Complaint(error)
        }
    }

    /// Gives every key in use to a holder whose own key is known. Needs an unlocked vault, and nobody's password.
    func grant(_ holder: KeyGrant.Holder, by actor: String) async throws(Complaint) {
        let (keyring, now) = (workspace.keyring, workspace.now)
        try await workspace.write { writer in
            for key in try writer.reader.vaultKeys() where key.retiredAt == nil {
                guard let own = keyring.key(key.id) else { throw Complaint.vaultLocked }
                try Self.grant(own, to: holder.text, writer, by: actor, at: now)
            }
            let event = AuditEvent(
                at: now, actor: actor, action: "vault.grant", subject: holder.text, outcome: "done")
            _ = try writer.recordEvent(event)
        }
    }

    /// Takes the keys from a holder. It has seen them: the caller rotates next.
    func revoke(_ holder: KeyGrant.Holder, by actor: String) async throws(Complaint) {
        let now = workspace.now
        try await workspace.write { writer in
            try writer.revokeVaultKeys(of: holder.text)
            let event = AuditEvent(
                at: now, actor: actor, action: "vault.revoke", subject: holder.text, outcome: "done")
            _ = try writer.recordEvent(event)
        }
    }

    static func newKey() throws(Complaint) -> VaultPrivateKey {
        do throws(VaultProblem) {
            return try VaultPrivateKey()
        } catch {
            throw Complaint(error)
        }
    }

    /// Stores a new key with a grant for each holder.
    static func add(
        _ key: VaultPrivateKey, for holders: [String], _ writer: StoreWriter, by actor: String, at now: Instant
    ) throws {
        let stored = StoredVaultKey(
            id: key.publicKey.id.description, publicKey: key.publicKey.bytes, createdAt: now)
        try writer.addVaultKey(stored)
        for holder in holders { try grant(key, to: holder, writer, by: actor, at: now) }
    }

    private static func grant(
        _ key: VaultPrivateKey, to name: String, _ writer: StoreWriter, by actor: String, at now: Instant
    ) throws {
        guard let holder = KeyGrant.Holder(text: name), let own = try writer.reader.holderKey(name) else {
            throw Complaint(
                "\(name) has no key of its own yet", remedy: "It is made at the first login", status: .badData)
        }
        let publicKey = try VaultPublicKey(bytes: own.publicKey)
        let wrapped = try KeyGrant(of: key, to: holder, key: publicKey)
        try writer.grantVaultKey(
            key.publicKey.id.description, to: name, wrapped: wrapped.bytes,
            voucher: key.voucher(for: holder, publicKey), by: actor, at: now)
    }
}

/// One grant with the key that it wraps.
struct FoundGrant: Sendable {
    let key: StoredVaultKey
    let wrapped: [UInt8]

    func open(by holder: KeyGrant.Holder, with own: VaultPrivateKey) throws(VaultProblem) -> VaultPrivateKey {
        try KeyGrant(bytes: wrapped).open(by: holder, with: own, vault: VaultPublicKey(bytes: key.publicKey))
    }
}

extension StoreReader {
    /// What was granted to a holder, of every key in use.
    func grants(of holder: KeyGrant.Holder) throws -> [FoundGrant] {
        try vaultKeys().filter { $0.retiredAt == nil }.compactMap { key in
            try vaultGrant(of: key.id, to: holder.text).map { FoundGrant(key: key, wrapped: $0) }
        }
    }
}

extension Workspace {
    public var vault: VaultService { VaultService(workspace: self) }
}

extension Complaint {
    static let vaultLocked = Complaint(
        "the vault is locked", remedy: "Log in as somebody who holds its key", status: .notPermitted)
}
