public import Domain
internal import GRDB

extension StoreReader {
    /// Whether anything is left for a worker, now or at a time to come: jobs and actions that wait or that a worker had
    /// in hand, and schedules. Reads one entry of an index for each.
    public func hasWork() throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM job INDEXED BY job_running WHERE lease_until IS NOT NULL)
                OR EXISTS (SELECT 1 FROM job INDEXED BY job_due WHERE due_at IS NOT NULL)
                OR EXISTS (SELECT 1 FROM operation WHERE next_at IS NOT NULL)
                OR EXISTS (SELECT 1 FROM operation WHERE lease_until IS NOT NULL)
                OR EXISTS (SELECT 1 FROM schedule WHERE is_enabled = 1)
            """
        return try database().number(sql, []) == 1
    }

    /// How many jobs are due or were begun.
    public func dueJobs(at now: Instant) throws -> Int {
        let db = try database()
        let held = try db.number("SELECT count(*) FROM job INDEXED BY job_running WHERE lease_until IS NOT NULL", [])
        let due = try Portal.allCases.map { portal in
            try db.number(
                "SELECT count(*) FROM job INDEXED BY job_due WHERE portal = ? AND due_at <= ?",
                [portal.code, now.milliseconds]) ?? 0
        }
        return Int(due.reduce(held ?? 0, +))
    }

    /// How many actions at authorities are due or were begun.
    public func dueOperations(at now: Instant) throws -> Int {
        let sql = """
            SELECT (SELECT count(*) FROM operation WHERE next_at <= ?)
                + (SELECT count(*) FROM operation WHERE lease_until IS NOT NULL)
            """
        return Int(try database().number(sql, [now.milliseconds]) ?? 0)
    }
}
