internal import Domain
internal import GRDB
internal import GRDBSQLite

/// The one writing connection of this process. Used on the writer's queue alone, and only under the file lock.
final class WriterConnection {
    private let queue: DatabaseQueue
    private let walPages = WalPages()
    /// Pages of 16 MiB; files that an older program made have smaller ones.
    private let checkpointAt: Int

    /// Counts the pages that wait in the WAL, as told by each commit.
    private final class WalPages {
        var count: Int32 = 0
    }

    /// Opens the file, which must exist; in a fresh file lays out the journal mode.
    init(file: String) throws {
        queue = try DatabaseQueue(path: file, configuration: ConnectionSettings.writer())
        let walPages = walPages
        checkpointAt = try queue.writeWithoutTransaction { db in
            if try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 {
                // Six records of the audit trail to a page instead of three, and half as many reads for a whole table.
                try db.execute(sql: "PRAGMA page_size = 8192")
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try ConnectionSettings.requireDurable(db)
            sqlite3_wal_hook(
                db.sqliteConnection,
                { context, _, _, pages in
                    if let context { Unmanaged<WalPages>.fromOpaque(context).takeUnretainedValue().count = pages }
                    return SQLITE_OK
                }, Unmanaged.passUnretained(walPages).toOpaque())
            return 16 * 1_048_576 / max(512, try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4_096)
        }
    }

    /// Runs `body` between BEGIN IMMEDIATE and COMMIT; an error rolls everything back.
    func transaction<T>(_ body: (Database) throws -> T) throws -> T {
        try queue.writeWithoutTransaction { db in
            try db.beginTransaction(.immediate)
            do {
                let result = try body(db)
                try db.commit()
                return result
            } catch {
                if db.isInsideTransaction { try? db.rollback() }
                throw error
            }
        }
    }

    func withoutTransaction<T>(_ body: (Database) throws -> T) throws -> T {
        try queue.writeWithoutTransaction(body)
    }

    /// Whether so much waits in the WAL that it should go into the file now.
    var isCheckpointDue: Bool { Int(walPages.count) > checkpointAt }

    /// Moves what can be moved without waiting for readers.
    func checkpoint() throws {
        try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.passive) }
        walPages.count = 0
    }

    /// Moves all of it and gives its room on the disk back. Waits for nobody: while somebody reads, it does what
    /// `checkpoint` does.
    func truncateLog() throws {
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = \(ConnectionSettings.patience * 1_000)") }
            do {
                _ = try db.checkpoint(.truncate)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return
            }
        }
        walPages.count = 0
    }

    func close() throws { try queue.close() }
}

extension WriterConnection {
    /// Runs a statement as it is, for checks.
    func execute(_ sql: String) throws { try withoutTransaction { db in try db.execute(sql: sql) } }

    /// The value of a setting of this connection.
    func setting(_ name: String) throws -> Int? {
        try withoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA \(name)") }
    }
}
