import Synchronization

/// Work that several wait for. Who is cancelled does not end it for the others; when all who wait are, it is ended: a worker
/// that stops must not wait for a login that hangs.
final class SharedWork<Value: Sendable>: Sendable {
    private struct State {
        var wanted = 0
        var isEnded = false
    }

    private let task: Task<Value, Never>
    private let state = Mutex(State())

    init(_ work: @escaping @Sendable () async -> Value) { task = Task { await work() } }

    /// Whether it was ended because nobody wanted it any more. Who joins it even so is to begin anew where it failed.
    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// What came of it. Work that is ended tells so at once.
    func value() async -> Value {
        state.withLock { $0.wanted += 1 }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            let isWanted = state.withLock { state in
                state.wanted -= 1
                if state.wanted == 0 { state.isEnded = true }
                return state.wanted > 0
            }
            if !isWanted { task.cancel() }
        }
    }
}
