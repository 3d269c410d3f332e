public import Domain
internal import GRDB

extension StoreWriter {
    /// What somebody is told who was never told anything.
    private static let firstSpan = Duration.seconds(86_400)

    /// Settles which span a digest tells, and puts the next look at it ahead, before its first mail leaves: a worker that
    /// dies, or a disk that takes no more notes, then mails nobody again at once.
    ///
    /// - Parameters:
    ///   - isAnew: whether a new span ends now; else the one before is tried again as it was.
    ///   - until: when the digest is due again unless it is concluded before.
    /// - Returns: the schedule as it stands then; nil when it was removed or rests.
    public func beginDigest(_ id: Int64, at now: Instant, isAnew: Bool, until: Instant) throws -> Schedule? {
        guard let schedule = try reader.schedule(id), schedule.isEnabled else { return nil }
        if isAnew {
            let newest = try db.number("SELECT max(id) FROM notice") ?? 0
            try db.run(
                "UPDATE schedule SET digest_at = ?, digest_notice = ? WHERE id = ?", [now.milliseconds, newest, id])
        }
        let known = Set(schedule.digest.readers.map(\.name))
        let start = DigestMark(at: schedule.lastAt ?? now - Self.firstSpan)
        for name in Set(schedule.recipients).subtracting(known) {
            try note(DigestReader(name: name, told: start), ofDigest: id)
        }
        try postponeSchedule(id, until: until)
        return try reader.schedule(id)
    }

    /// Notes how a digest stands with one of those it goes to; nothing when it was removed meanwhile.
    public func note(_ one: DigestReader, ofDigest id: Int64) throws {
        try db.run(
            """
            INSERT INTO digest_reader (schedule_id, name, told_at, told_notice, settled_at, problem)
            SELECT id, ?2, ?3, ?4, ?5, ?6 FROM schedule WHERE id = ?1
            ON CONFLICT DO UPDATE SET told_at = ?3, told_notice = ?4, settled_at = ?5, problem = ?6
            """,
            [
                id, one.name, one.told.at.milliseconds, one.told.notice, one.settledAt?.milliseconds,
                HarmlessText.line(one.problem),
            ])
    }
}

extension StoreReader {
    func readers(ofDigest id: Int64) throws -> [DigestReader] {
        let sql = """
            SELECT name, told_at, told_notice, settled_at, problem FROM digest_reader WHERE schedule_id = ? ORDER BY name
            """
        return try database().mapRows(sql, [id]) { row in
            DigestReader(
                name: row[0], told: DigestMark(at: Instant(milliseconds: row[1]), notice: row[2]),
                settledAt: (row[3] as Int64?).map(Instant.init(milliseconds:)), problem: row[4])
        }
    }
}
