public import Domain
internal import Foundation
internal import GRDB

extension StoreReader {
    /// All keys, the current one last.
    public func vaultKeys() throws -> [StoredVaultKey] {
        let sql = """
            SELECT id, public_key, signer, predecessor, endorsement, created_at, retired_at FROM vault_key ORDER BY number
            """
        return try database().mapRows(sql, []) { row in
            StoredVaultKey(
                id: row[0], publicKey: try row.bytes(at: 1), signer: try row.bytes(at: 2), predecessor: row[3],
                endorsement: try row.bytes(at: 4), createdAt: Instant(milliseconds: row[5]),
                retiredAt: (row[6] as Int64?).map(Instant.init(milliseconds:)))
        }
    }

    /// The wrapped key of one holder; nil when it was not granted.
    public func vaultGrant(of key: String, to holder: String) throws -> [UInt8]? {
        let sql = "SELECT wrapped FROM vault_grant WHERE key_id = ? AND holder = ?"
        return try database().firstRow(sql, [key, holder]) { row in try row.bytes(at: 0) }
    }

    /// What vouches for the public key of a holder; empty when nothing does.
    public func vaultVoucher(of key: String, for holder: String) throws -> [UInt8] {
        let sql = "SELECT voucher FROM vault_grant WHERE key_id = ? AND holder = ?"
        return try database().firstRow(sql, [key, holder]) { row in try row.bytes(at: 0) } ?? []
    }

    public func vaultHolders(of key: String) throws -> [String] {
        let sql = "SELECT holder FROM vault_grant WHERE key_id = ? ORDER BY holder"
        return try database().mapRows(sql, [key]) { row in row[0] }
    }

    public func holderKey(_ holder: String) throws -> HolderKey? {
        let sql = "SELECT holder, public_key, sealed, pin FROM holder_key WHERE holder = ?"
        return try database().firstRow(sql, [holder]) { row in
            let sealed = try row.bytes(at: 2)
            return HolderKey(
                holder: row[0], publicKey: try row.bytes(at: 1), sealed: sealed.isEmpty ? nil : sealed,
                pin: try row.bytes(at: 3))
        }
    }

    public func vaultRotation() throws -> VaultRotation? {
        let sql = "SELECT from_key, to_key, cursor, started_at FROM vault_rotation"
        return try database().firstRow(sql, []) { row in
            VaultRotation(
                from: row[0], to: row[1], cursor: AccountId(row[2]), startedAt: Instant(milliseconds: row[3]))
        }
    }

    /// Stored passwords after an account, in the order of accounts.
    public func sealedPasswords(
        after account: AccountId, limit: Int
    ) throws -> [(account: AccountId, sealed: SealedPassword)] {
        let sql = "\(Self.sealedSelect) WHERE p.account_id > ? ORDER BY p.account_id LIMIT ?"
        return try database().mapRows(sql, [account.rawValue, limit]) { row in
            (AccountId(row[0]), try Self.sealed(row))
        }
    }

    public func passwordCount() throws -> Int {
        Int(try database().number("SELECT count(*) FROM account_password") ?? 0)
    }

    /// How many stored passwords do not begin with these bytes, which name a format and a key.
    public func passwordsSealedOtherwise(than head: [UInt8]) throws -> Int {
        let sql = "SELECT count(*) FROM account_password WHERE substr(sealed, 1, ?) <> ?"
        return Int(try database().number(sql, [head.count, Data(head)]) ?? 0)
    }
}
