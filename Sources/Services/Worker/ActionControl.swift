import Domain
import Synchronization

/// The reins of one action under way: it may be ended until its request leaves; from then on its answer is waited for,
/// since one that arrived and is not stored leaves the action in doubt (facts: reliability 3).
final class ActionControl: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var isEnded = false
        var isStopping = false
        /// Until when an answer may come; nil as long as nothing has left.
        var deadline: Instant?
    }
    private let state = Mutex(State())

    func govern(_ task: Task<Void, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.isEnded
        }
        if isLate { task.cancel() }
    }

    /// Asked before a request leaves.
    ///
    /// - Returns: false when it was ended meanwhile, and nothing may leave.
    func leaves(until deadline: Instant) -> Bool {
        state.withLock { state in
            guard !state.isEnded else { return false }
            state.deadline = deadline
            return true
        }
    }

    /// Asked when the answer is here and questions follow before it can be sent once more: these may be ended.
    ///
    /// - Returns: false when a stop was asked for, and none is to be begun.
    func mayAskOn() -> Bool {
        state.withLock { state in
            state.deadline = nil
            return !state.isEnded && !state.isStopping
        }
    }

    /// A stop was asked for: what is under way goes on for its time, and nothing is begun that could wait.
    func noteStop() { state.withLock { $0.isStopping = true } }

    /// Ends it, unless an answer may come after `moment`.
    ///
    /// - Returns: until when one may; nil when it was ended.
    func end(unlessAnsweredAfter moment: Instant) -> Instant? {
        // Looked at and ended in one step: nothing may leave in between.
        let (deadline, task) = state.withLock { state -> (Instant?, Task<Void, Never>?) in
            if let deadline = state.deadline, deadline > moment { return (deadline, nil) }
            state.isEnded = true
            return (nil, state.task)
        }
        task?.cancel()
        return deadline
    }

    func end() {
        let task = state.withLock { state in
            state.isEnded = true
            return state.task
        }
        task?.cancel()
    }
}
