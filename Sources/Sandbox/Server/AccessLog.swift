import Domain
import Synchronization

/// Counts requests by call, and knows whether the server is idle.
final class AccessLog: Sendable {
    private struct Counts {
        var calls: [String: Int] = [:]
        var open = 0
        var total = 0
        var lastAt: Instant
        var records: [AccessRecord] = []
    }

    private let counts: Mutex<Counts>
    private let isKept: Bool

    /// - Parameter isKept: whether every request is kept, not only counted.
    init(now: Instant, isKept: Bool) {
        counts = Mutex(Counts(lastAt: now))
        self.isKept = isKept
    }

    func keep(_ record: AccessRecord) {
        if isKept { counts.withLock { $0.records.append(record) } }
    }

    var records: [AccessRecord] { counts.withLock { $0.records } }

    /// - Returns: the number of the request, from 1.
    func begin(_ call: String, at now: Instant) -> Int {
        counts.withLock { counts in
            counts.calls[call, default: 0] += 1
            counts.open += 1
            counts.total += 1
            counts.lastAt = now
            return counts.total
        }
    }

    func end(at now: Instant) {
        counts.withLock { counts in
            counts.open -= 1
            counts.lastAt = now
        }
    }

    var calls: [String: Int] { counts.withLock { $0.calls } }
    var open: Int { counts.withLock { $0.open } }
    var lastAt: Instant { counts.withLock { $0.lastAt } }
}
