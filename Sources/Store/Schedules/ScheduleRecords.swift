public import Domain
internal import GRDB

extension StoreWriter {
    /// - Throws: `.refused` when a schedule of that name is there.
    public func add(_ schedule: Schedule, by person: String, at: Instant) throws -> Int64 {
        guard try reader.schedule(named: schedule.name) == nil else {
            throw StoreProblem.refused("there is a schedule \(schedule.name) already")
        }
        try db.run(
            """
            INSERT INTO schedule (name, kind, portal, group_name, cron, recipients, is_enabled, next_at, last_at,
                last_message, digest_at, digest_notice, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                schedule.name, schedule.kind.rawValue, schedule.portal?.code, schedule.group, schedule.rule.text,
                schedule.recipients.joined(separator: " "), schedule.isEnabled ? 1 : 0, schedule.nextAt?.milliseconds,
                schedule.lastAt?.milliseconds, schedule.lastMessage, schedule.digest.end?.at.milliseconds,
                schedule.digest.end?.notice, person, at.milliseconds,
            ])
        let id = db.lastInsertedRowID
        for one in schedule.digest.readers { try note(one, ofDigest: id) }
        return id
    }

    public func removeSchedule(_ id: Int64) throws {
        try db.run("DELETE FROM digest_reader WHERE schedule_id = ?", [id])
        try db.run("DELETE FROM schedule WHERE id = ?", [id])
    }

    public func enableSchedule(_ id: Int64, _ isEnabled: Bool, nextAt: Instant?) throws {
        try db.run(
            "UPDATE schedule SET is_enabled = ?, next_at = ? WHERE id = ?",
            [isEnabled ? 1 : 0, nextAt?.milliseconds, id])
    }

    /// Puts a schedule off without noting a run, unless it was laid to rest meanwhile.
    public func postponeSchedule(_ id: Int64, until: Instant) throws {
        try db.run("UPDATE schedule SET next_at = ? WHERE id = ? AND is_enabled = 1", [until.milliseconds, id])
    }

    public func noteTrouble(ofSchedule id: Int64, message: String) throws {
        try db.run("UPDATE schedule SET last_message = ? WHERE id = ?", [HarmlessText.line(message), id])
    }

    /// - Parameters:
    ///   - at: nil for a run that came to nothing: the last one stays the last.
    ///   - nextAt: left out where the schedule was laid to rest meanwhile.
    public func noteRun(ofSchedule id: Int64, at: Instant?, message: String, nextAt: Instant?) throws {
        try db.run(
            """
            UPDATE schedule SET last_at = ifnull(?, last_at), last_message = ?,
            next_at = CASE WHEN is_enabled = 1 THEN ? END WHERE id = ?
            """, [at?.milliseconds, HarmlessText.line(message), nextAt?.milliseconds, id])
    }
}

extension StoreReader {
    private static let columns = """
        SELECT id, name, kind, portal, group_name, cron, recipients, is_enabled, next_at, last_at, last_message, digest_at,
        digest_notice FROM schedule
        """

    public func schedules() throws -> [Schedule] { try schedules("ORDER BY name", []) }

    public func schedule(named name: String) throws -> Schedule? { try schedules("WHERE name = ?", [name]).first }

    func schedule(_ id: Int64) throws -> Schedule? { try schedules("WHERE id = ?", [id]).first }

    public func dueSchedules(at now: Instant) throws -> [Schedule] {
        try schedules("WHERE is_enabled = 1 AND next_at <= ? ORDER BY next_at, id", [now.milliseconds])
    }

    public func nextSchedule(after now: Instant) throws -> Instant? {
        let sql = "SELECT min(next_at) FROM schedule WHERE is_enabled = 1 AND next_at > ?"
        return try database().firstRow(sql, [now.milliseconds]) { row in
            (row[0] as Int64?).map(Instant.init(milliseconds:))
        } ?? nil
    }

    private func schedules(_ condition: String, _ arguments: StatementArguments) throws -> [Schedule] {
        let found = try database().mapRows("\(Self.columns) \(condition)", arguments, Self.schedule)
        return try found.compactMap(\.self).map { schedule in
            guard schedule.kind == .digest else { return schedule }
            var schedule = schedule
            schedule.digest.readers = try readers(ofDigest: schedule.id)
            return schedule
        }
    }

    /// A rule that this program does not understand makes no schedule.
    private static func schedule(_ row: Row) -> Schedule? {
        guard let kind = Schedule.Kind(rawValue: row[2]), let rule = try? CronRule(row[5]) else { return nil }
        let portal: Int64? = row[3]
        let recipients: String = row[6]
        let end = (row[11] as Int64?).map { DigestMark(at: Instant(milliseconds: $0), notice: row[12]) }
        return Schedule(
            id: row[0], name: row[1], kind: kind, portal: portal.map(Portal.init(code:)), group: row[4], rule: rule,
            recipients: recipients.split(separator: " ").map(String.init), isEnabled: row[7] == Int64(1),
            nextAt: (row[8] as Int64?).map(Instant.init(milliseconds:)),
            lastAt: (row[9] as Int64?).map(Instant.init(milliseconds:)), lastMessage: row[10],
            digest: DigestProgress(end: end))
    }
}
