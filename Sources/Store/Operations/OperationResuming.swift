public import Domain
internal import GRDB

extension StoreWriter {
    /// Lets the actions of a GSTIN at a provider go on that were stopped by one of these causes and wait for a person.
    public func resumeOperations(
        _ provider: String, _ gstin: Gstin, stoppedBy causes: Set<Cause>, now: Instant
    ) throws -> ResumedOperations {
        let sql = """
            SELECT id FROM operation WHERE state = 'attention' AND provider = ? AND gstin = ? AND lease_until IS NULL
            AND stopped_by IN (SELECT value FROM json_each(?)) ORDER BY number
            """
        let stopped = try db.mapRows(sql, [provider, gstin.text, jsonList(causes.map(\.rawValue).sorted())]) { row in
            OperationId(row[0] as String)
        }
        var resumed = ResumedOperations()
        for id in stopped.compactMap(\.self) {
            let step = OperationStep(
                .resumed, nextAt: now, message: "its API user was set anew; nothing of it had left")
            if try move(id, [step], now: now) != nil {
                resumed.queued += 1
            } else if try hurry(id, at: now) {
                resumed.looked += 1
            }
        }
        return resumed
    }
}
