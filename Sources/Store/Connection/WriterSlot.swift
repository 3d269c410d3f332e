internal import Domain
internal import GRDB
internal import Synchronization

/// Holds the writing connection: opened at the first write, under the file lock, and opened anew after the disk
/// reported a fault, for what a connection believes after a failed sync is not to be trusted (reliability 11).
final class WriterSlot: Sendable {
    /// @unchecked: the connection is touched only inside `opened`'s lock.
    private struct Box: @unchecked Sendable {
        var connection: WriterConnection?
        var mustCheck = false
    }

    private let file: String
    private let lock: FileLock
    private let opened = Mutex(Box())

    init(file: String, lock: FileLock) {
        self.file = file
        self.lock = lock
    }

    func use<T>(_ body: (WriterConnection) throws -> T) throws -> T {
        var outcome: Result<T, any Error>?
        opened.withLock { box in
            outcome = Result { try lock.whileHeld { try body(Self.connection(in: &box, file: file)) } }
            if case .failure(let error) = outcome, let end = Self.end(error) {
                try? lock.whileHeld { try box.connection?.close() }
                box.connection = nil
                if end == .damaged { box.mustCheck = true }
            }
        }
        guard let outcome else { throw StoreProblem.closed }
        return try outcome.get()
    }

    private static func connection(in box: inout Box, file: String) throws -> WriterConnection {
        if let connection = box.connection { return connection }
        let connection = try WriterConnection(file: file)
        if box.mustCheck {
            let verdict = try connection.withoutTransaction { db in
                try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
            }
            guard verdict == "ok" else { throw StoreProblem.corrupt(verdict ?? "no verdict") }
            box.mustCheck = false
        }
        box.connection = connection
        return connection
    }

    /// Why a connection is not used again.
    private enum End { case damaged, readOnly }

    private static func end(_ error: any Error) -> End? {
        switch StoreProblem.mapped(error) as? StoreProblem {
        case .io, .corrupt: .damaged
        // A file that could not be written was opened for reading, and stays so although it can be written by now.
        case .readOnly: .readOnly
        default: nil
        }
    }

    /// From this size on a log is not left behind, be it that another process wrote it.
    private static let logLeft = 1 << 20

    /// Whoever closes is on the way out, and what it would tidy up the next one does as well.
    private static let patienceAtEnd = Duration.milliseconds(250)

    /// Closing the last connection checkpoints, so it happens under the lock; without the lock the connection stays. A
    /// connection that only reads cannot, and where others go on none is the last: so a long log is emptied first.
    func close() {
        opened.withLock { box in
            let isLong = (StoreFiles(database: file).logByteCount ?? 0) > Self.logLeft
            guard box.connection != nil || isLong else { return }
            let isClosed: Void? = try? lock.whileHeld(limit: Self.patienceAtEnd) {
                let connection = try Self.connection(in: &box, file: file)
                if isLong { try? connection.truncateLog() }
                try connection.close()
            }
            if isClosed != nil { box.connection = nil }
        }
    }
}
