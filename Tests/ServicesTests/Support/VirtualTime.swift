import Domain
import Synchronization

/// Time that stands still until a test moves it. Who waits for it is woken when its moment has come.
final class VirtualTime: Sendable {
    private struct Sleeper {
        var id: Int
        var until: Instant
        var wake: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Instant
        var next = 0
        var sleepers: [Sleeper] = []
        var watchers: [Int: (wanted: Duration, found: CheckedContinuation<Void, Never>)] = [:]
        /// Waits that returned at once, inside attempts.
        var pauses: [Duration] = []
    }

    private let state: Mutex<State>

    init(_ start: Instant = Instant(seconds: 1_795_180_000)) { state = Mutex(State(now: start)) }

    var now: Instant { state.withLock { $0.now } }
    var pauses: [Duration] { state.withLock { $0.pauses } }
    /// How long everyone who waits still has to wait.
    var waits: [Duration] { state.withLock { state in state.sleepers.map { $0.until.since(state.now) } } }

    /// Notes the wait and returns at once.
    func pause(_ duration: Duration) throws {
        try Task.checkCancellation()
        state.withLock { $0.pauses.append(duration) }
    }

    /// Waits until the time was moved far enough.
    func sleep(_ duration: Duration) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    state.sleepers.append(Sleeper(id: id, until: state.now + duration, wake: wake))
                    let seen = state.watchers.filter { $1.wanted == duration }
                    seen.keys.forEach { state.watchers[$0] = nil }
                    return seen.values.map(\.found)
                }
                watchers.forEach { $0.resume() }
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Returns when somebody waits for exactly this long, or when the task is cancelled.
    func untilSomebodySleeps(_ duration: Duration) async {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { found in
                let isThere = state.withLock { state in
                    if state.sleepers.contains(where: { $0.until.since(state.now) == duration }) { return true }
                    state.watchers[id] = (duration, found)
                    return false
                }
                if isThere { found.resume() }
                if Task.isCancelled { forget(id) }
            }
        } onCancel: {
            forget(id)
        }
    }

    private func forget(_ id: Int) { state.withLock { $0.watchers.removeValue(forKey: id) }?.found.resume() }

    /// Moves the time by `duration` whenever somebody waits for exactly that, while `body` runs.
    func passing<Result>(_ duration: Duration, while body: () async throws -> Result) async rethrows -> Result {
        let driver = Task {
            while !Task.isCancelled {
                await untilSomebodySleeps(duration)
                if !Task.isCancelled { advance(duration) }
            }
        }
        defer { driver.cancel() }
        return try await body()
    }

    func advance(_ duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now + duration
            let now = state.now
            let woken = state.sleepers.filter { $0.until <= now }
            state.sleepers.removeAll { $0.until <= now }
            return woken
        }
        woken.forEach { $0.wake.resume() }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else { return nil }
            return state.sleepers.remove(at: index)
        }
        sleeper?.wake.resume(throwing: CancellationError())
    }
}
