import Store
import Synchronization

/// What a worker is woken by.
enum WorkerEvent: Sendable, Hashable {
    /// Something was committed, by whatever process.
    case wake
    case finished(JobLease)
    /// An operation went as far as it goes now.
    case acted(OperationLease)
    case due
    /// The refreshes that were under way are over.
    case refreshed
    /// The digests that were on their way have left, or could not.
    case mailed
    case renew
    /// The end of the time without work; the number names the alarm.
    case lingered(Int)
    case stop
    /// The end of the grace that a stop gives to what runs.
    case deadline
}

/// The worker's events in order. A storm of commits is one wake, and what came while the worker was busy is taken at
/// once: a look at the queue after each of many ended jobs would cost more than the jobs.
final class WorkerMailbox: Sendable {
    /// Tells that events wait; `take` gives them.
    let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation
    private let waiting = Mutex<[WorkerEvent]>([])

    init() { (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func post(_ event: WorkerEvent) {
        waiting.withLock { $0.append(event) }
        arrival.yield()
    }

    func postWake() {
        let isFirst = waiting.withLock { waiting in
            if waiting.contains(.wake) { return false }
            waiting.append(.wake)
            return true
        }
        if isFirst { arrival.yield() }
    }

    /// What came since the last time. Taken before the store is read, so that a later commit wakes again.
    func take() -> [WorkerEvent] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
