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

/// The worker's events in order. A storm of commits is one wake.
final class WorkerMailbox: Sendable {
    let events: AsyncStream<WorkerEvent>
    private let continuation: AsyncStream<WorkerEvent>.Continuation
    private let hasWake = Atomic<Bool>(false)

    init() { (events, continuation) = AsyncStream.makeStream(of: WorkerEvent.self) }

    func post(_ event: WorkerEvent) { continuation.yield(event) }

    func postWake() {
        if !hasWake.exchange(true, ordering: .acquiringAndReleasing) { post(.wake) }
    }

    /// Called before the store is read, so that a later commit wakes again.
    func wakeIsRead() { hasWake.store(false, ordering: .releasing) }
}
