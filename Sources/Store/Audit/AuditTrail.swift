public import Domain
internal import GRDB

extension StoreWriter {
    /// Puts an event on record, for good. Returns its sequence number.
    @discardableResult
    public func recordEvent(_ event: AuditEvent) throws -> Int64 {
        try db.run(
            """
            INSERT INTO audit_event (at, actor, action, subject, outcome, detail, session, correlation)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                event.at.milliseconds, event.actor, event.action, event.subject, event.outcome, event.detail,
                event.session, event.correlation,
            ])
        return db.lastInsertedRowID
    }
}

extension StoreReader {
    /// Events in the order in which they were recorded.
    public func auditEvents(_ query: AuditQuery = AuditQuery()) throws -> [AuditEvent] {
        var conditions = ["sequence > ?"]
        var arguments: StatementArguments = [query.after]
        func add(_ condition: String, _ value: String?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("actor = ?", query.actor)
        add("subject = ?", query.subject)
        if let action = query.action {
            conditions.append("(action = ? OR substr(action, 1, length(?) + 1) = ? || '.')")
            arguments += [action, action, action]
        }
        if !query.families.isEmpty {
            conditions.append("substr(action, 1, instr(action || '.', '.') - 1) IN (SELECT value FROM json_each(?))")
            arguments += [jsonList(query.families.sorted())]
        }
        let sql = """
            SELECT sequence, at, actor, action, subject, outcome, detail, session, correlation FROM audit_event
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY sequence DESC LIMIT ?
            """
        let newest = try database().mapRows(sql, arguments + [query.limit ?? -1], Self.event)
        return newest.reversed()
    }

    /// The newest version of a password that the trail tells of; nil when it tells of none.
    public func newestPasswordVersion(_ subject: String) throws -> Int? {
        let sql = """
            SELECT max(CAST(json_extract(detail, '$.version') AS INTEGER)) FROM audit_event
            WHERE subject = ? AND action IN ('account.set', 'account.remove')
            """
        return try database().number(sql, [subject]).map { Int($0) }
    }

    public func auditEvent(_ sequence: Int64) throws -> AuditEvent? {
        let sql = """
            SELECT sequence, at, actor, action, subject, outcome, detail, session, correlation FROM audit_event
            WHERE sequence = ?
            """
        return try database().firstRow(sql, [sequence], Self.event)
    }

    private static func event(_ row: Row) throws -> AuditEvent {
        AuditEvent(
            sequence: row[0], at: Instant(milliseconds: row[1]), actor: row[2], action: row[3], subject: row[4],
            outcome: row[5], detail: row[6], session: row[7], correlation: row[8])
    }
}
