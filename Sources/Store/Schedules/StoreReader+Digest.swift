public import Domain
internal import GRDB

/// What happened at the portals since a moment.
public struct Digest: Sendable, Hashable {
    public struct Line: Sendable, Hashable {
        public var portal: Portal
        public var identity: String
        public var business: String
        public var reference: String
        /// Form, section or both.
        public var kind: String
        public var due: DueDate?
    }

    public struct Failure: Sendable, Hashable {
        public var portal: Portal
        public var cause: Cause
        public var count: Int
    }

    /// What came from the portals, the latest first, no more than were asked for.
    public var notices: [Line] = []
    public var noticeCount = 0
    /// Fetches that ended failed, by portal and cause, the most frequent first.
    public var failures: [Failure] = []
    /// Jobs that wait for a person now.
    public var waiting = 0
    /// Places of whole logins, and those of them that did not answer when last tried, or were not tried in the span.
    public var places = 0
    public var unreadPlaces = 0
}

extension StoreReader {
    /// What came and what failed between two marks; jobs that wait, and places that were read since the first, as of now.
    public func digest(since: DigestMark, until: DigestMark, limit: Int) throws -> Digest {
        let db = try database()
        var digest = Digest()
        try addNotices(to: &digest, since, until, limit, db)
        for portal in Portal.allCases {
            let sql = """
                SELECT cause, count(*) FROM job WHERE portal = ? AND status = ? AND kind = ? AND sort_done > ?
                AND sort_done <= ? GROUP BY cause ORDER BY count(*) DESC, cause
                """
            let arguments: StatementArguments = [
                portal.code, JobStatus.failed.code, JobKind.fetch.code, since.at.milliseconds, until.at.milliseconds,
            ]
            digest.failures += try db.mapRows(sql, arguments) { row in
                let cause = (row[0] as String?).flatMap(Cause.init(rawValue:)) ?? .internal
                return Digest.Failure(portal: portal, cause: cause, count: row[1])
            }
        }
        digest.waiting = Int(
            try db.number("SELECT count(*) FROM job WHERE status = ?", [JobStatus.needsInput.code]) ?? 0)
        try addPlaces(to: &digest, since, db)
        return digest
    }

    private func addNotices(
        to digest: inout Digest, _ since: DigestMark, _ until: DigestMark, _ limit: Int, _ db: Database
    ) throws {
        // Where only the moment is known, it decides; numbers are exact.
        let condition = """
            n.is_manual = 0 AND n.id > ifnull(?1, 0) AND (?1 IS NOT NULL OR n.first_seen_at > ?2)
            AND (?3 IS NULL OR n.id <= ?3)
            """
        let span: StatementArguments = [since.notice, since.at.milliseconds, until.notice]
        digest.noticeCount = Int(try db.number("SELECT count(*) FROM notice n WHERE \(condition)", span) ?? 0)
        digest.notices = try db.mapRows(
            """
            SELECT n.portal, a.identity, ifnull(b.name, ''), n.reference, trim(n.form || ' ' || n.section), n.due_on,
            n.due_basis FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN business b ON b.id = a.business_id
            WHERE \(condition) ORDER BY n.id DESC LIMIT \(limit)
            """, span
        ) { row in
            let basis = (row[6] as String?).flatMap(DueBasis.init(rawValue:)) ?? .portal
            return Digest.Line(
                portal: Portal(code: row[0]), identity: row[1], business: row[2], reference: row[3], kind: row[4],
                due: (row[5] as Int?).map { DueDate(on: LegalDate(dayNumber: $0), basis: basis) })
        }
    }

    private func addPlaces(to digest: inout Digest, _ since: DigestMark, _ db: Database) throws {
        let logins = """
            SELECT portal, count(*) FROM account WHERE removed_at IS NULL AND \(AccountRow.isConfigured) GROUP BY 1
            """
        try db.forEachRow(logins) { row in
            digest.places += Portal(code: row[0]).places.count * (row[1] as Int)
            return true
        }
        let answered = """
            SELECT count(*) FROM place_reading r JOIN account a ON a.id = r.account_id
            WHERE a.removed_at IS NULL AND \(AccountRow.isConfigured) AND r.outcome IN (\(StoreWriter.answers))
            AND r.error = '' AND r.tried_at > ?
            """
        let read = Int(try db.number(answered, [since.at.milliseconds]) ?? 0)
        digest.unreadPlaces = max(0, digest.places - read)
    }
}
