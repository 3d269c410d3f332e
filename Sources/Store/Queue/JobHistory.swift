public import Domain
internal import GRDB

extension StoreWriter {
    /// Adds steps to a job's log, in order. Texts are made harmless; a message is kept once however often it recurs.
    public func appendLog(_ id: JobId, _ entries: [JobLogEntry]) throws {
        guard try db.number("SELECT 1 FROM job WHERE id = ?", [id.rawValue]) != nil else {
            throw StoreProblem.refused("there is no job \(id)")
        }
        let last = try db.number("SELECT ifnull(max(sequence), 0) FROM job_log WHERE job_id = ?", [id.rawValue]) ?? 0
        try writeLog(id.rawValue, entries, after: last)
    }

    func writeLog(_ job: Int64, _ entries: [JobLogEntry], after last: Int64) throws {
        for (index, entry) in entries.enumerated() {
            try db.run(
                """
                INSERT INTO job_log (job_id, sequence, at, level, step, message_id, detail) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    job, last + Int64(index) + 1, entry.at.milliseconds, entry.level.code,
                    HarmlessText.line(entry.step, limit: 40), try mover.messageId(entry.message),
                    HarmlessText.block(entry.detail),
                ])
        }
    }

    /// Removes finished jobs that were completed before `before`, the oldest first, with their logs.
    /// - Returns: how many were removed; fewer than `limit` when none is left.
    public func pruneHistory(before: Instant, limit: Int = 10_000) throws -> Int {
        var old: [JobState] = []
        for portal in Portal.allCases {
            for status in JobStatus.allCases where status.isFinished && old.count < limit {
                let sql = """
                    SELECT \(JobState.columns) FROM job j INDEXED BY job_by_done
                    WHERE j.portal = ? AND j.status = ? AND j.sort_done < ? ORDER BY j.sort_done LIMIT ?
                    """
                old += try db.mapRows(
                    sql, [portal.code, status.code, before.milliseconds, limit - old.count], JobState.init)
            }
        }
        for job in old {
            try db.run("DELETE FROM job_log WHERE job_id = ?", [job.id])
            try db.run("DELETE FROM job WHERE id = ?", [job.id])
            counters.countJob(
                -1, account: job.account, portal: job.portal, status: job.status.code, start: job.start, done: job.done)
        }
        return old.count
    }
}
