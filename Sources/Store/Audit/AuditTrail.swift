public import Domain
internal import GRDB
internal import Trail

extension StoreReader {
    /// Events in the order in which they were recorded.
    public func auditEvents(_ query: AuditQuery = AuditQuery()) throws -> [AuditEvent] {
        let selection = AuditSelection(query)
        let sql = """
            SELECT \(Self.recordColumns) FROM audit_record WHERE \(selection.condition) ORDER BY seq DESC LIMIT ?
            """
        let newest = try database().mapRows(sql, selection.arguments + [query.limit ?? -1], Self.shownRecord)
        return newest.reversed()
    }

    /// Some events, newest first.
    public func auditPage(_ query: AuditQuery, offset: Int, limit: Int) throws -> [AuditEvent] {
        let selection = AuditSelection(query)
        let sql = """
            SELECT \(Self.recordColumns) FROM audit_record WHERE \(selection.condition) ORDER BY seq DESC LIMIT ? OFFSET ?
            """
        return try database().mapRows(sql, selection.arguments + [limit, offset], Self.shownRecord)
    }

    /// How many events fit, counted up to a limit.
    public func auditCount(_ query: AuditQuery, upTo limit: Int) throws -> Int {
        let selection = AuditSelection(query)
        let sql = "SELECT count(*) FROM (SELECT 1 FROM audit_record WHERE \(selection.condition) LIMIT ?)"
        return Int(try database().number(sql, selection.arguments + [limit]) ?? 0)
    }

    /// The newest version of a password that the trail tells of; nil when it tells of none.
    public func newestPasswordVersion(_ subject: String) throws -> Int? {
        let sql = """
            SELECT bytes, chain FROM audit_record WHERE subject = ? AND action IN ('account.set', 'account.remove')
            """
        let versions = try database().mapRows(sql, [subject]) { row -> Int? in
            let detail = try Self.event(row).detail
            return try database().number("SELECT CAST(json_extract(?, '$.version') AS INTEGER)", [detail]).map(Int.init)
        }
        return versions.compactMap(\.self).max()
    }

    public func auditEvent(_ sequence: Int64) throws -> AuditEvent? {
        try database().firstRow(
            "SELECT \(Self.recordColumns) FROM audit_record WHERE seq = ?", [sequence], Self.shownRecord)
    }

    static let recordColumns = "bytes, chain, seq, at, actor, subject"

    /// A record whose bytes somebody changed stands in a list as that, and hides none of the others.
    static func shownRecord(_ row: Row) throws -> AuditEvent {
        if let event = try? event(row), event.sequence == row[2] { return event }
        return AuditEvent(
            sequence: row[2], at: Instant(milliseconds: row[3]), actor: row[4], action: AuditEvent.damaged,
            subject: row[5], outcome: "damaged")
    }

    private static func event(_ row: Row) throws -> AuditEvent {
        var event = try RecordForm.event(try row.bytes(at: 0)).event
        event.hash = TrailHash(try row.bytes(at: 1))?.hex ?? ""
        return event
    }
}

/// The condition of a question to the trail.
private struct AuditSelection {
    private(set) var arguments: StatementArguments
    private var conditions = ["seq > ?"]

    init(_ query: AuditQuery) {
        arguments = [query.after]
        if let before = query.before { add("seq < ?", [before]) }
        if let actor = query.actor { add("actor = ?", [actor]) }
        if let subject = query.subject { add("subject = ?", [subject]) }
        if let names = query.belonging {
            // Each part by its own index, however long the trail is.
            add(
                """
                seq IN (SELECT seq FROM audit_record WHERE subject IN (SELECT value FROM json_each(?))
                UNION SELECT seq FROM audit_record
                WHERE correlation <> '' AND correlation IN (SELECT value FROM json_each(?)))
                """, [jsonList(names.subjects), jsonList(names.correlations)])
        }
        if let provider = query.provider {
            // Calls name it among their facts, which is a text within the record.
            let mark = "\\\"provider\\\":\\\"\(provider)\\\""
            add(
                """
                ((subject = ? AND substr(action, 1, 9) = 'provider.')
                OR (substr(action, 1, 5) = 'call.' AND instr(bytes, CAST(? AS BLOB)) > 0))
                """, [provider, mark])
        }
        if let correlation = query.correlation { add("correlation = ? AND correlation <> ''", [correlation]) }
        // Some were recorded with a space, some with an underscore.
        if let outcome = query.outcome {
            add("outcome IN (?, ?)", [outcome.replacing(" ", with: "_"), outcome.replacing("_", with: " ")])
        }
        if let since = query.since { add("at >= ?", [since.milliseconds]) }
        if let until = query.until { add("at <= ?", [until.milliseconds]) }
        if let action = query.action {
            add("(action = ? OR substr(action, 1, length(?) + 1) = ? || '.')", [action, action, action])
        }
        if !query.families.isEmpty {
            add(
                "substr(action, 1, instr(action || '.', '.') - 1) IN (SELECT value FROM json_each(?))",
                [jsonList(query.families.sorted())])
        }
        if let identity = query.identity {
            // A subject is a portal and an identity; the beginning of one is a range of the index.
            let from = Portal.allCases.map { "\($0.rawValue)/\(identity)" }
            let ranges = from.map { _ in "(subject >= ? AND subject < ? || char(1114111))" }
            add("(\(ranges.joined(separator: " OR ")))", StatementArguments(from.flatMap { [$0, $0] }))
        }
    }

    var condition: String { conditions.joined(separator: " AND ") }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        conditions.append(condition)
        arguments += values
    }
}
