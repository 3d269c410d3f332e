public import Domain
internal import Foundation
internal import GRDB

/// A record of a portal that was set aside because it was not understood.
public struct StoredStray: Sendable, Hashable {
    public var account: AccountId
    public var place: Place
    public var key: String
    public var problem: String
    public var raw: [UInt8]
    /// In how many fetches it stood.
    public var times: Int
    public var firstSeenAt: Instant
    public var lastSeenAt: Instant
}

extension StoreWriter {
    /// Keeps a record as it came. The same bytes of the same place are kept once and counted.
    public func setAside(
        _ account: AccountId, _ place: Place, key: String, problem: String, raw: [UInt8], hash: String, at: Instant
    ) throws {
        try db.run(
            """
            INSERT INTO stray_record VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7)
            ON CONFLICT DO UPDATE SET times = times + 1, last_seen_at = ?7, problem = ?5
            """,
            [
                account.rawValue, place.rawValue, hash, HarmlessText.line(key, limit: 200), HarmlessText.line(problem),
                Data(raw), at.milliseconds,
            ])
    }
}

extension StoreReader {
    /// What was set aside, the latest first; of one account, or of all.
    public func strays(of account: AccountId? = nil, limit: Int) throws -> [StoredStray] {
        let filter = account == nil ? "" : " WHERE account_id = ?2"
        let sql = """
            SELECT account_id, place, key, problem, raw, times, first_seen_at, last_seen_at FROM stray_record\(filter)
            ORDER BY last_seen_at DESC, account_id, place LIMIT ?1
            """
        let arguments: StatementArguments = account.map { [limit, $0.rawValue] } ?? [limit]
        return try database().mapRows(sql, arguments) { row in
            StoredStray(
                account: AccountId(row[0]), place: Place(rawValue: row[1]) ?? .notices, key: row[2], problem: row[3],
                raw: try row.bytes(at: 4), times: row[5], firstSeenAt: Instant(milliseconds: row[6]),
                lastSeenAt: Instant(milliseconds: row[7]))
        }
    }

    public func strayCount() throws -> Int { Int(try database().number("SELECT count(*) FROM stray_record") ?? 0) }
}
