import Synchronization

/// The reins of one running job: why it must end before its time, told to it once.
final class JobControl: Sendable {
    enum End: Sendable {
        /// A person cancelled it.
        case person
        /// The worker stops; the job is given back.
        case stop
        /// Its lease is lost, or cannot be proved any more.
        case lost
    }

    private struct State {
        var end: End?
        var task: Task<Void, Never>?
    }
    private let state = Mutex(State())

    /// Why the job must end; nil while it may go on. The first reason stands.
    var ending: End? { state.withLock { $0.end } }

    func govern(_ task: Task<Void, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.end != nil
        }
        if isLate { task.cancel() }
    }

    func end(_ reason: End) {
        let task = state.withLock { state in
            if state.end == nil { state.end = reason }
            return state.task
        }
        task?.cancel()
    }
}

/// A job that runs in this worker.
struct RunningJob: Sendable {
    var control: JobControl
    /// Name of the provider that serves it; nil when none does.
    var provider: String?
}
