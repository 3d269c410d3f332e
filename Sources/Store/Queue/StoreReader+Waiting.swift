public import Domain
internal import GRDB

extension StoreReader {
    /// The jobs that wait for a person: the first to run out first, those that have run out last.
    ///
    /// - Parameters:
    ///   - page: from 1; a page past the end gives the last page.
    ///   - perPage: nil gives all of them as one page.
    public func waitingJobs(at now: Instant, page: Int = 1, perPage: Int? = 20) throws -> WaitingPage {
        let db = try database()
        let total = Int(try db.number("SELECT count(*) \(Self.waiting)") ?? 0)
        let place = PagePlace(total: total, page: page, perPage: perPage)
        var facts: [Int64: Facts] = [:]
        var ids: [Int64] = []
        let sql = """
            SELECT j.id, c.expires_at, (SELECT max(l.at) FROM job_log l WHERE l.job_id = j.id) since,
            CASE WHEN json_valid(c.json)
                THEN c.expires_at IS NOT NULL AND json_extract(c.json, '$.expiresAt') IS NULL ELSE 0 END,
            CASE WHEN json_valid(c.json)
                THEN json_type(c.json, '$.kind') IS 'text' AND json_type(c.json, '$.remoteJob') IS 'text'
                AND json_type(c.json, '$.prompt') IS 'text' ELSE 0 END,
            CASE WHEN json_valid(c.json) THEN json_type(c.json, '$.followsRefusal') IS 'true' ELSE 0 END
            \(Self.waiting) ORDER BY ifnull(c.expires_at, \(CounterDay.never)) <= ?,
            ifnull(c.expires_at, \(CounterDay.never)), since, j.id LIMIT ? OFFSET ?
            """
        try db.forEachRow(sql, [now.milliseconds, place.count, place.offset]) { row in
            ids.append(row[0])
            facts[row[0]] = Facts(
                since: row[2], expires: row[1], isAssumed: row[3], isReadable: row[4], followsRefusal: row[5])
            return true
        }
        let rows = try JobRow.jobs(ids, db).map { job in
            let facts = facts[job.id.rawValue] ?? Facts()
            return WaitingJob(
                job: job, since: facts.since.map(Instant.init(milliseconds:)),
                expiresAt: facts.expires.map(Instant.init(milliseconds:)), isEndAssumed: facts.isAssumed,
                isReadable: facts.isReadable, followsRefusal: facts.followsRefusal)
        }
        return WaitingPage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: rows.isEmpty ? 0 : place.offset + 1)
    }

    /// What is known of a question besides its job.
    private struct Facts {
        var since: Int64?
        var expires: Int64?
        var isAssumed = false
        var isReadable = true
        var followsRefusal = false
    }

    private static let waiting = """
        FROM job j INDEXED BY job_unfinished LEFT JOIN job_challenge c ON c.job_id = j.id
        WHERE j.completed_at IS NULL AND j.status = 3
        """
}
