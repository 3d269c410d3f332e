internal import Domain
internal import GRDB

/// How a job stands in its row.
enum JobRow {
    static let select = """
        SELECT j.id, j.account_id, j.portal, a.identity, ifnull(b.name, ''), j.kind, j.status, j.origin, j.attempt,
        j.created_at, j.started_at, j.completed_at, j.due_at, j.cause, m.text, j.progress, j.notices_new
        FROM job j JOIN account a ON a.id = j.account_id JOIN message m ON m.id = j.message_id
        LEFT JOIN business b ON b.id = a.business_id
        """

    static func job(_ row: Row) -> Job {
        let status = JobStatus(code: row[6])
        let created: Int64 = row[9]
        let due: Int64? = row[12]
        let isHeldBack = status == .retrying || (status == .queued && (due ?? created) > created)
        return Job(
            id: JobId(row[0]), accountId: AccountId(row[1]),
            identity: PortalIdentity(stored: Portal(code: row[2]), row[3]), business: row[4],
            kind: JobKind(code: row[5]), status: status, trigger: JobTrigger(code: row[7]), attempt: row[8],
            createdAt: Instant(milliseconds: created), startedAt: instant(row[10]), completedAt: instant(row[11]),
            nextTryAt: isHeldBack ? instant(due) : nil, cause: (row[13] as String?).flatMap(Cause.init(rawValue:)),
            message: row[14], progress: row[15], noticesNew: row[16])
    }

    private static func instant(_ milliseconds: Int64?) -> Instant? { milliseconds.map(Instant.init(milliseconds:)) }

    /// The jobs of these ids, in their order; ids without a job are left out.
    static func jobs(_ ids: [Int64], _ db: Database) throws -> [Job] {
        var found: [Int64: Job] = [:]
        try db.forEachRow("\(select) WHERE j.id IN (SELECT value FROM json_each(?))", [jsonList(ids)]) { row in
            found[row[0]] = job(row)
            return true
        }
        return ids.compactMap { found[$0] }
    }
}
