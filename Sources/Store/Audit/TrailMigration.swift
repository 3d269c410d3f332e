internal import Domain
internal import GRDB

/// Carries the events of workspaces that an older program made into the trail, in their order. They were not chained when
/// they were written, so the chain vouches for them from this day on only; the record behind them says so.
enum TrailMigration {
    static func run(_ db: Database, now: Instant) throws {
        let writer = StoreWriter(db: db, counters: CounterDeltas())
        let sql = """
            SELECT at, actor, action, subject, outcome, detail, session, correlation FROM audit_event ORDER BY sequence
            """
        var count = 0
        try db.forEachRow(sql) { row in
            try writer.recordEvent(
                AuditEvent(
                    at: Instant(milliseconds: row[0]), actor: row[1], action: row[2], subject: row[3],
                    outcome: row[4], detail: row[5], session: row[6], correlation: row[7]))
            count += 1
            return true
        }
        if count > 0 {
            try writer.recordEvent(
                AuditEvent(
                    at: now, actor: "portaldesk", action: "audit.adopt", subject: "audit", outcome: "done",
                    detail: "{\"events\":\"\(count)\"}"))
        }
        try db.execute(
            sql: """
                DROP TRIGGER audit_event_stays; DROP TRIGGER audit_event_remains; DROP TABLE audit_event;
                """)
    }
}
