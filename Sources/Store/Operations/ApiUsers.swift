public import Domain
internal import GRDB

/// The user of a GSTIN at an authority's API, without the password, which is sealed elsewhere.
public struct StoredApiUser: Sendable, Hashable {
    /// Name of the provider that it is known to.
    public var provider: String
    public var gstin: Gstin
    public var name: String
    /// Counts the changes.
    public var version: Int
    public var changedAt: Instant
    /// Why the authority refused it; nil while it has not.
    public var refusal: String?

    public init(
        provider: String, gstin: Gstin, name: String, version: Int = 1, changedAt: Instant, refusal: String? = nil
    ) {
        self.provider = provider
        self.gstin = gstin
        self.name = name
        self.version = version
        self.changedAt = changedAt
        self.refusal = refusal
    }
}

extension StoreWriter {
    /// Keeps the user's name; its version grows with every change, and is none that a removed user had: who was refused
    /// is remembered by it.
    ///
    /// - Returns: the new version.
    public func setApiUser(_ provider: String, _ gstin: Gstin, name: String, at: Instant) throws -> Int {
        try db.run(
            """
            INSERT INTO api_user (provider, gstin, name, version, changed_at) VALUES (?1, ?2, ?3, ?4, ?4)
            ON CONFLICT DO UPDATE SET name = excluded.name, version = max(version + 1, excluded.version),
            changed_at = excluded.changed_at, refusal = NULL
            """, [provider, gstin.text, HarmlessText.line(name, limit: 100), at.milliseconds])
        return try reader.apiUser(provider, gstin)?.version ?? 1
    }

    public func removeApiUser(_ provider: String, _ gstin: Gstin) throws -> Bool {
        try db.run("DELETE FROM api_user WHERE provider = ? AND gstin = ?", [provider, gstin.text])
        return db.changesCount == 1
    }

    /// Notes that the authority refused this version, so that it is not offered again.
    public func refuseApiUser(_ provider: String, _ gstin: Gstin, version: Int, why: String) throws {
        try db.run(
            "UPDATE api_user SET refusal = ? WHERE provider = ? AND gstin = ? AND version = ?",
            [HarmlessText.line(why), provider, gstin.text, version])
    }
}

extension StoreReader {
    public func apiUser(_ provider: String, _ gstin: Gstin) throws -> StoredApiUser? {
        try database().firstRow(
            "\(Self.apiUserSelect) WHERE provider = ? AND gstin = ?", [provider, gstin.text], Self.apiUser)
    }

    public func apiUsers() throws -> [StoredApiUser] {
        try database().mapRows("\(Self.apiUserSelect) ORDER BY gstin, provider", [], Self.apiUser)
    }

    private static let apiUserSelect = "SELECT provider, gstin, name, version, changed_at, refusal FROM api_user"

    private static func apiUser(_ row: Row) throws -> StoredApiUser {
        guard let gstin = try? Gstin(row[1] as String) else {
            throw StoreProblem.refused("an API user of no GSTIN is stored")
        }
        return StoredApiUser(
            provider: row[0], gstin: gstin, name: row[2], version: row[3],
            changedAt: Instant(milliseconds: row[4]), refusal: row[5])
    }
}
