internal import GRDB
internal import Synchronization

/// A read-only connection, opened at its first use. One query at a time.
final class ReaderConnection: Sendable {
    private let file: String
    private let label: String
    private let opened = Mutex<Opened>(.notYet)

    private enum Opened {
        case notYet
        case open(DatabaseQueue)
        case closed
    }

    init(file: String, label: String) {
        self.file = file
        self.label = label
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        let problem: any Error
        do {
            let queue = try connection()
            return try queue.read(body)
        } catch {
            problem = StoreProblem.mapped(error)
        }
        // A full disk has no room for the index of the log that readers share; without a log none is needed.
        guard problem as? StoreProblem == .full, let resting = RestingFile(file) else { throw problem }
        let found = try resting.read(label: label, body)
        guard resting.isUnchanged else { throw problem }
        return found
    }

    private func connection() throws -> DatabaseQueue {
        try opened.withLock { opened in
            switch opened {
            case .closed: throw StoreProblem.closed
            case .open(let queue): return queue
            case .notYet:
                do {
                    let queue = try DatabaseQueue(path: file, configuration: ConnectionSettings.reader(label: label))
                    opened = .open(queue)
                    return queue
                } catch {
                    throw StoreProblem.mapped(error)
                }
            }
        }
    }

    func close() {
        let queue: DatabaseQueue? = opened.withLock { opened in
            defer { opened = .closed }
            if case .open(let queue) = opened { return queue }
            return nil
        }
        try? queue?.close()
    }
}
