public import Domain
internal import GRDB

extension StoreReader {
    /// Entries after `sequence`, in order.
    public func jobLog(_ id: JobId, after sequence: Int = 0, limit: Int = 1_000) throws -> [JobLogEntry] {
        let sql = """
            SELECT l.sequence, l.at, l.level, l.step, m.text, l.detail FROM job_log l
            JOIN message m ON m.id = l.message_id WHERE l.job_id = ? AND l.sequence > ? ORDER BY l.sequence LIMIT ?
            """
        return try database().mapRows(sql, [id.rawValue, sequence, limit]) { row in
            JobLogEntry(
                sequence: row[0], at: Instant(milliseconds: row[1]), level: LogLevel(code: row[2]), step: row[3],
                message: row[4], detail: row[5])
        }
    }

    /// The verification that runs or waits for an account, or whichever job of it waits for a one-time password, that one
    /// first; else its last finished verification. Fetches that need nobody are no part of opening a session.
    public func connectingJob(of account: AccountId) throws -> Job? {
        let db = try database()
        let id =
            try db.number(
                """
                SELECT id FROM job INDEXED BY job_unfinished WHERE account_id = ? AND completed_at IS NULL
                AND (kind = 1 OR status = 3 AND cause = ?) ORDER BY status = 3 DESC, id DESC LIMIT 1
                """, [account.rawValue, Cause.otpRequired.rawValue])
            ?? db.number(
                """
                SELECT id FROM job INDEXED BY job_by_account
                WHERE account_id = ? AND completed_at IS NOT NULL AND kind = 1 ORDER BY sort_start DESC LIMIT 1
                """, [account.rawValue])
        return try id.flatMap { try JobRow.jobs([$0], db).first }
    }

    /// When the job's last step was logged.
    public func lastStep(of id: JobId) throws -> Instant? {
        try database().number("SELECT max(at) FROM job_log WHERE job_id = ?", [id.rawValue])
            .map(Instant.init(milliseconds:))
    }

    /// What the job waits for; nil unless it needs input.
    public func challenge(of id: JobId) throws -> PendingChallenge? {
        let sql = "\(Self.challenges) AND c.job_id = ?"
        return try database().firstRow(sql, [id.rawValue], Self.challenge)
    }

    private static let challenges = """
        SELECT c.job_id, c.json, c.expires_at FROM job_challenge c JOIN job j ON j.id = c.job_id WHERE j.status = 3
        """

    private static func challenge(_ row: Row) -> PendingChallenge {
        PendingChallenge(
            jobId: JobId(row[0]), json: row[1], expiresAt: (row[2] as Int64?).map(Instant.init(milliseconds:)))
    }

    /// Running jobs that a person asked to cancel.
    public func cancelRequests() throws -> Set<JobId> {
        let sql = """
            SELECT id FROM job INDEXED BY job_running WHERE lease_until IS NOT NULL AND is_cancel_requested = 1
            """
        return Set(try database().numbers(sql).map { JobId($0) })
    }

    /// When the next waiting job is due, in the past when it is due already; nil when none waits.
    /// A job whose account is busy counts as well: it is taken when the other has ended.
    public func nextDue() throws -> Instant? {
        let db = try database()
        let soonest = try Portal.allCases.compactMap { portal in
            try db.number(
                """
                SELECT due_at FROM job INDEXED BY job_due WHERE portal = ? AND due_at IS NOT NULL
                ORDER BY due_at LIMIT 1
                """, [portal.code])
        }
        return soonest.min().map(Instant.init(milliseconds:))
    }

    /// Whether a claim made now would give a job. Costs no write, so a worker asks before it claims.
    public func hasClaimable(now: Instant, excluding: ClaimExclusions = .none) throws -> Bool {
        let db = try database()
        return try Portal.allCases.contains { portal in
            guard !excluding.portals.contains(portal) else { return false }
            return try !DueJobs.take(portal.code, limit: 1, now: now, excluding, from: db).isEmpty
        }
    }

    /// When the first job that is not due yet becomes due; nil when none waits for a time to come.
    public func nextDue(after now: Instant) throws -> Instant? {
        let db = try database()
        let soonest = try Portal.allCases.compactMap { portal in
            try db.number(
                "SELECT due_at FROM job INDEXED BY job_due WHERE portal = ? AND due_at > ? ORDER BY due_at LIMIT 1",
                [portal.code, now.milliseconds])
        }
        return soonest.min().map(Instant.init(milliseconds:))
    }
}
