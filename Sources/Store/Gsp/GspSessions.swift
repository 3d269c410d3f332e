public import Domain
internal import GRDB

/// What is told of a session at GSTN; its keys are sealed elsewhere.
public struct StoredGspSession: Sendable, Hashable {
    public var account: AccountId
    public var provider: String
    /// `pending`, `open` or `ended`.
    public var state: String
    public var expiresAt: Instant?
    public var refreshAt: Instant?
    public var changedAt: Instant
    public var message: String

    public init(
        account: AccountId, provider: String, state: String, expiresAt: Instant?, refreshAt: Instant?,
        changedAt: Instant, message: String
    ) {
        self.account = account
        self.provider = provider
        self.state = state
        self.expiresAt = expiresAt
        self.refreshAt = refreshAt
        self.changedAt = changedAt
        self.message = message
    }
}

extension ServedAccounts {
    /// True of such a row of `account` without a session that is open at `?3`.
    var withoutSession: String {
        """
        (\(condition) AND NOT EXISTS (SELECT 1 FROM gsp_session s
            WHERE s.account_id = account.id AND s.state = 'open' AND s.expires_at > ?3))
        """
    }
}

extension StoreWriter {
    public func setGspSession(_ session: StoredGspSession) throws {
        try db.run(
            """
            INSERT INTO gsp_session VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET provider = excluded.provider, state = excluded.state,
            expires_at = excluded.expires_at, refresh_at = excluded.refresh_at, changed_at = excluded.changed_at,
            message = excluded.message
            """,
            [
                session.account.rawValue, session.provider, session.state, session.expiresAt?.milliseconds,
                session.refreshAt?.milliseconds, session.changedAt.milliseconds, HarmlessText.line(session.message),
            ])
    }

    /// Forgets what was told of a session; its keys are to be removed with it.
    public func removeGspSession(of account: AccountId) throws {
        try db.run("DELETE FROM gsp_session WHERE account_id = ?", [account.rawValue])
    }

    /// Tries a refresh again later.
    public func postponeRefresh(of account: AccountId, until: Instant) throws {
        try db.run(
            "UPDATE gsp_session SET refresh_at = ? WHERE account_id = ?", [until.milliseconds, account.rawValue])
    }
}

extension StoreReader {
    public func gspSession(of account: AccountId) throws -> StoredGspSession? {
        try database().firstRow("\(Self.gspSelect) WHERE account_id = ?", [account.rawValue], Self.gspSession)
    }

    /// Open sessions whose refresh is due, the most urgent first.
    public func dueRefreshes(at now: Instant, limit: Int) throws -> [StoredGspSession] {
        let sql = "\(Self.gspSelect) WHERE state = 'open' AND refresh_at <= ? ORDER BY refresh_at LIMIT ?"
        return try database().mapRows(sql, [now.milliseconds, limit], Self.gspSession)
    }

    /// When the next refresh is due, after a moment.
    public func nextRefresh(after now: Instant) throws -> Instant? {
        let sql = "SELECT min(refresh_at) FROM gsp_session WHERE state = 'open' AND refresh_at > ?"
        return try database().number(sql, [now.milliseconds]).map(Instant.init(milliseconds:))
    }

    private static let gspSelect = """
        SELECT account_id, provider, state, expires_at, refresh_at, changed_at, message FROM gsp_session
        """

    private static func gspSession(_ row: Row) -> StoredGspSession {
        StoredGspSession(
            account: AccountId(row[0]), provider: row[1], state: row[2],
            expiresAt: (row[3] as Int64?).map(Instant.init(milliseconds:)),
            refreshAt: (row[4] as Int64?).map(Instant.init(milliseconds:)),
            changedAt: Instant(milliseconds: row[5]), message: row[6])
    }
}
