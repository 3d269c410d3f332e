public import Domain
internal import GRDB

extension StoreWriter {
    /// How much older a wish with precedence counts: older than all that was queued in bulk in the last week.
    static let precedence = Duration.seconds(7 * 86_400)

    /// Writes a queued job, due at once, unless an unfinished one of the same account and kind stands.
    ///
    /// - Parameter isAhead: a person waits for just this one: it goes, or the standing one is put, before bulk work.
    /// - Throws: `.refused` for an account that does not exist or was removed.
    public func enqueue(
        _ account: AccountId, _ kind: JobKind, trigger: JobTrigger, now: Instant, isAhead: Bool = false
    ) throws -> EnqueueOutcome {
        let sql = """
            SELECT portal, (SELECT id FROM job INDEXED BY job_unfinished
                WHERE account_id = a.id AND kind = ? AND completed_at IS NULL)
            FROM account a WHERE id = ? AND removed_at IS NULL
            """
        let found: (portal: Int64, job: Int64?)? = try db.firstRow(sql, [kind.code, account.rawValue]) { row in
            (row[0], row[1])
        }
        guard let found else { throw StoreProblem.refused("there is no such account") }
        let due = isAhead ? now - Self.precedence : now
        if let job = found.job {
            if trigger != .schedule { try wish(job) }
            if isAhead {
                try db.run(
                    "UPDATE job SET due_at = min(due_at, ?) WHERE id = ? AND status = 0", [due.milliseconds, job])
            }
            return .existing(JobId(job))
        }
        return try insert(account.rawValue, portal: found.portal, kind, trigger, now, due: due)
    }

    /// Writes a job for every account that has a login, in one transaction.
    public func enqueueAll(
        _ filter: EnqueueFilter, kind: JobKind = .fetch, trigger: JobTrigger, now: Instant
    ) throws -> [EnqueueOutcome] {
        try settlePasswordNeeds(filter.passwordless)
        return try candidates(filter, now).filter { !$0.lacksSession }.map { account in
            if let id = try unfinished(account.id, kind.code) {
                if trigger != .schedule { try wish(id) }
                return .existing(JobId(id))
            }
            return try insert(account.id, portal: account.portal, kind, trigger, now, due: now)
        }
    }

    /// What `enqueueAll` would come to now; writes no job.
    public func countAll(_ filter: EnqueueFilter, kind: JobKind = .fetch, now: Instant) throws -> EnqueueCount {
        try settlePasswordNeeds(filter.passwordless)
        var withRefused = filter
        withRefused.skipsRefusedLogins = false
        let wanted = try candidates(filter, now).filter { !$0.lacksSession }
        let standing = try wanted.count { try unfinished($0.id, kind.code) != nil }
        return EnqueueCount(
            new: wanted.count - standing, standing: standing,
            refused: try candidates(withRefused, now).count { !$0.lacksSession } - wanted.count)
    }

    /// How many accounts are left out because they have no open session.
    public func countWithoutSession(_ filter: EnqueueFilter, now: Instant) throws -> Int {
        try candidates(filter, now).count(where: \.lacksSession)
    }

    private func candidates(
        _ filter: EnqueueFilter, _ now: Instant
    ) throws -> [(id: Int64, portal: Int64, lacksSession: Bool)] {
        let portals = (filter.portals.isEmpty ? Set(Portal.allCases) : filter.portals).map(\.code).sorted()
        let sql = """
            SELECT id, portal, reason, \(filter.needSession.withoutSession) FROM account
            WHERE removed_at IS NULL AND \(AccountRow.isConfigured)
            AND portal IN (\(ActivityScope.list(portals))) AND (?1 IS NULL OR business_id = ?1)
            AND (?2 IS NULL OR business_id IN (SELECT id FROM business WHERE group_name = ?2))
            AND NOT \(filter.needAuthority.withoutAuthority) ORDER BY id
            """
        var wanted: [(id: Int64, portal: Int64, lacksSession: Bool)] = []
        try db.forEachRow(sql, [filter.businessId?.rawValue, filter.group, now.milliseconds]) { row in
            let reason = (row[2] as String?).flatMap(Cause.init(rawValue:))
            let isRefused = reason.map { $0.concernsLogin && $0.disposition == .fail } ?? false
            if !(filter.skipsRefusedLogins && isRefused) { wanted.append((row[0], row[1], row[3] == Int64(1))) }
            return true
        }
        return wanted
    }

    /// A person wants this job now: if the calendar began it, quiet hours hold it back no more.
    func wish(_ job: Int64) throws {
        try db.run(
            "UPDATE job SET is_wished = 1 WHERE id = ? AND origin = ? AND is_wished = 0",
            [job, JobTrigger.schedule.code])
    }

    private func insert(
        _ account: Int64, portal: Int64, _ kind: JobKind, _ trigger: JobTrigger, _ now: Instant,
        due: Instant
    ) throws -> EnqueueOutcome {
        let time = now.milliseconds
        try db.run(
            """
            INSERT INTO job (account_id, portal, kind, status, origin, attempt, created_at, sort_start, sort_done, due_at)
            VALUES (?, ?, ?, 0, ?, 0, ?, ?, ?, ?)
            """, [account, portal, kind.code, trigger.code, time, time, CounterDay.never, due.milliseconds])
        let id = db.lastInsertedRowID
        counters.countJob(1, account: account, portal: portal, status: 0, start: time, done: CounterDay.never)
        return .created(JobId(id))
    }

    func unfinished(_ account: Int64, _ kind: Int64) throws -> Int64? {
        try db.number(
            "SELECT id FROM job INDEXED BY job_unfinished WHERE account_id = ? AND kind = ? AND completed_at IS NULL",
            [account, kind])
    }
}
