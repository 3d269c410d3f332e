internal import GRDB

/// The triggers that keep records and checkpoints from being changed by mistake. Whoever has the file in hand can take them
/// out, and then something was on its way: that is told.
enum TrailGuards {
    static let all: [(name: String, sql: String)] = [
        (
            "audit_record_stays",
            "BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'an audit record never changes'); END"
        ),
        (
            "audit_record_remains",
            "BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'an audit record is never removed'); END"
        ),
        (
            "audit_checkpoint_stays",
            "BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint never changes'); END"
        ),
        (
            "audit_checkpoint_remains",
            "BEFORE DELETE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END"
        ),
    ]
}

extension StoreReader {
    /// Names of the triggers that somebody took out or changed.
    public func missingTrailGuards() throws -> [String] {
        let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        func plain(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let found = try database().mapRows(sql, []) { row in (row[0] as String, plain(row[1])) }
        return TrailGuards.all.filter { trigger in
            !found.contains { $0 == (trigger.name, "CREATE TRIGGER \(trigger.name) \(plain(trigger.sql))") }
        }.map(\.name)
    }
}

extension StoreWriter {
    /// Puts back the triggers that somebody took out or changed.
    ///
    /// - Returns: their names.
    public func restoreTrailGuards() throws -> [String] {
        let missing = try reader.missingTrailGuards()
        for trigger in TrailGuards.all where missing.contains(trigger.name) {
            try db.execute(sql: "DROP TRIGGER IF EXISTS \(trigger.name)")
            try db.execute(sql: "CREATE TRIGGER \(trigger.name) \(trigger.sql)")
        }
        return missing
    }
}
