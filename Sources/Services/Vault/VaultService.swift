import Domain
import Secrets
import Store
import Vault

/// Who may open the vault, and its keys. Secrets themselves are sealed and opened by `CredentialService`.
public struct VaultService: Sendable {
    let workspace: Workspace

    /// Makes the vault's first key and gives it to the first holders, each with a key already made.
    func create(for holders: [NewHolder], by actor: String) async throws(Complaint) {
        let key = try Self.newKey()
        let link = try Self.link { () throws(VaultProblem) in try KeyLink(first: key) }
        let now = workspace.now
        try await workspace.write { writer in
            if try writer.reader.vaultKeys().contains(where: { $0.retiredAt == nil }) {
                throw Complaint("there is a vault already", status: .badData)
            }
            for holder in holders { try writer.setHolderKey(holder.row(seen: link)) }
            try Self.add(key, link, for: holders.map(\.holder.text), writer, by: actor, at: now)
        }
        workspace.keyring.add(key)
        workspace.keyring.seen = link
    }

    /// Brings every key in use that the holder was granted into this process.
    ///
    /// - Throws: a `Complaint` (77) when the holder was granted none; 65 when a grant does not open, or when a key is
    ///   not one of this vault's.
    func unlock(_ holder: KeyGrant.Holder, with own: VaultPrivateKey) async throws(Complaint) {
        let (found, keys, pin) = try await workspace.read { reader in
            (try reader.grants(of: holder), try reader.vaultKeys(), try reader.holderKey(holder.text)?.pin)
        }
        if found.isEmpty {
            throw Complaint(
                "not permitted: \(holder.text) holds no key of the vault", remedy: "An admin can grant it",
                status: .notPermitted)
        }
        do throws(VaultProblem) {
            var links: [KeyLink] = []
            for key in keys { links.append(try KeyLink(key)) }
            let chain = try KeyChain(links, pin: pin ?? [], of: own)
            _ = try chain.checked(keys)
            for grant in found { workspace.keyring.add(try grant.open(by: holder, with: own)) }
            workspace.keyring.own = Keyring.Own(holder: holder, key: own)
            workspace.keyring.seen = chain.latest
        } catch {
            throw Complaint(error)
        }
        try await advance()
    }

    /// Moves the holder's note to the vault's latest key: what an older one would vouch for is worth nothing then.
    func advance() async throws(Complaint) {
        let (workspace, keyring) = (workspace, workspace.keyring)
        let found = try await workspace.read { reader -> (latest: KeyLink?, pin: [UInt8]?) in
            let latest = try workspace.trustedKeys(reader).last.map { try KeyLink($0) }
            return (latest, try keyring.own.flatMap { try reader.holderKey($0.holder.text)?.pin })
        }
        guard let latest = found.latest else { return }
        keyring.seen = latest
        guard let own = keyring.own, own.key.pin(latest) != found.pin else { return }
        try await workspace.write { try $0.setPin(own.key.pin(latest), of: own.holder.text) }
    }

    /// Gives every key in use to a holder whose own key is known. Needs an unlocked vault, and nobody's password.
    func grant(_ holder: KeyGrant.Holder, by actor: String) async throws(Complaint) {
        let (workspace, keyring, now) = (workspace, workspace.keyring, workspace.now)
        try await workspace.write { writer in
            for key in try workspace.trustedKeys(writer.reader) where key.retiredAt == nil {
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

    static func link(_ body: () throws(VaultProblem) -> KeyLink) throws(Complaint) -> KeyLink {
        do {
            return try body()
        } catch {
            throw Complaint(error)
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
        _ key: VaultPrivateKey, _ link: KeyLink, for holders: [String], _ writer: StoreWriter, by actor: String,
        at now: Instant
    ) throws {
        try writer.addVaultKey(link.row(at: now))
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
