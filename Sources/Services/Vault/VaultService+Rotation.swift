import Domain
import Secrets
import Store
import Vault

extension VaultService {
    /// Secrets that are wrapped anew in one transaction.
    static let batch = 500

    /// Gives the vault a new key and wraps every secret to it, while everybody works on. Killed at any point it is
    /// taken up again: wrapping goes by ascending account with a cursor, and only over what nobody changed meanwhile
    /// (facts: reliability 7.6). The old key and its grants go when nothing is sealed to it any more.
    ///
    /// - Parameter progress: told how many secrets were wrapped by this call.
    /// - Returns: that number at the end.
    /// - Throws: a `Complaint` (65) that names the passwords that do not open, when all others are wrapped.
    func rotate(by actor: String, progress: @Sendable (Int) -> Void = { _ in }) async throws(Complaint) -> Int {
        let rotation = try await begun(by: actor)
        guard let old = workspace.keyring.key(rotation.from), let new = workspace.keyring.key(rotation.to) else {
            throw Complaint.vaultLocked
        }
        var (count, cursor) = (0, rotation.cursor)
        var damaged: [AccountId] = []
        while true {
            let from = cursor
            let stored = try await workspace.read { try $0.sealedPasswords(after: from, limit: Self.batch) }
            if let last = stored.last {
                cursor = last.account
                let batch = try await Self.rewrapped(stored, from: old, to: new.publicKey)
                damaged += batch.damaged
                let end = cursor
                count += try await workspace.write { try $0.rewrap(batch.changed, upTo: end) }
                progress(count)
                continue
            }
            // Damaged ones among them are made anew by hand or by the next login; they hold up nothing.
            _ = try await rewrapSecrets(from: old, to: new.publicKey)
            let left = try await finish(new.publicKey, by: actor)
            if left == 0 { return count }
            if left == damaged.count { throw try await unfinished(damaged) }
            // Somebody sealed to the old key behind the cursor.
            (cursor, damaged) = (AccountId(0), [])
        }
    }

    /// The rotation that is under way, or a new one.
    private func begun(by actor: String) async throws(Complaint) -> VaultRotation {
        let workspace = workspace
        let running = try await workspace.read { reader in
            // One that somebody wrote into the database must not be taken up.
            _ = try workspace.trustedKeys(reader)
            return try reader.vaultRotation()
        }
        if let running { return running }
        let key = try Self.newKey()
        let (keyring, now) = (workspace.keyring, workspace.now)
        let rotation = try await workspace.write { writer -> VaultRotation? in
            guard let current = try workspace.trustedKeys(writer.reader).last, current.retiredAt == nil else {
                throw Complaint("there is no vault yet", status: .badConfiguration)
            }
            guard let former = keyring.key(current.id) else { throw Complaint.vaultLocked }
            let holders = try writer.reader.vaultHolders(of: current.id)
            for holder in holders { try Self.requireVouched(holder, by: former, writer.reader) }
            let link = try KeyLink(key, after: former)
            try Self.add(key, link, for: holders, writer, by: actor, at: now)
            try writer.beginRotation(from: current.id, to: key.publicKey.id.description, at: now)
            let event = AuditEvent(
                at: now, actor: actor, action: "vault.rotate", subject: current.id, outcome: "begun")
            _ = try writer.recordEvent(event)
            return try writer.reader.vaultRotation()
        }
        keyring.add(key)
        try await advance()
        guard let rotation else { throw Complaint.vaultLocked }
        return rotation
    }

    /// The new key goes only to public keys that the former one vouches for.
    private static func requireVouched(_ name: String, by key: VaultPrivateKey, _ reader: StoreReader) throws {
        let voucher = try reader.vaultVoucher(of: key.publicKey.id.description, for: name)
        if let holder = KeyGrant.Holder(text: name), let own = try reader.holderKey(name),
            key.vouches(voucher, for: holder, try VaultPublicKey(bytes: own.publicKey))
        {
            return
        }
        throw Complaint(
            "the vault got no new key", why: "the key of \(name) was changed outside of PortalDesk",
            remedy: "Find out who writes the database; then disable that user, or give them a new password",
            status: .badData)
    }

    private func unfinished(_ damaged: [AccountId]) async throws(Complaint) -> Complaint {
        Complaint(
            "the vault has its new key, and the old one stays beside it",
            why:
                "\(Counted.text(damaged.count, "stored password")) could not be opened, changed outside of PortalDesk: "
                + (try await names(damaged)),
            remedy: "Enter them again, then run `portaldesk vault rotate` to finish", status: .badData)
    }

    /// - Returns: how much is still sealed to the old key; none, when the rotation is over.
    private func finish(_ key: VaultPublicKey, by actor: String) async throws(Complaint) -> Int {
        let now = workspace.now
        return try await workspace.write { writer in
            let left = try writer.reader.passwordsSealedOtherwise(than: key.head)
            if left > 0 {
                try writer.restartRotation()
                return left
            }
            try writer.finishRotation(at: now)
            let event = AuditEvent(
                at: now, actor: actor, action: "vault.rotate", subject: key.id.description, outcome: "done")
            _ = try writer.recordEvent(event)
            return 0
        }
    }

    private static func rewrapped(
        _ stored: [(account: AccountId, sealed: SealedPassword)], from old: VaultPrivateKey, to new: VaultPublicKey
    ) async throws(Complaint) -> Changed {
        try await changed(stored, unless: new) { sealed, place throws(VaultProblem) in
            try old.rewrap(sealed, at: place.inVault, to: new)
        }
    }

    /// What became of a batch: the values as they are to be stored, and the accounts whose value does not open.
    typealias Changed = (changed: [Rewrapping], damaged: [AccountId])

    /// The values that are not sealed to `key` yet, each as `change` makes it; off the shared threads.
    static func changed(
        _ stored: [(account: AccountId, sealed: SealedPassword)], unless key: VaultPublicKey,
        _ change: @escaping @Sendable ([UInt8], PasswordPlace) throws(VaultProblem) -> [UInt8]
    ) async throws(Complaint) -> Changed {
        try await OwnThread.run { () throws(Complaint) in
            var batch: Changed = ([], [])
            for (account, sealed) in stored where !key.sealed(sealed.bytes) {
                do throws(VaultProblem) {
                    let bytes = try change(sealed.bytes, PasswordPlace(account, sealed))
                    batch.changed.append(Rewrapping(account: account, old: sealed.bytes, new: bytes))
                } catch {
                    batch.damaged.append(account)
                }
            }
            return batch
        }
    }
}
