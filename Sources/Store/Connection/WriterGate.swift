internal import Dispatch
internal import Domain
internal import GRDB
internal import Synchronization

/// Lets bodies write one after another, committing those that wait together as one transaction: at once when
/// nobody writes, else with the next group (performance 5: natural batching, no timer).
final class WriterGate: Sendable {
    /// One body on its way. @unchecked: handed from the caller to the writer's queue, never used by both at once.
    final class Waiting: @unchecked Sendable {
        let run: (StoreWriter) throws -> Void
        let conclude: ((any Error)?) -> Void
        init(run: @escaping (StoreWriter) throws -> Void, conclude: @escaping ((any Error)?) -> Void) {
            self.run = run
            self.conclude = conclude
        }
    }

    private struct State {
        var waiting: [Waiting] = []
        var isDraining = false
        var isClosed = false
        var commits = 0
        var bodies = 0
    }

    private static let largestGroup = 256
    private let queue = DispatchQueue(label: "portaldesk.store.writer")
    private let state = Mutex(State())
    private let slot: WriterSlot
    private let wake: WakeFile

    init(slot: WriterSlot, wake: WakeFile) {
        self.slot = slot
        self.wake = wake
        queue.setSpecific(key: Self.onQueue, value: ObjectIdentifier(self))
    }

    /// Tells whether the caller runs on the writer's own queue.
    private static let onQueue = DispatchSpecificKey<ObjectIdentifier>()

    var statistics: (commits: Int, bodies: Int) { state.withLock { ($0.commits, $0.bodies) } }

    func submit(_ body: Waiting) {
        let (isRefused, mustStart) = state.withLock { state in
            guard !state.isClosed else { return (true, false) }
            state.waiting.append(body)
            defer { state.isDraining = true }
            return (false, !state.isDraining)
        }
        if isRefused { body.conclude(StoreProblem.closed) }
        if mustStart { queue.async { self.drain() } }
    }

    /// Runs `body` on the writer's queue under the lock, between groups.
    func exclusively<T>(_ body: (WriterConnection) throws -> T) throws -> T {
        try queue.sync { try slot.use(body) }
    }

    func close() {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        // A body that is let go may have held the last of the store, which then closes here: waiting would be for ever.
        if DispatchQueue.getSpecific(key: Self.onQueue) == ObjectIdentifier(self) {
            let slot = slot
            queue.async { slot.close() }
        } else {
            queue.sync { slot.close() }
        }
    }

    private func drain() {
        while let group = nextGroup() { commit(group) }
    }

    private func nextGroup() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [Waiting]) {
        var failures = [(any Error)?](repeating: nil, count: group.count)
        var isCheckpointDue = false
        do {
            try slot.use { writer in
                try writer.transaction { db in
                    let counters = CounterDeltas()
                    for (index, body) in group.enumerated() {
                        failures[index] = try Self.failure(of: body, in: db, counters, isAlone: group.count == 1)
                    }
                    try counters.flush(db)
                }
                isCheckpointDue = writer.isCheckpointDue
            }
            wake.touch()
        } catch {
            let problem = StoreProblem.mapped(error)
            for index in failures.indices where failures[index] == nil { failures[index] = problem }
        }
        let succeeded = failures.count { $0 == nil }
        state.withLock { state in
            state.commits += succeeded > 0 ? 1 : 0
            state.bodies += succeeded
        }
        for (body, failure) in zip(group, failures) { body.conclude(failure) }
        // Nobody waits for the checkpoint: what was written is durable already.
        if isCheckpointDue { try? slot.use { writer in try writer.checkpoint() } }
    }

    /// What the body threw when that undid it alone.
    /// - Throws: what must undo the whole group: the transaction is gone, or the body is the whole group.
    private static func failure(
        of body: Waiting, in db: Database, _ counters: CounterDeltas, isAlone: Bool
    ) throws -> (any Error)? {
        let writer = StoreWriter(db: db, counters: counters)
        if isAlone {
            try body.run(writer)
            return nil
        }
        let before = counters.snapshot
        do {
            try db.inSavepoint {
                try body.run(writer)
                return .commit
            }
            return nil
        } catch {
            guard db.isInsideTransaction else { throw error }
            counters.restore(before)
            return StoreProblem.mapped(error)
        }
    }
}
