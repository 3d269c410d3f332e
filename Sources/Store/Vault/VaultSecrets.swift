public import Domain
internal import Foundation
internal import GRDB

/// A sealed value that is no login's password: of a provider, or of a session at a portal.
public struct StoredSecret: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// `PROVIDER/FIELD`.
        case provider
        /// `ACCOUNT`: the keys of an open session at GSTN.
        case gspSession = "gsp_session"
        /// `PROVIDER/GSTIN`: the password of a user at an authority's API.
        case apiUser = "api_user"
        /// `PROVIDER/GSTIN`: token and key of an open session at an authority's API.
        case apiSession = "api_session"
        /// The seed of a key that signs the audit trail's checkpoints, by the key's number in the trail.
        case auditSigner = "audit_signer"
        /// A key that bodies of calls are sealed with, by its name.
        case auditBodies = "audit_bodies"
    }

    public var kind: Kind
    public var owner: String
    public var sealed: [UInt8]
    public var version: Int

    public init(kind: Kind, owner: String, sealed: [UInt8], version: Int) {
        self.kind = kind
        self.owner = owner
        self.sealed = sealed
        self.version = version
    }
}

extension StoreReader {
    public func secret(_ kind: StoredSecret.Kind, of owner: String) throws -> StoredSecret? {
        let sql = "SELECT kind, owner, sealed, version FROM vault_secret WHERE kind = ? AND owner = ?"
        return try database().firstRow(sql, [kind.rawValue, owner], Self.secret)
    }

    /// Names of the secrets of one kind, in order.
    public func secretOwners(_ kind: StoredSecret.Kind) throws -> [String] {
        try database().mapRows("SELECT owner FROM vault_secret WHERE kind = ? ORDER BY owner", [kind.rawValue]) {
            $0[0]
        }
    }

    /// Secrets that do not begin with these bytes, which name a format and a key.
    public func secretsSealedOtherwise(than head: [UInt8], limit: Int) throws -> [StoredSecret] {
        let sql = "SELECT kind, owner, sealed, version FROM vault_secret WHERE substr(sealed, 1, ?) <> ? LIMIT ?"
        return try database().mapRows(sql, [head.count, Data(head), limit], Self.secret)
    }

    public func secretCount() throws -> Int { Int(try database().number("SELECT count(*) FROM vault_secret") ?? 0) }

    private static func secret(_ row: Row) throws -> StoredSecret {
        guard let kind = StoredSecret.Kind(rawValue: row[0]) else {
            throw StoreProblem.refused("a secret of an unknown kind is stored")
        }
        return StoredSecret(kind: kind, owner: row[1], sealed: try row.bytes(at: 2), version: row[3])
    }
}

extension StoreWriter {
    public func setSecret(_ secret: StoredSecret, at: Instant) throws {
        try db.run(
            """
            INSERT INTO vault_secret VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET sealed = excluded.sealed, version = excluded.version,
            changed_at = excluded.changed_at
            """,
            [secret.kind.rawValue, secret.owner, Data(secret.sealed), secret.version, at.milliseconds])
    }

    public func removeSecret(_ kind: StoredSecret.Kind, of owner: String) throws {
        try db.run("DELETE FROM vault_secret WHERE kind = ? AND owner = ?", [kind.rawValue, owner])
    }

    /// Puts a secret under another key, if nobody has changed it since it was read.
    public func rewrap(_ secret: StoredSecret, as new: [UInt8]) throws {
        try db.run(
            "UPDATE vault_secret SET sealed = ? WHERE kind = ? AND owner = ? AND sealed = ?",
            [Data(new), secret.kind.rawValue, secret.owner, Data(secret.sealed)])
    }
}
