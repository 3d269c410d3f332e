public import Domain
internal import GRDB

extension StoreReader {
    public func notices(_ query: NoticeQuery) throws -> NoticePage {
        let db = try database()
        let selection = try NoticeSelection(query)
        let total = Int(
            try selection.isEverything
                ? db.number("SELECT sum(n) FROM notice_total") ?? 0
                : db.number("SELECT count(*) \(Self.from) WHERE \(selection.condition)", selection.arguments) ?? 0)
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        var (rows, unseen): ([Notice], Set<NoticeId>) = ([], [])
        let ids = try db.numbers(
            "SELECT n.id \(Self.from) WHERE \(selection.condition) ORDER BY \(selection.order) LIMIT ? OFFSET ?",
            selection.arguments + [place.count, place.offset])
        for id in ids {
            try db.forEachRow("\(NoticeRow.select) WHERE n.id = ?", [id]) { row in
                rows.append(NoticeRow.notice(row))
                if row[21] == Int64(1) { unseen.insert(NoticeId(id)) }
                return false
            }
        }
        for index in rows.indices { rows[index].facts.documents = try NoticeRow.documents(rows[index].id.rawValue, db) }
        return NoticePage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: rows.isEmpty ? 0 : place.offset + 1, unseen: unseen)
    }

    private static let from = """
        FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN business b ON b.id = a.business_id
        """

    public func notice(_ id: NoticeId) throws -> Notice? {
        let db = try database()
        guard var notice = try db.firstRow("\(NoticeRow.select) WHERE n.id = ?", [id.rawValue], NoticeRow.notice)
        else { return nil }
        notice.facts.documents = try NoticeRow.documents(id.rawValue, db)
        return notice
    }

    /// What the portal changed since the first sight, the oldest first.
    public func noticeChanges(_ id: NoticeId) throws -> [NoticeChange] {
        let sql = """
            SELECT at, version, field, old, new FROM notice_change WHERE notice_id = ? ORDER BY version, field
            """
        return try database().mapRows(sql, [id.rawValue]) { row in
            NoticeChange(at: Instant(milliseconds: row[0]), version: row[1], field: row[2], old: row[3], new: row[4])
        }
    }

    /// Calls `body` with every notice of the query, whatever its page, holding one at a time.
    public func eachNotice(_ query: NoticeQuery, _ body: (Notice) throws -> Void) throws {
        let db = try database()
        let selection = try NoticeSelection(query)
        try db.forEachRow(
            "\(NoticeRow.select) WHERE \(selection.condition) ORDER BY \(selection.order)", selection.arguments
        ) { row in
            var notice = NoticeRow.notice(row)
            notice.facts.documents = try NoticeRow.documents(notice.id.rawValue, db)
            try body(notice)
            return true
        }
    }

    /// How many notices of the query fall due on each day of its span; days without any are left out.
    public func dueDays(_ query: NoticeQuery) throws -> [DueDayCount] {
        let selection = try NoticeSelection(query)
        let isOpen = "n.state IN (\(NoticeRow.openStates))"
        // Only an identity is asked of another table; without one the index tells everything.
        let from = query.identity == nil ? "FROM notice n" : Self.from
        return try database().mapRows(
            """
            SELECT n.due_on, sum(\(isOpen)), sum(NOT \(isOpen)) \(from)
            WHERE n.due_on IS NOT NULL AND \(selection.condition) GROUP BY 1 ORDER BY 1
            """, selection.arguments
        ) { row in DueDayCount(day: LegalDate(dayNumber: row[0]), open: row[1], settled: row[2]) }
    }

    /// Whether bytes with this hash are stored.
    public func hasDocument(sha256: String) throws -> Bool {
        try database().number("SELECT 1 FROM document WHERE sha256 = ?", [sha256]) != nil
    }

    /// Documents of the account whose bytes were stored, by the portal's own ids.
    ///
    /// - Parameter provider: whose ids; nil where that is not known. Another's id may name another document.
    public func storedDocuments(_ account: AccountId, by provider: String? = nil) throws -> [String: NoticeDocument] {
        let sql = """
            SELECT d.external_id, d.name, d.media_type, d.byte_count, d.sha256
            FROM notice n JOIN notice_document d ON d.notice_id = n.id
            WHERE n.account_id = ?1 AND d.sha256 IS NOT NULL
            AND (?2 IS NULL OR n.provider IS NULL OR n.provider = ?2)
            """
        let documents = try database().mapRows(sql, [account.rawValue, provider]) { row in
            NoticeDocument(externalId: row[0], name: row[1], mediaType: row[2], byteCount: row[3], sha256: row[4])
        }
        return Dictionary(documents.map { ($0.externalId, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What is stored of the notices that one provider delivered for an account, with their documents, by key.
    ///
    /// - Parameter provider: nil where that is not known.
    public func knownNotices(_ account: AccountId, by provider: String? = nil) throws -> [String: NoticeFacts] {
        let db = try database()
        let sql = """
            \(NoticeRow.select) WHERE n.account_id = ?1 AND n.is_manual = 0 AND n.gone_at IS NULL
            AND (?2 IS NULL OR n.provider IS NULL OR n.provider = ?2)
            """
        let known = try db.mapRows(sql, [account.rawValue, provider], NoticeRow.notice)
        var facts: [String: NoticeFacts] = [:]
        let documents = try NoticeRow.documents(ofAll: account, db)
        for notice in known {
            var said = notice.facts
            said.documents = documents[notice.id.rawValue] ?? []
            facts[said.externalKey] = said
        }
        return facts
    }

    /// When statements of an account were filed, as far as its notices tell; those that are gone count as well.
    public func filingDays(_ account: AccountId) throws -> [LegalDate] {
        let sql = "\(NoticeRow.select) WHERE n.account_id = ?1 AND n.particulars IS NOT NULL"
        return try database().mapRows(sql, [account.rawValue], NoticeRow.notice).compactMap(\.facts.particulars.filedOn)
    }

    /// When each place of an account was last truly read; places that never were are left out.
    public func readingTimes(_ account: AccountId) throws -> [Place: Instant] {
        let sql = "SELECT place, read_at FROM place_reading WHERE account_id = ? AND read_at IS NOT NULL"
        let rows = try database().mapRows(sql, [account.rawValue]) { row in
            (Place(rawValue: row[0]), Instant(milliseconds: row[1]))
        }
        return rows.reduce(into: [:]) { times, row in if let place = row.0 { times[place] = row.1 } }
    }
}
