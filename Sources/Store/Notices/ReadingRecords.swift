public import Domain
internal import GRDB

extension StoreWriter {
    /// Notes how reading one place ended. A place that failed keeps the count and time of its last true reading. Nothing
    /// is noted of an account that was taken out of use meanwhile.
    public func recordReading(
        _ account: AccountId, _ place: Place, outcome: PlaceOutcome, count: Int, error: String, at: Instant
    ) throws {
        let isTrue = outcome.isAnswer
        let before: (portal: Int64, answered: Int)? = try db.firstRow(
            Self.standing, [account.rawValue, place.rawValue]
        ) { ($0[0], $0[1]) }
        guard let before else { return }
        // Records that nobody understood may be the news: such a place does not let "none new" be said.
        let isWhole = isTrue && error.isEmpty
        counters.countAccount(portal: before.portal) { $0.answered += (isWhole ? 1 : 0) - before.answered }
        try db.run(
            """
            INSERT INTO place_reading (account_id, place, outcome, count, read_at, tried_at, error)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT DO UPDATE SET outcome = ?3, tried_at = ?6, error = ?7, read_at = ifnull(?5, read_at),
            count = CASE WHEN ?5 IS NULL THEN count ELSE ?4 END
            """,
            [
                account.rawValue, place.rawValue, outcome.rawValue, isTrue ? count : 0,
                isTrue ? at.milliseconds : nil, at.milliseconds, HarmlessText.line(error),
            ])
    }

    private static let standing = """
        SELECT a.portal, ifnull(\(whole), 0) FROM account a
        LEFT JOIN place_reading r ON r.account_id = a.id AND r.place = ?2 WHERE a.id = ?1 AND a.removed_at IS NULL
        """

    /// Forgets what the places of an account said.
    func forgetReadings(_ account: AccountId) throws {
        let sql = """
            SELECT a.portal, count(*) FROM place_reading r JOIN account a ON a.id = r.account_id
            WHERE r.account_id = ? AND \(Self.whole) GROUP BY 1
            """
        let answered: (portal: Int64, places: Int)? = try db.firstRow(sql, [account.rawValue]) { ($0[0], $0[1]) }
        if let answered { counters.countAccount(portal: answered.portal) { $0.answered -= answered.places } }
        try db.run("DELETE FROM place_reading WHERE account_id = ?", [account.rawValue])
    }

    /// The outcomes that are answers, as a list in SQL.
    static let answers = PlaceOutcome.allCases.filter(\.isAnswer).map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// True of a place that answered, and whose records were all understood.
    static let whole = "(r.outcome IN (\(answers)) AND r.error = '')"

    /// Notes whether the provider of a portal answered, and what it said. What one account alone meets, while the others
    /// are served, is that account's trouble: a portal is away when a second one meets it, too.
    public func setProviderState(
        _ portal: Portal, ok: Bool, message: String, by account: AccountId? = nil, at: Instant
    ) throws {
        if !ok, let account, try isTroubleOfOne(account, portal) {
            return try db.run(
                "UPDATE portal_state SET suspect = ? WHERE portal = ?", [account.rawValue, portal.code])
        }
        try db.run(
            """
            UPDATE portal_state SET provider_ok = ?, provider_message = ?, provider_at = ?, suspect = NULL
            WHERE portal = ?
            """, [ok ? 1 : 0, HarmlessText.line(message), at.milliseconds, portal.code])
    }

    private func isTroubleOfOne(_ account: AccountId, _ portal: Portal) throws -> Bool {
        let sql = """
            SELECT ifnull(provider_ok, 0) = 1 AND ifnull(suspect, ?1) = ?1 AND EXISTS (
                SELECT 1 FROM account WHERE portal = ?2 AND removed_at IS NULL AND id <> ?1 AND status = 1)
            FROM portal_state WHERE portal = ?2
            """
        return try db.number(sql, [account.rawValue, portal.code]) == 1
    }

    /// Notes that a person has looked at these notices.
    public func markSeen(_ ids: [NoticeId], at: Instant) throws {
        for id in ids {
            let sql = "SELECT portal FROM notice WHERE id = ? AND seen_by_person_at IS NULL"
            guard let portal = try db.number(sql, [id.rawValue]) else { continue }
            try db.run("UPDATE notice SET seen_by_person_at = ? WHERE id = ?", [at.milliseconds, id.rawValue])
            counters.countNotices(portal: portal, unseen: -1)
        }
    }

    /// Notes that the bytes of a document are stored, and which notice they belong to.
    /// - Throws: `.refused` for a document without its hash.
    public func linkDocument(_ document: NoticeDocument, to notice: NoticeId, at: Instant) throws {
        let hash = try storeHash(document, at)
        try db.run(
            """
            INSERT INTO notice_document (notice_id, external_id, position, name, media_type, byte_count, sha256)
            VALUES (?1, ?2, (SELECT count(*) FROM notice_document WHERE notice_id = ?1), ?3, ?4, ?5, ?6)
            ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, byte_count = excluded.byte_count
            """,
            [
                notice.rawValue, document.externalId, HarmlessText.line(document.name, limit: 200), document.mediaType,
                document.byteCount, hash,
            ])
    }

    /// The same for every notice of the account that lists the document.
    public func linkDocument(_ document: NoticeDocument, account: AccountId, at: Instant) throws {
        let hash = try storeHash(document, at)
        try db.run(
            """
            UPDATE notice_document SET sha256 = ?1, byte_count = ?2 WHERE external_id = ?3
            AND (sha256 IS NOT ?1 OR byte_count <> ?2)
            AND EXISTS (SELECT 1 FROM notice n WHERE n.id = notice_id AND n.account_id = ?4)
            """, [hash, document.byteCount, document.externalId, account.rawValue])
    }

    private func storeHash(_ document: NoticeDocument, _ at: Instant) throws -> String {
        guard let hash = document.sha256 else { throw StoreProblem.refused("a stored document needs its SHA-256") }
        try db.run(
            "INSERT INTO document (sha256, media_type, byte_count, stored_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [hash, document.mediaType, document.byteCount, at.milliseconds])
        return hash
    }
}
