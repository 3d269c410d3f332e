import Domain
import Synchronization

/// The worker's timers. None is set while there is nothing to wait for.
final class WorkerAlarms: Sendable {
    private struct Set {
        var next: Task<Void, Never>?
        var number = 0
        var renewal: Task<Void, Never>?
        var deadline: Task<Void, Never>?
    }

    private let wait: Surroundings.Pause
    private let mailbox: WorkerMailbox
    private let set = Mutex(Set())

    init(wait: @escaping Surroundings.Pause, mailbox: WorkerMailbox) {
        self.wait = wait
        self.mailbox = mailbox
    }

    /// For the next look at the queue.
    func set(after duration: Duration, _ event: WorkerEvent) {
        replaceNext { _ in self.task(max(duration, .milliseconds(1)), event) }
    }

    func setLinger(after duration: Duration) {
        replaceNext { self.task(duration, .lingered($0)) }
    }

    func cancelNext() { replaceNext { _ in nil } }

    /// Whether the linger of this number was not replaced since; asked when it rings.
    func isCurrent(_ number: Int) -> Bool { set.withLock { $0.number == number } }

    private func replaceNext(_ make: (Int) -> Task<Void, Never>?) {
        set.withLock { set in
            set.next?.cancel()
            set.number += 1
            set.next = make(set.number)
        }
    }

    /// Does nothing when it is set already.
    func setRenewal(after duration: Duration) {
        set.withLock { set in
            if set.renewal == nil { set.renewal = task(duration, .renew) { $0.renewal = nil } }
        }
    }

    func cancelRenewal() {
        set.withLock { set in
            set.renewal?.cancel()
            set.renewal = nil
        }
    }

    func setDeadline(after duration: Duration) {
        set.withLock { set in
            if set.deadline == nil { set.deadline = task(duration, .deadline) { $0.deadline = nil } }
        }
    }

    func cancelAll() {
        cancelNext()
        cancelRenewal()
        set.withLock { $0.deadline?.cancel() }
    }

    private func task(
        _ duration: Duration, _ event: WorkerEvent, _ rang: @escaping @Sendable (inout Set) -> Void = { _ in }
    ) -> Task<Void, Never> {
        let (wait, mailbox) = (wait, mailbox)
        return Task { [weak self] in
            do { try await wait(duration) } catch { return }
            self?.set.withLock { rang(&$0) }
            mailbox.post(event)
        }
    }
}
