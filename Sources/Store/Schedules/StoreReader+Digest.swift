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
        public var dueOn: LegalDate?
    }

    public struct Failure: Sendable, Hashable {
        public var portal: Portal
        public var cause: Cause
        public var count: Int
    }

    /// The latest first, no more than were asked for.
    public var notices: [Line] = []
    public var noticeCount = 0
    /// Fetches that ended failed, by portal and cause, the most frequent first.
    public var failures: [Failure] = []
    /// Jobs that wait for a person now.
    public var waiting = 0

    public var isEmpty: Bool { noticeCount == 0 && failures.isEmpty && waiting == 0 }
}

extension StoreReader {
    public func digest(since: Instant, until: Instant, limit: Int) throws -> Digest {
        let db = try database()
        let span: StatementArguments = [since.milliseconds, until.milliseconds]
        var digest = Digest()
        digest.noticeCount = Int(
            try db.number("SELECT count(*) FROM notice WHERE first_seen_at > ? AND first_seen_at <= ?", span) ?? 0)
        digest.notices = try db.mapRows(
            """
            SELECT n.portal, a.identity, ifnull(b.name, ''), n.reference, trim(n.form || ' ' || n.section), n.due_on
            FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN business b ON b.id = a.business_id
            WHERE n.first_seen_at > ? AND n.first_seen_at <= ? ORDER BY n.first_seen_at DESC, n.id DESC LIMIT \(limit)
            """, span
        ) { row in
            Digest.Line(
                portal: Portal(code: row[0]), identity: row[1], business: row[2], reference: row[3], kind: row[4],
                dueOn: (row[5] as Int?).map(LegalDate.init(dayNumber:)))
        }
        for portal in Portal.allCases {
            let sql = """
                SELECT cause, count(*) FROM job WHERE portal = ? AND status = ? AND sort_done > ? AND sort_done <= ?
                GROUP BY cause ORDER BY count(*) DESC, cause
                """
            let arguments: StatementArguments = [
                portal.code, JobStatus.failed.code, since.milliseconds, until.milliseconds,
            ]
            digest.failures += try db.mapRows(sql, arguments) { row in
                let cause = (row[0] as String?).flatMap(Cause.init(rawValue:)) ?? .internal
                return Digest.Failure(portal: portal, cause: cause, count: row[1])
            }
        }
        digest.waiting = Int(
            try db.number("SELECT count(*) FROM job WHERE status = ?", [JobStatus.needsInput.code]) ?? 0)
        return digest
    }
}
