internal import Domain
internal import GRDB

extension StoreWriter {
    /// Puts an event on record, for good. Returns its sequence number.
    public func recordEvent(_ event: AuditEvent) throws -> Int64 {
        try db.run(
            "INSERT INTO audit_event (at, actor, action, subject, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
            [event.at.milliseconds, event.actor, event.action, event.subject, event.outcome, event.detail])
        return db.lastInsertedRowID
    }
}

extension StoreReader {
    /// Events after `sequence`, in order.
    public func auditEvents(after sequence: Int64 = 0, limit: Int = 100) throws -> [AuditEvent] {
        let sql = """
            SELECT sequence, at, actor, action, subject, outcome, detail FROM audit_event
            WHERE sequence > ? ORDER BY sequence LIMIT ?
            """
        return try database().mapRows(sql, [sequence, limit]) { row in
            AuditEvent(
                sequence: row[0], at: Instant(milliseconds: row[1]), actor: row[2], action: row[3], subject: row[4],
                outcome: row[5], detail: row[6])
        }
    }
}
