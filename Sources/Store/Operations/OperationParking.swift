public import Domain
internal import GRDB

extension StoreWriter {
    /// Brings forward what waits because the provider asked for a long wait, now that it answers again: one after the
    /// other, each at least as long after its demand as `LongWait` says, none later than it would have come.
    ///
    /// - Parameter answeredAt: when it answered: what it demanded since then stays.
    /// - Returns: how many were brought forward.
    @discardableResult
    public func bringForward(_ provider: String, answeredAt: Instant, now: Instant) throws -> Int {
        try db.run(
            """
            UPDATE operation SET is_parked = 0, next_at = min(next_at, max(
                ?2 + parked.place * ?3, updated_at + (?4 << min(max(failures, 1) - 1, 10))))
            FROM (
                SELECT number AS one, row_number() OVER (ORDER BY next_at, number) - 1 AS place
                FROM operation INDEXED BY operation_parked
                WHERE is_parked = 1 AND next_at IS NOT NULL AND provider = ?1 AND next_at > ?2
                    AND updated_at < ?5) AS parked
            WHERE operation.number = parked.one
            """,
            [
                provider, now.milliseconds, LongWait.apart.milliseconds, LongWait.kept.milliseconds,
                answeredAt.milliseconds,
            ])
        return db.changesCount
    }
}

extension StoreReader {
    /// Whether anything waits that a provider which answers again would take.
    public func hasParked(_ provider: String, now: Instant) throws -> Bool {
        let sql = """
            SELECT 1 FROM operation INDEXED BY operation_parked
            WHERE is_parked = 1 AND next_at IS NOT NULL AND provider = ? AND next_at > ? LIMIT 1
            """
        return try database().number(sql, [provider, now.milliseconds]) != nil
    }
}
