internal import Domain
internal import GRDB

/// How a notice stands in its row.
enum NoticeRow {
    static let select = """
        SELECT n.id, n.account_id, n.portal, a.identity, ifnull(b.name, ''), n.external_key, n.place, n.reference, n.form,
        n.section, n.summary, n.period, n.issued_on, n.due_on, n.due_basis, n.demand, n.state, n.raw_state,
        n.first_seen_at, n.last_seen_at, n.version, n.seen_by_person_at IS NULL, n.said_due_on, n.said_due_basis,
        n.served_on, n.act, n.manual_due_on, n.assignee, n.is_manual, n.gone_at,
        (SELECT group_concat(tag, ' ') FROM (SELECT tag FROM notice_tag WHERE notice_id = n.id ORDER BY tag)),
        (SELECT count(*) FROM notice_note WHERE notice_id = n.id), n.last_due_on, n.due_moves,
        n.own_state, n.provider,
        EXISTS (SELECT 1 FROM place_reading r
            WHERE r.account_id = n.account_id AND r.place = n.place AND r.read_at > n.last_seen_at),
        n.particulars
        FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN business b ON b.id = a.business_id
        """

    /// States in which a due date still matters, for a condition.
    static let openStates = NoticeState.allCases.filter(\.needsSomebody).map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    static func notice(_ row: Row) -> Notice {
        let work = NoticeWork(
            assignee: row[27], tags: (row[30] as String? ?? "").split(separator: " ").map(String.init),
            dueOn: date(row[26]), state: (row[34] as String?).flatMap(NoticeState.init(rawValue:)), noteCount: row[31])
        var notice = Notice(
            id: NoticeId(row[0]), accountId: AccountId(row[1]),
            identity: PortalIdentity(stored: Portal(code: row[2]), row[3]), business: row[4], facts: facts(row),
            work: work, isManual: row[28] == Int64(1),
            goneAt: (row[29] as Int64?).map(Instant.init(milliseconds:)),
            firstSeenAt: Instant(milliseconds: row[18]), lastSeenAt: Instant(milliseconds: row[19]), version: row[20])
        notice.due = date(row[13]).map { DueDate(on: $0, basis: basis(row[14]) ?? .portal) }
        (notice.lastDueOn, notice.dueMoves) = (date(row[32]), row[33])
        (notice.provider, notice.isListed) = (row[35], row[36] == Int64(0))
        return notice
    }

    private static func facts(_ row: Row) -> NoticeFacts {
        let portal = Portal(code: row[2])
        var facts = NoticeFacts(
            externalKey: row[5], place: Place(rawValue: row[6]) ?? portal.places[0], reference: row[7], form: row[8],
            section: row[9], summary: row[10], period: row[11], issuedOn: date(row[12]), servedOn: date(row[24]),
            dueOn: date(row[22]), dueBasis: basis(row[23]), act: (row[25] as String?).flatMap(TaxAct.init(rawValue:)),
            demand: (row[15] as Int64?).map(Rupees.init(paise:)), state: NoticeState(rawValue: row[16]) ?? .unknown,
            rawState: row[17])
        facts.particulars = NoticeParticularsText.read(row[37])
        return facts
    }

    private static func basis(_ text: String?) -> DueBasis? { text.flatMap(DueBasis.init(rawValue:)) }
    private static func date(_ day: Int?) -> LegalDate? { day.map(LegalDate.init(dayNumber:)) }

    static func documents(_ notice: Int64, _ db: Database) throws -> [NoticeDocument] {
        let sql = """
            SELECT external_id, name, media_type, byte_count, sha256 FROM notice_document
            WHERE notice_id = ? ORDER BY position, external_id
            """
        return try db.mapRows(sql, [notice], document)
    }

    /// Those of all notices of an account, by notice.
    static func documents(ofAll account: AccountId, _ db: Database) throws -> [Int64: [NoticeDocument]] {
        let sql = """
            SELECT d.external_id, d.name, d.media_type, d.byte_count, d.sha256, d.notice_id
            FROM notice n JOIN notice_document d ON d.notice_id = n.id
            WHERE n.account_id = ? ORDER BY d.notice_id, d.position, d.external_id
            """
        let all = try db.mapRows(sql, [account.rawValue]) { row in (row[5] as Int64, document(row)) }
        return Dictionary(grouping: all, by: \.0).mapValues { $0.map(\.1) }
    }

    private static func document(_ row: Row) -> NoticeDocument {
        NoticeDocument(externalId: row[0], name: row[1], mediaType: row[2], byteCount: row[3], sha256: row[4])
    }
}
