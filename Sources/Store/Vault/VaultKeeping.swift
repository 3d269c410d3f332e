public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Adds a key, to which everything is sealed from now on.
    public func addVaultKey(_ key: StoredVaultKey) throws {
        try db.run(
            """
            INSERT INTO vault_key (id, public_key, signer, predecessor, endorsement, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                key.id, Data(key.publicKey), Data(key.signer), key.predecessor, Data(key.endorsement),
                key.createdAt.milliseconds,
            ])
    }

    public func setHolderKey(_ key: HolderKey) throws {
        try db.run(
            """
            INSERT INTO holder_key (holder, public_key, sealed, pin) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET public_key = excluded.public_key, sealed = excluded.sealed,
            pin = ifnull(excluded.pin, pin)
            """, [key.holder, Data(key.publicKey), key.sealed.map { Data($0) }, key.pin.map { Data($0) }])
    }

    /// Keeps a holder's own note of the latest vault key that it has seen.
    public func setPin(_ pin: [UInt8], of holder: String) throws {
        try db.run("UPDATE holder_key SET pin = ? WHERE holder = ?", [Data(pin), holder])
    }

    /// - Parameter voucher: a MAC under the granted key that says to whose public key it was wrapped.
    public func grantVaultKey(
        _ key: String, to holder: String, wrapped: [UInt8], voucher: [UInt8], by: String, at: Instant
    ) throws {
        try db.run(
            """
            INSERT INTO vault_grant (key_id, holder, wrapped, voucher, granted_by, granted_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET wrapped = excluded.wrapped, voucher = excluded.voucher,
            granted_by = excluded.granted_by, granted_at = excluded.granted_at
            """, [key, holder, Data(wrapped), Data(voucher), by, at.milliseconds])
    }

    /// Takes every grant of a holder. What it has read it knows: a rotation must follow.
    public func revokeVaultKeys(of holder: String) throws {
        try db.run("DELETE FROM vault_grant WHERE holder = ?", [holder])
    }

    /// - Throws: `.refused` when a rotation is under way.
    public func beginRotation(from: String, to: String, at: Instant) throws {
        if try reader.vaultRotation() != nil { throw StoreProblem.refused("a rotation is under way") }
        try db.run(
            "INSERT INTO vault_rotation (only, from_key, to_key, started_at) VALUES (1, ?, ?, ?)",
            [from, to, at.milliseconds])
    }

    /// Puts a batch under its new key, each value only if nobody has changed it since it was read, and remembers how far.
    ///
    /// - Returns: how many were put.
    public func rewrap(_ batch: [Rewrapping], upTo cursor: AccountId) throws -> Int {
        var count = 0
        for one in batch {
            try db.run(
                "UPDATE account_password SET sealed = ? WHERE account_id = ? AND sealed = ?",
                [Data(one.new), one.account.rawValue, Data(one.old)])
            count += db.changesCount
        }
        try db.run("UPDATE vault_rotation SET cursor = ?", [cursor.rawValue])
        return count
    }

    /// Begins the walk anew: somebody sealed under the old key behind the cursor.
    public func restartRotation() throws { try db.run("UPDATE vault_rotation SET cursor = 0") }

    /// Nothing is sealed to it any more. Its row stays: it vouches for the key after it.
    public func retire(_ key: String, at: Instant) throws {
        try db.run("UPDATE vault_key SET retired_at = ? WHERE id = ?", [at.milliseconds, key])
    }

    /// Retires the old key and forgets its grants, when nothing is sealed to it any more.
    public func finishRotation(at: Instant) throws {
        guard let rotation = try reader.vaultRotation() else { return }
        try retire(rotation.from, at: at)
        try db.run("DELETE FROM vault_grant WHERE key_id = ?", [rotation.from])
        try db.run("DELETE FROM vault_rotation")
    }
}
