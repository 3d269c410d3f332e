import Domain
import Foundation
import Services
import Store

/// The workspace as a clean exit leaves it, without a write-ahead log, or as a crash does, with one.
struct WriteAheadLog {
    private let database: String
    private let kept: Data

    /// Writes a little and keeps the log of it. Nobody else may have the workspace open.
    init(_ home: Home) throws {
        database = home.database
        let store = try DeskStore(
            file: home.database, lockFile: home.storeLock, wakeFile: home.wake, access: .readWrite,
            clock: { Instant(milliseconds: 0) })
        try store.writeNow { try $0.setSetting("bench.mark", "left over") }
        kept = try Data(contentsOf: URL(fileURLWithPath: home.database + "-wal"))
        store.close()
    }

    /// Takes log and index away.
    func remove() {
        for end in ["-wal", "-shm"] { unlink(database + end) }
    }

    /// Puts the log back without its index, as after a crash of the machine.
    func leave() throws {
        remove()
        try kept.write(to: URL(fileURLWithPath: database + "-wal"))
    }
}
