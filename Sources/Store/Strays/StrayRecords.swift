public import Domain
internal import Foundation
internal import GRDB

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
    /// What was set aside, the latest first.
    public func strays(_ query: StrayQuery) throws -> StrayPage {
        let db = try database()
        let text = query.text.map(SearchText.folded).flatMap { $0.isEmpty ? nil : $0 }
        let portal = query.portal?.code
        let wanted: StatementArguments = [portal, portal, text, text, text, text, text, text]
        let counts = try db.firstRow("SELECT count(*), count(DISTINCT s.problem) \(Self.strays)", wanted) { row in
            (total: row[0] as Int, problems: row[1] as Int)
        }
        let place = PagePlace(total: counts?.total ?? 0, page: query.page, perPage: query.perPage)
        let rows = try db.mapRows(
            """
            SELECT \(Self.strayColumns) \(Self.strays)
            ORDER BY s.last_seen_at DESC, s.account_id, s.place, s.content_hash LIMIT ? OFFSET ?
            """, wanted + [place.count, place.offset], Self.stray)
        return StrayPage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: place.total,
            firstSerial: rows.isEmpty ? 0 : place.offset + 1, problems: counts?.problems ?? 0)
    }

    /// One record with its own bytes; nil when there is none of that name.
    public func stray(_ id: StrayId) throws -> (stray: Stray, raw: [UInt8])? {
        try database().firstRow(
            """
            SELECT \(Self.strayColumns), s.raw FROM stray_record s JOIN account a ON a.id = s.account_id
            LEFT JOIN business b ON b.id = a.business_id
            WHERE s.account_id = ? AND s.place = ? AND substr(s.content_hash, 1, 8) = ?
            """, [id.account.rawValue, id.place.rawValue, id.hash]
        ) { row in (Self.stray(row), try row.bytes(at: 12)) }
    }

    /// What the fetch that last saw a notice could not read of it.
    public func unread(of notice: NoticeId) throws -> [String] {
        // A record is set aside while its fetch goes on, and the notice is stored with its place: an attempt apart.
        try database().mapRows(
            """
            SELECT DISTINCT s.problem FROM notice n JOIN stray_record s
            ON s.account_id = n.account_id AND s.place = n.place AND s.key = n.external_key
            WHERE n.id = ? AND s.last_seen_at >= n.last_seen_at - 1800000
            AND s.problem NOT LIKE 'read, but with fields %' ORDER BY s.problem
            """, [notice.rawValue]
        ) { $0[0] }
    }

    private static let strayColumns = """
        s.account_id, s.place, s.content_hash, a.portal, a.identity, ifnull(b.name, ''), s.key, s.problem,
        length(s.raw), s.times, s.first_seen_at, s.last_seen_at
        """

    private static let strays = """
        FROM stray_record s JOIN account a ON a.id = s.account_id LEFT JOIN business b ON b.id = a.business_id
        WHERE (? IS NULL OR a.portal = ?) AND (? IS NULL OR instr(lower(a.identity), ?) > 0
        OR instr(ifnull(b.search_text, ''), ?) > 0 OR instr(s.place, ?) > 0 OR instr(lower(s.key), ?) > 0
        OR instr(lower(s.problem), ?) > 0)
        """

    private static func stray(_ row: Row) -> Stray {
        Stray(
            id: StrayId(
                account: AccountId(row[0]), place: Place(rawValue: row[1]) ?? .notices, contentHash: row[2]),
            identity: PortalIdentity(stored: Portal(code: row[3]), row[4]), business: row[5], key: row[6],
            problem: row[7], byteCount: row[8], times: row[9], firstSeenAt: Instant(milliseconds: row[10]),
            lastSeenAt: Instant(milliseconds: row[11]))
    }
}
