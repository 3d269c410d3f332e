import Domain
import Secrets
import Store
import Vault

/// Secrets of the workspace that are no login's password: each in the vault, under a name.
extension Workspace {
    /// Seals a secret within a transaction. It takes the place of the one before.
    func keep(
        _ secret: SecretBytes, as kind: StoredSecret.Kind, of owner: String, _ writer: StoreWriter, at now: Instant
    ) throws {
        let version = (try writer.reader.secret(kind, of: owner)?.version ?? 0) + 1
        let stored = StoredSecret(kind: kind, owner: owner, sealed: [], version: version)
        let sealed = try sealer(writer.reader).seal(secret, at: stored.place)
        try writer.setSecret(StoredSecret(kind: kind, owner: owner, sealed: sealed, version: version), at: now)
    }

    /// - Returns: nil when none is kept under this name.
    /// - Throws: a `Complaint`: 77 when the vault is locked for this process.
    func secret(_ kind: StoredSecret.Kind, of owner: String) async throws(Complaint) -> SecretBytes? {
        guard let stored = try lookUp({ try $0.secret(kind, of: owner) }) else { return nil }
        return try opened(stored)
    }

    /// - Throws: a `Complaint`: 77 when the vault is locked for this process, 65 when it does not open.
    func opened(_ stored: StoredSecret) throws(Complaint) -> SecretBytes {
        guard case .vault(let name) = SealedForm(stored.sealed) else { throw Complaint(VaultProblem.doesNotOpen) }
        guard let key = vaultKey(name) else { throw Complaint.vaultLocked }
        do throws(VaultProblem) {
            return try key.open(stored.sealed, at: stored.place)
        } catch {
            throw Complaint(
                "the stored secret \(stored.owner) does not open", why: "it was changed or moved outside of PortalDesk",
                remedy: stored.kind == .provider ? "Enter it again with `portaldesk provider secret`" : "",
                status: .badData)
        }
    }
}

extension StoredSecret {
    var place: SecretPlace {
        SecretPlace(table: "vault_secret", row: owner, column: kind.rawValue, version: UInt64(max(version, 0)))
    }
}

extension VaultService {
    /// Wraps the workspace's other secrets to another key; there are few of them.
    ///
    /// - Returns: how many could not be opened and stay as they are.
    func rewrapSecrets(from old: VaultPrivateKey, to new: VaultPublicKey) async throws(Complaint) -> Int {
        var stuck: Set<StoredSecret> = []
        while true {
            let limit = Self.batch + stuck.count
            let found = try await workspace.read { try $0.secretsSealedOtherwise(than: new.head, limit: limit) }
            let waiting = found.filter { !stuck.contains($0) }
            if waiting.isEmpty { return stuck.count }
            var wrapped: [(secret: StoredSecret, sealed: [UInt8])] = []
            for secret in waiting {
                if let sealed = try? old.rewrap(secret.sealed, at: secret.place, to: new) {
                    wrapped.append((secret, sealed))
                } else {
                    stuck.insert(secret)
                }
            }
            let done = wrapped
            try await workspace.write { writer in
                for one in done { try writer.rewrap(one.secret, as: one.sealed) }
            }
        }
    }
}
