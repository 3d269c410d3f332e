import Synchronization

/// Work that several wait for. Who is cancelled does not end it for the others; when all who wait are, it is ended: a worker
/// that stops must not wait for a login that hangs.
final class SharedWork<Value: Sendable>: Sendable {
    private let task: Task<Value, Never>
    private let wanted = Mutex(0)

    init(_ work: @escaping @Sendable () async -> Value) { task = Task { await work() } }

    /// What came of it. Work that is ended tells so at once.
    func value() async -> Value {
        wanted.withLock { $0 += 1 }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            let isWanted = wanted.withLock { wanted in
                wanted -= 1
                return wanted > 0
            }
            if !isWanted { task.cancel() }
        }
    }
}
