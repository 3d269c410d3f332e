public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Stores an operation as queued, if none of its natural key stands that is unfinished or confirmed.
    ///
    /// - Parameter at: when the worker may take it.
    public func submit(_ new: NewOperation, at: Instant) throws -> SubmitOutcome {
        let asked = new.operation
        if let standing = try standing(asked.businessKey) {
            return standing.fingerprint == asked.fingerprint ? .same(standing) : .other(standing)
        }
        try db.run(
            """
            INSERT INTO operation (id, kind, gstin, business_key, provider, state, fingerprint, idempotency_key,
            expected, title, total, created_at, created_by, updated_at, next_at, is_pinned)
            VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                asked.id.text, asked.kind.rawValue, asked.gstin.text, asked.businessKey, asked.provider,
                asked.fingerprint, new.idempotencyKey, asked.expectedReference, HarmlessText.line(asked.title),
                asked.total?.paise, asked.createdAt.milliseconds, asked.createdBy, asked.createdAt.milliseconds,
                at.milliseconds, asked.isPinned,
            ])
        let number = db.lastInsertedRowID
        try db.run(
            "INSERT INTO operation_payload (operation, request, end_before, extensions_before) VALUES (?, ?, ?, ?)",
            [number, Data(new.payload), new.before?.validUntil.milliseconds, new.before?.extensions])
        var created = asked
        (created.state, created.nextStepAt, created.updatedAt) = (.queued, at, asked.createdAt)
        return .created(created)
    }

    /// The operation that keeps its natural key from being used again.
    private func standing(_ key: String) throws -> PortalOperation? {
        let sql = """
            \(OperationRow.select) WHERE business_key = ? AND state NOT IN ('rejected', 'discarded')
            ORDER BY state = 'filed', number DESC LIMIT 1
            """
        return try db.firstRow(sql, [key], OperationRow.operation)
    }
}
