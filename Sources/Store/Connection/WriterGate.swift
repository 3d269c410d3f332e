internal import Dispatch
internal import Domain
internal import GRDB
internal import Synchronization

/// Lets bodies write one after another, committing those that wait together as one transaction: at once when
/// nobody writes, else with the next group (performance 5: natural batching). Who is patient waits some milliseconds for
/// company; nobody else meets a timer.
final class WriterGate: Sendable {
    /// One body on its way. It may be run twice; what the first run wrote is undone then. @unchecked: handed from the
    /// caller to the writer's queue, never used by both at once.
    final class Waiting: @unchecked Sendable {
        let run: (StoreWriter) throws -> Void
        let conclude: ((any Error)?) -> Void
        /// Whether it may wait a moment for others to share its commit.
        let isPatient: Bool
        init(
            isPatient: Bool = false, run: @escaping (StoreWriter) throws -> Void,
            conclude: @escaping ((any Error)?) -> Void
        ) {
            self.isPatient = isPatient
            self.run = run
            self.conclude = conclude
        }
    }

    private struct State {
        var waiting: [Waiting] = []
        var isDraining = false
        /// Whether a drain is set for those that wait for company.
        var isDrainSet = false
        var isClosed = false
        var commits = 0
        var bodies = 0
    }

    private static let largestGroup = 256
    /// Nobody sees so short a wait, and a commit costs more than most bodies.
    private static let company = DispatchTimeInterval.milliseconds(10)

    private enum Start { case refused, now, soon, notNeeded }
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
        let start = state.withLock { state -> Start in
            guard !state.isClosed else { return .refused }
            state.waiting.append(body)
            if state.isDraining { return .notNeeded }
            if body.isPatient { return Self.setDrain(&state) }
            state.isDraining = true
            return .now
        }
        begin(start)
        if case .refused = start { body.conclude(StoreProblem.closed) }
    }

    private static func setDrain(_ state: inout State) -> Start {
        defer { state.isDrainSet = true }
        return state.isDrainSet ? .notNeeded : .soon
    }

    private func begin(_ start: Start) {
        switch start {
        case .refused, .notNeeded: break
        case .now: queue.async { self.drain() }
        case .soon: queue.asyncAfter(deadline: .now() + Self.company) { self.drainSet() }
        }
    }

    private func drainSet() {
        let mustDrain = state.withLock { state in
            state.isDrainSet = false
            // The writer's queue is ours now: nobody else drains.
            defer { state.isDraining = !state.waiting.isEmpty }
            return !state.waiting.isEmpty
        }
        if mustDrain { drain(includingPatient: true) }
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
            queue.sync {
                while let group = nextGroup(isDue: true) { commit(group) }
                slot.close()
            }
        }
    }

    private func drain(includingPatient: Bool = false) {
        var isDue = includingPatient
        while let group = nextGroup(isDue: isDue) {
            commit(group)
            isDue = false
        }
    }

    /// - Parameter isDue: whether those that only wait for company have waited enough.
    private func nextGroup(isDue: Bool) -> [Waiting]? {
        let (group, start) = state.withLock { state -> ([Waiting]?, Start) in
            guard isDue && !state.waiting.isEmpty || state.waiting.contains(where: { !$0.isPatient }) else {
                state.isDraining = false
                return (nil, state.waiting.isEmpty ? .notNeeded : Self.setDrain(&state))
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return (group, .notNeeded)
        }
        begin(start)
        return group
    }

    private func commit(_ group: [Waiting]) {
        var failures = [(any Error)?](repeating: nil, count: group.count)
        var isCheckpointDue = false
        do {
            try slot.use { writer in
                if try !Self.all(group, in: writer) { failures = try Self.each(of: group, in: writer) }
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

    /// One of several bodies refused; nothing is written.
    private struct Refused: Error {}

    /// Writes all of them as one. Almost always none refuses, and a savepoint for each makes the full-text index write
    /// what it has gathered, body by body.
    ///
    /// - Returns: false when one of several refused: nothing is written then, and each has to be run again.
    /// - Throws: what must undo the whole group: the transaction is gone, or the body is the whole group.
    private static func all(_ group: [Waiting], in writer: WriterConnection) throws -> Bool {
        do {
            try writer.transaction { db in
                let counters = CounterDeltas()
                for body in group {
                    do {
                        try body.run(StoreWriter(db: db, counters: counters))
                    } catch {
                        throw group.count > 1 && db.isInsideTransaction ? Refused() : error
                    }
                }
                try counters.flush(db)
            }
            return true
        } catch is Refused {
            return false
        }
    }

    /// Writes each of them that does not refuse.
    ///
    /// - Returns: what each threw when that undid it alone.
    private static func each(of group: [Waiting], in writer: WriterConnection) throws -> [(any Error)?] {
        try writer.transaction { db in
            let counters = CounterDeltas()
            let failures = try group.map { try failure(of: $0, in: db, counters) }
            try counters.flush(db)
            return failures
        }
    }

    /// - Throws: when the transaction is gone.
    private static func failure(
        of body: Waiting, in db: Database, _ counters: CounterDeltas
    ) throws -> (any Error)? {
        let before = counters.snapshot
        do {
            try db.inSavepoint {
                try body.run(StoreWriter(db: db, counters: counters))
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
