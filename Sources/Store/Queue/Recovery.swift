public import Domain
internal import GRDB

extension StoreWriter {
    /// Takes back every job that another start of the worker held. Only the holder of the worker's lock may call it:
    /// having the lock means that all other leases are void (reliability 3.7).
    public func voidLeases(otherThan owner: String, now: Instant, quarantineAfter: Int) throws -> RecoveredJobs {
        let sql = "SELECT \(JobState.columns) FROM job j WHERE j.lease_until IS NOT NULL AND j.owner <> ? ORDER BY j.id"
        return try recover(db.mapRows(sql, [owner], JobState.init), now: now, quarantineAfter: quarantineAfter)
    }

    /// Takes back jobs whose lease ended more than `grace` ago.
    public func expireLeases(
        now: Instant, grace: Duration = .seconds(5), quarantineAfter: Int
    ) throws -> RecoveredJobs {
        let sql = """
            SELECT \(JobState.columns) FROM job j WHERE j.lease_until IS NOT NULL AND j.lease_until < ? ORDER BY j.id
            """
        let ended = try db.mapRows(sql, [(now - grace).milliseconds], JobState.init)
        return try recover(ended, now: now, quarantineAfter: quarantineAfter)
    }

    /// So many crashes within 72 hours set a job aside.
    private func recover(_ jobs: [JobState], now: Instant, quarantineAfter: Int) throws -> RecoveredJobs {
        var result = RecoveredJobs()
        let rule = CrashRule(most: quarantineAfter)
        for job in jobs {
            let (crashes, first) = rule.counted(job.crashes, since: job.firstCrash, at: now)
            try db.run("UPDATE job SET crashes = ?, first_crash_at = ? WHERE id = ?", [crashes, first, job.id])
            if rule.isReached(crashes) {
                let message = CrashRule.words(crashes, on: "job")
                try mover.conclude(job, .failed, cause: .crashed, message: message, now: now.milliseconds)
                result.quarantined.append(JobId(job.id))
            } else if job.isCancelRequested {
                try mover.conclude(job, .cancelled, now: now.milliseconds)
                result.recovered.append(JobId(job.id))
            } else {
                let message = "the worker ended unexpectedly; the attempt is taken up again"
                try mover.wait(job, .retrying, due: now.milliseconds, keepsAttemptOpen: true, message: message)
                result.recovered.append(JobId(job.id))
            }
        }
        return result
    }
}
