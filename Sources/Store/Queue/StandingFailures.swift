public import Domain
internal import GRDB

/// Failures that still stand. A job that failed long ago and was followed by a success is history, not work.
extension StoreReader {
    private struct Standing {
        var job: Int64
        var key: FailureGroup.Key
        var portal: Portal
        var at: Int64
        /// The account's own choice; nil for the portal's usual provider.
        var provider: String?
    }

    /// Folded by cause, those with the most logins first.
    ///
    /// - Parameter portal: nil means every portal.
    public func failures(_ portal: Portal? = nil) throws -> [FailureGroup] {
        var groups: [FailureGroup.Key: FailureGroup] = [:]
        for one in try standing(portal) {
            var group = groups[one.key] ?? FailureGroup(key: one.key, portals: [:], latest: JobId(one.job))
            group.portals[one.portal, default: 0] += 1
            let at = Instant(milliseconds: one.at)
            if group.latestAt.map({ $0 < at }) ?? true {
                group.latestAt = at
                group.latest = JobId(one.job)
            }
            groups[one.key] = group
        }
        return groups.values.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            if left.key.cause != right.key.cause { return left.key.cause.rawValue < right.key.cause.rawValue }
            return left.key.isWaiting
        }
    }

    /// The jobs of one cause, those that stopped last first.
    public func failedJobs(
        _ key: FailureGroup.Key, _ portal: Portal? = nil, page: Int = 1, perPage: Int? = 20
    ) throws -> ActivityPage {
        let all = try standing(portal).filter { $0.key == key }.sorted { ($0.at, $0.job) > ($1.at, $1.job) }
        let place = PagePlace(total: all.count, page: page, perPage: perPage)
        let ids = all.dropFirst(place.offset).prefix(place.count).map(\.job)
        return ActivityPage(
            rows: try JobRow.jobs(ids, try database()), page: place.page, pageCount: place.pageCount, total: all.count,
            firstSerial: ids.isEmpty ? 0 : place.offset + 1)
    }

    /// What providers stand in the way of now: failures that stand, and jobs that wait for another try.
    ///
    /// - Parameter defaults: who serves the accounts that name no provider.
    /// - Returns: by provider and cause, the newest first.
    public func providerTroubles(defaults: [Portal: String]) throws -> [String: [ProviderTrouble]] {
        var folded: [String: [Cause: ProviderTrouble]] = [:]
        for one in try standing(nil) + held() where one.key.cause.isProviders && !one.key.isWaiting {
            guard let name = one.provider ?? defaults[one.portal] else { continue }
            let at = Instant(milliseconds: one.at)
            var trouble =
                folded[name]?[one.key.cause]
                ?? ProviderTrouble(cause: one.key.cause, jobs: [], latestAt: at, latest: JobId(one.job))
            trouble.jobs.append(JobId(one.job))
            if at >= trouble.latestAt { (trouble.latestAt, trouble.latest) = (at, JobId(one.job)) }
            folded[name, default: [:]][one.key.cause] = trouble
        }
        return folded.mapValues { $0.values.sorted { ($0.latestAt, $0.latest) > ($1.latestAt, $1.latest) } }
    }

    /// Jobs whose last attempt failed and that will be tried again by themselves.
    private func held() throws -> [Standing] {
        try database().mapRows(
            """
            SELECT j.id, j.cause, j.portal, ifnull(j.started_at, j.created_at), a.provider
            FROM job j INDEXED BY job_unfinished JOIN account a ON a.id = j.account_id
            WHERE j.completed_at IS NULL AND j.status = 2 AND j.cause IS NOT NULL
            """, []
        ) { row in Self.standing(row, isWaiting: false) }
    }

    /// The newest failure of each login unless something has succeeded or begun since, and what waits for a person.
    private func standing(_ portal: Portal?) throws -> [Standing] {
        let db = try database()
        let code = portal?.code
        let failed = try db.mapRows(
            """
            SELECT j.id, CASE j.cause WHEN 'gave_up' THEN ifnull(j.last_cause, j.cause) ELSE j.cause END, j.portal,
            j.completed_at, a.provider FROM account a JOIN job j ON j.id = (
                SELECT f.id FROM job f INDEXED BY job_by_account
                WHERE f.account_id = a.id AND f.status = 5 AND f.completed_at IS NOT NULL
                ORDER BY f.sort_done DESC LIMIT 1)
            WHERE a.removed_at IS NULL AND (? IS NULL OR a.portal = ?) AND NOT EXISTS (
                SELECT 1 FROM job d INDEXED BY job_by_account
                WHERE d.account_id = a.id AND d.status = 4 AND d.completed_at IS NOT NULL
                AND d.sort_done > j.sort_done AND (d.kind = 0 OR d.kind = j.kind))
            AND NOT EXISTS (
                SELECT 1 FROM job u INDEXED BY job_unfinished
                WHERE u.account_id = a.id AND (u.kind = 0 OR u.kind = j.kind) AND u.completed_at IS NULL)
            """, [code, code]
        ) { row in Self.standing(row, isWaiting: false) }
        let waiting = try db.mapRows(
            """
            SELECT j.id, j.cause, j.portal, ifnull(j.started_at, j.created_at), a.provider
            FROM job j INDEXED BY job_unfinished JOIN account a ON a.id = j.account_id
            WHERE j.completed_at IS NULL AND j.status = 3 AND (? IS NULL OR j.portal = ?)
            """, [code, code]
        ) { row in Self.standing(row, isWaiting: true) }
        return failed + waiting
    }

    private static func standing(_ row: Row, isWaiting: Bool) -> Standing {
        let cause = (row[1] as String?).flatMap(Cause.init(rawValue:)) ?? .internal
        return Standing(
            job: row[0], key: .init(cause: cause, isWaiting: isWaiting), portal: Portal(code: row[2]), at: row[3],
            provider: row[4])
    }
}

extension StoreWriter {
    /// Takes a retry back: the job is failed again as it was.
    ///
    /// - Parameter jobs: as they stood before the retry.
    /// - Returns: for each whether it was still waiting in the queue; what has begun goes on.
    public func takeBackRetry(_ jobs: [Job]) throws -> [Bool] {
        try jobs.map { before in
            guard before.status == .failed, let completed = before.completedAt,
                let job = try JobState.of(before.id, db), job.status == .queued, job.attempt == before.attempt
            else { return false }
            try mover.conclude(
                job, .failed, cause: before.cause, message: before.message, now: completed.milliseconds)
            return true
        }
    }
}
