internal import Dispatch
public import Domain
internal import GRDB
internal import Synchronization

/// The workspace's database: one door for reading, one for writing, safe to use from any thread.
///
/// Writes of one process go through one connection and are durable when they return. Reads use connections of their
/// own and never wait for writes. Calls must not be nested in one another's bodies.
public final class DeskStore: Sendable {
    public enum Access: Sendable { case readOnly, readWrite }

    private let access: Access
    private let front: ReaderConnection
    private let back: ReaderConnection
    private let gate: WriterGate?
    private let readQueue = DispatchQueue(label: "portaldesk.store.reader")
    private let file: String

    /// Opens the workspace's database; for writing, makes it when absent and brings an older schema up to date.
    ///
    /// - Parameters:
    ///   - lockFile: held, by `flock`, around everything that writes; shared by all processes of the workspace.
    ///   - wakeFile: one byte of it is rewritten after every commit (inotify: IN_MODIFY).
    ///   - clock: dates the migrations.
    public init(
        file: String, lockFile: String, wakeFile: String, access: Access, clock: @escaping @Sendable () -> Instant
    ) throws(StoreProblem) {
        self.access = access
        self.file = file
        front = ReaderConnection(file: file, label: "portaldesk.front")
        back = ReaderConnection(file: file, label: "portaldesk.back")
        let files = StoreFiles(database: file)
        let size = files.byteCount
        if access == .readOnly {
            guard let size, size > 0 else { throw .missing }
            gate = nil
            try Self.requireCurrent(front)
            return
        }
        let slot = WriterSlot(file: file, lock: try FileLock(path: lockFile))
        gate = WriterGate(slot: slot, wake: try WakeFile(path: wakeFile))
        if size == nil { try files.create() }
        try typed {
            let found = (size ?? 0) > 0 ? try self.front.read(Schema.found) : .empty
            if found != .ours(version: Schema.version) {
                try slot.use { writer in try Schema.migrate(writer, now: clock()) }
            }
        }
    }

    deinit { close() }

    /// Whether a database stands at `file`. Says nothing about what it holds.
    public static func exists(file: String) -> Bool { (StoreFiles(database: file).byteCount ?? 0) > 0 }

    /// Answers at once on the calling thread: for first paint and commands; for tasks only what an index finds at once.
    public func readNow<T>(_ body: (StoreReader) throws -> T) throws -> T {
        try front.read { db in try body(StoreReader(db)) }
    }

    /// Answers on the calling thread when that takes no longer than `limit`; nil when it would.
    public func readAtOnce<T>(within limit: Duration, _ body: (StoreReader) throws -> T) throws -> T? {
        do {
            return try front.read { db in try Deadline.limiting(db, to: limit) { try body(StoreReader(db)) } }
        } catch StoreProblem.slow {
            return nil
        }
    }

    /// Answers on a thread of the store's own.
    public func read<T: Sendable>(_ body: @escaping @Sendable (StoreReader) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            readQueue.async { [back] in
                continuation.resume(with: Result { try back.read { db in try body(StoreReader(db)) } })
            }
        }
    }

    /// Writes as one unit, durable when this returns: at once when nobody writes, else with the next group.
    /// A body's error undoes that body alone. The body may call nothing but the writer it is given, and is run again when
    /// another one that shares its commit refused.
    ///
    /// - Parameter isPatient: whether it may wait some milliseconds for others to share its commit.
    public func write<T: Sendable>(
        isPatient: Bool = false, _ body: @escaping @Sendable (StoreWriter) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit(body, isPatient: isPatient) { continuation.resume(with: $0) }
        }
    }

    /// `write` for commands: blocks the calling thread, which must not be a task's.
    public func writeNow<T: Sendable>(_ body: @escaping @Sendable (StoreWriter) throws -> T) throws -> T {
        let box = AnswerBox<T>()
        let done = DispatchSemaphore(value: 0)
        submit(body) { result in
            box.answer.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let result = box.answer.withLock({ $0 }) else { throw StoreProblem.closed }
        return try result.get()
    }

    private final class AnswerBox<T: Sendable>: Sendable {
        let answer = Mutex<Result<T, any Error>?>(nil)
    }

    private func submit<T: Sendable>(
        _ body: @escaping @Sendable (StoreWriter) throws -> T, isPatient: Bool = false,
        _ answer: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        guard let gate else { return answer(.failure(StoreProblem.readOnly)) }
        let box = AnswerBox<T>()
        gate.submit(
            WriterGate.Waiting(
                isPatient: isPatient,
                run: { writer in
                    let value = try body(writer)
                    box.answer.withLock { $0 = .success(value) }
                },
                conclude: { failure in
                    let kept = box.answer.withLock { $0 }
                    answer(failure.map { .failure($0) } ?? kept ?? .failure(StoreProblem.closed))
                }))
    }

    /// Moves what waits in the write-ahead log into the file and gives the log's room back, as far as readers allow. Does
    /// nothing when it cannot.
    public func checkpoint() async {
        guard let gate else { return }
        await withCheckedContinuation { continuation in
            readQueue.async {
                try? gate.exclusively { writer in try writer.truncateLog() }
                continuation.resume()
            }
        }
    }

    /// Waits for running writes, then closes every connection. Later calls fail with `.closed`.
    public func close() {
        front.close()
        back.close()
        gate?.close()
    }

    /// Transactions committed, and bodies kept in them, since the store was opened.
    public var batchStatistics: (commits: Int, bodies: Int) { gate?.statistics ?? (0, 0) }

    /// Reads the whole file, its rules and its counters (seconds at a million jobs).
    /// - Returns: what is wrong, one line each; empty when all is well.
    public func checkIntegrity() async throws -> [String] {
        let checker = ReaderConnection(file: file, label: "portaldesk.check")
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try checker.read(IntegrityCheck.findings) })
                checker.close()
            }
        }
    }

    /// The database's file, for connections of a verification's own.
    var databasePath: String { file }

    /// For checks of how the store writes.
    func withWriter<T>(_ body: (WriterConnection) throws -> T) throws -> T {
        guard let gate else { throw StoreProblem.readOnly }
        return try gate.exclusively(body)
    }

    private static func requireCurrent(_ reader: ReaderConnection) throws(StoreProblem) {
        let found = try typed { try reader.read(Schema.found) }
        guard found == .ours(version: Schema.version) else {
            if found == .empty { throw .notAWorkspace }
            throw .refused("the workspace has an older schema: open it once for writing")
        }
    }
}

/// Runs `body`, whose errors are the store's own or the library's.
private func typed<T>(_ body: () throws -> T) throws(StoreProblem) -> T {
    do {
        return try body()
    } catch {
        throw StoreProblem.mapped(error) as? StoreProblem ?? .io("unexpected fault")
    }
}
