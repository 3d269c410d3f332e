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
        let queue = try connection()
        do {
            return try queue.read(body)
        } catch {
            throw StoreProblem.mapped(error)
        }
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
