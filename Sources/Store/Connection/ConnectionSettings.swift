internal import Foundation
internal import GRDB

/// How connections are opened. GRDB's own WAL set-up is not used, for it writes at opening and resets
/// `synchronous` to NORMAL (performance 0.2 and 0.3).
enum ConnectionSettings {
    /// Seconds that a connection waits for another one.
    static let patience = 5

    static func writer() -> Configuration {
        var configuration = common(label: "portaldesk.writer")
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        return configuration
    }

    static func reader(label: String) -> Configuration {
        var configuration = common(label: label)
        configuration.readonly = true
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA query_only = ON") }
        return configuration
    }

    private static func common(label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.busyMode = .timeout(TimeInterval(patience))
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            try db.execute(sql: "PRAGMA mmap_size = 0")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA cache_size = -2000")
        }
        return configuration
    }

    /// The level of durability that really holds.
    /// - Throws: `.notDurable` unless it is 2 (FULL): a commit must be on the disk before anybody relies on it.
    static func requireDurable(_ db: Database) throws {
        let level = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        guard level == 2 else { throw StoreProblem.notDurable(level: level) }
    }
}
