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

    /// Three crashes within 72 hours set a job aside (reliability 1.3); the number is the caller's.
    private func recover(_ jobs: [JobState], now: Instant, quarantineAfter: Int) throws -> RecoveredJobs {
        var result = RecoveredJobs()
        let windowStart = (now - .seconds(72 * 3_600)).milliseconds
        for job in jobs {
            let isFirst = job.firstCrash.map { $0 < windowStart } ?? true
            let crashes = isFirst ? 1 : job.crashes + 1
            try db.run(
                "UPDATE job SET crashes = ?, first_crash_at = ? WHERE id = ?",
                [crashes, isFirst ? now.milliseconds : job.firstCrash, job.id])
            if crashes >= max(quarantineAfter, 1) {
                let message = "the worker died on this job \(Counted.times(crashes)) within 72 hours"
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
