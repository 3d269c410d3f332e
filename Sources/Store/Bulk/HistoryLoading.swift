internal import Domain
internal import GRDB

extension StoreWriter {
    /// Finds the jobs that brought notices by when those came, after a history was loaded as a whole.
    public func linkNotices() throws { try db.execute(sql: NoticeJobSchema.links) }

    /// Adds finished jobs, oldest first, with their counters and logs; the last fetch done counts as the portal's last.
    /// - Throws: `.refused` for a job that is not finished or of an account that does not exist.
    public func insertHistory(_ jobs: [HistoricJob]) throws {
        var portals: [Int64: Int64] = [:]
        var latest: [Int64: HistoricJob] = [:]
        for job in jobs {
            guard job.status.isFinished else { throw StoreProblem.refused("only finished jobs make history") }
            let account = job.accountId.rawValue
            if portals[account] == nil {
                portals[account] = try db.number("SELECT portal FROM account WHERE id = ?", [account])
            }
            guard let portal = portals[account] else { throw StoreProblem.refused("there is no such account") }
            try insert(job, portal: portal)
            if job.kind == .fetch, job.status == .done,
                latest[portal].map({ $0.completedAt <= job.completedAt }) ?? true
            {
                latest[portal] = job
            }
        }
        for (portal, job) in latest { try noteFetch(job, portal: portal) }
    }

    /// The cards speak of the last fetch, whether it happened here or was loaded.
    private func noteFetch(_ job: HistoricJob, portal: Int64) throws {
        let at = job.completedAt.milliseconds
        let stored = try db.number("SELECT last_fetch_at FROM portal_state WHERE portal = ?", [portal])
        let known = max(stored ?? .min, counters.snapshot.lastFetches[portal]?.at ?? .min)
        if at >= known { counters.noteFetch(portal: portal, at: at, new: job.noticesNew) }
    }

    private func insert(_ job: HistoricJob, portal: Int64) throws {
        let start = (job.startedAt ?? job.createdAt).milliseconds
        let done = job.completedAt.milliseconds
        try db.run(
            """
            INSERT INTO job (account_id, portal, kind, status, origin, attempt, created_at, started_at, completed_at,
            sort_start, sort_done, cause, last_cause, message_id, notices_new)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                job.accountId.rawValue, portal, job.kind.code, job.status.code, job.trigger.code, job.attempt,
                job.createdAt.milliseconds, job.startedAt?.milliseconds, done, start, done, job.cause?.rawValue,
                job.lastCause?.rawValue, try mover.messageId(job.message), job.noticesNew,
            ])
        counters.countJob(
            1, account: job.accountId.rawValue, portal: portal, status: job.status.code, start: start, done: done)
        if !job.log.isEmpty { try writeLog(db.lastInsertedRowID, job.log, after: 0) }
    }

    /// Runs `body`, a large load of history, without the indexes that pages need, and builds them afterwards.
    public func withBulkLoad(_ body: () throws -> Void) throws {
        for name in ["job_by_start", "job_by_done", "job_by_account"] { try db.execute(sql: "DROP INDEX \(name)") }
        try body()
        try db.execute(sql: FirstSchema.jobPageIndexes)
    }
}
