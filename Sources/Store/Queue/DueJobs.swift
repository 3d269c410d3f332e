internal import Domain
internal import GRDB

/// The jobs of one portal that may start now.
enum DueJobs {
    /// The oldest due first, none whose account is busy, at most one for each account.
    static func take(
        _ portal: Int64, limit: Int, now: Instant, _ excluding: ClaimExclusions, from db: Database
    ) throws -> [JobState] {
        let defaultProvider = excluding.defaultProviders[Portal(code: portal)]
        var accounts: Set<Int64> = []
        var due: [JobState] = []
        let sql = """
            SELECT \(JobState.columns), a.provider FROM job j INDEXED BY job_due CROSS JOIN account a ON a.id = j.account_id
            WHERE j.portal = ? AND j.due_at <= ? AND NOT (? AND j.origin = ? AND j.is_wished = 0) AND NOT EXISTS (
                SELECT 1 FROM job r INDEXED BY job_running
                WHERE r.account_id = j.account_id AND r.lease_until IS NOT NULL)
            ORDER BY j.due_at, j.id
            """
        let arguments: StatementArguments = [
            portal, now.milliseconds, excluding.holdsCalendar, JobTrigger.schedule.code,
        ]
        try db.forEachRow(sql, arguments) { row in
            guard due.count < limit else { return false }
            let provider: String? = row[16] ?? defaultProvider
            let isExcluded = provider.map { excluding.providers.contains($0) } ?? false
            if !isExcluded, accounts.insert(row[1]).inserted { due.append(JobState(row)) }
            return due.count < limit
        }
        return due
    }
}
