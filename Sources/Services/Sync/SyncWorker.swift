import Dispatch
import Domain
import Foundation
import Store
import Synchronization

/// The background process of a workspace: claims jobs, runs them through their connectors, keeps leases alive.
///
/// It sleeps until a commit, a finished job or the next due time; nothing is polled.
public actor SyncWorker {
    public struct Options: Sendable {
        /// End when nothing is queued or running; waiting jobs do not hold it.
        public var untilIdle = false
        public var concurrency: Int
        /// End after so long without work; nil stays for ever (under a service manager).
        public var linger: Duration? = .seconds(60)

        public init(untilIdle: Bool = false, concurrency: Int, linger: Duration? = .seconds(60)) {
            self.untilIdle = untilIdle
            self.concurrency = concurrency
            self.linger = linger
        }
    }

    /// Facts: reliability 3.
    private static let lease = Duration.seconds(60)
    private static let renewal = Duration.seconds(20)
    private static let graceAtStop = Duration.seconds(25)

    private let workspace: Workspace
    private let options: Options
    private let runner: JobRunner
    private let owner: String
    private let lock: FileLock
    private var running: [JobLease: Task<Void, Never>] = [:]
    private var isStopping = false
    private let events: AsyncStream<Event>
    private let post: AsyncStream<Event>.Continuation

    private enum Event: Sendable { case wake, finished(JobLease), due, renew, lingered(Int), stop, deadline }

    /// - Throws: a `Complaint` (75) when a worker runs already.
    public init(_ workspace: Workspace, options: Options) throws(Complaint) {
        guard let lock = FileLock.take(workspace.home.workerLock, note: "\(getpid())") else {
            throw Complaint(
                "a worker runs for this workspace already", remedy: "It does the work; nothing to do", status: .tryLater
            )
        }
        self.lock = lock
        self.workspace = workspace
        self.options = options
        owner = workspace.surroundings.random.bytes(16).map { String(format: "%02x", $0) }.joined()
        runner = JobRunner(workspace: workspace, owner: owner)
        (events, post) = AsyncStream.makeStream(of: Event.self)
    }

    /// Asks for an orderly end: nothing new is claimed, what runs may finish for 25 s and is then given back.
    public nonisolated func stop() { post.yield(.stop) }

    /// Runs until idle, lingered out or stopped.
    public func run() async throws(Complaint) {
        defer { lock.release() }
        try await recover()
        let watcher = WakeWatcher(path: workspace.home.wake, queue: DispatchQueue(label: "worker.wake")) { [post] in
            post.yield(.wake)
        }
        defer { _ = watcher }
        let renewing = every(Self.renewal, .renew)
        defer { renewing.cancel() }
        var waiting = try await claimAndSchedule()
        // Nothing to do from the start: look once more and end, instead of waiting for an event that may never come.
        if waiting.endsNow { post.yield(.due) }
        for await event in events {
            if waiting.isOver(event) { break }
            switch event {
            case .finished(let lease): running[lease] = nil
            case .renew: try await renew()
            case .stop: beginStop()
            case .deadline: running.values.forEach { $0.cancel() }
            case .wake: try await noticeCancellations()
            case .due, .lingered: break
            }
            if isStopping && running.isEmpty { break }
            waiting.cancel()
            waiting = try await claimAndSchedule()
            if waiting.endsNow { break }
        }
        waiting.cancel()
        await workspace.store.checkpoint()
    }

    /// Having the lock means that every lease of another boot is void.
    private func recover() async throws(Complaint) {
        let now = workspace.now
        let owner = owner
        let limit = workspace.settings.worker.quarantineAfter
        try await workspace.write { writer in
            let recovered = try writer.voidLeases(otherThan: owner, now: now, quarantineAfter: limit)
            for id in recovered.recovered {
                let message = "the worker ended in the middle; the same attempt is taken up again"
                try writer.appendLog(id, [JobLogEntry(at: now, level: .warning, step: "recover", message: message)])
            }
            for id in recovered.quarantined {
                let message = "the worker died on this job \(limit) times; it is set aside"
                try writer.appendLog(id, [JobLogEntry(at: now, level: .error, step: "recover", message: message)])
            }
        }
    }

    /// What the worker waits for between two events.
    private struct Waiting {
        var timer: Task<Void, Never>?
        var number: Int
        var endsNow = false
        func cancel() { timer?.cancel() }
        func isOver(_ event: Event) -> Bool {
            if case .lingered(let number) = event { number == self.number } else { false }
        }
    }
    private var waits = 0

    private func claimAndSchedule() async throws(Complaint) -> Waiting {
        waits += 1
        if isStopping { return Waiting(timer: nil, number: waits) }
        let free = options.concurrency - running.count
        let now = workspace.now
        let due = try await workspace.read { try $0.nextDue() }
        if free > 0, let due, due <= now { try await claim(free) }
        guard running.isEmpty else {
            let isFull = running.count >= options.concurrency
            return isFull ? Waiting(timer: nil, number: waits) : await waiting(for: now)
        }
        if options.untilIdle { return Waiting(timer: nil, number: waits, endsNow: true) }
        return await waiting(for: now)
    }

    /// A timer to the next due time; without one, to the end of the lingering.
    private func waiting(for now: Instant) async -> Waiting {
        let number = waits
        if let due = try? await workspace.read({ try $0.nextDue() }) {
            let wait = max(due.since(workspace.now), .milliseconds(50))
            return Waiting(timer: after(wait, .due), number: number)
        }
        guard running.isEmpty, let linger = options.linger else { return Waiting(timer: nil, number: number) }
        return Waiting(timer: after(linger, .lingered(number)), number: number)
    }

    private func claim(_ limit: Int) async throws(Complaint) {
        let now = workspace.now
        let owner = owner
        let claimed = try await workspace.write {
            try $0.claim(owner: owner, limit: limit, until: now + Self.lease, now: now)
        }
        for job in claimed {
            let runner = runner
            let post = post
            running[job.lease] = Task {
                await runner.run(job)
                post.yield(.finished(job.lease))
            }
        }
    }

    private func renew() async throws(Complaint) {
        let leases = Array(running.keys)
        guard !leases.isEmpty else { return }
        let until = workspace.now + Self.lease
        let owner = owner
        let renewed = try await workspace.write { try $0.renew(owner: owner, leases, until: until) }
        for lease in leases where !renewed.held.contains(lease) || renewed.cancelRequested.contains(lease) {
            running[lease]?.cancel()
        }
    }

    private func noticeCancellations() async throws(Complaint) {
        let leases = Array(running.keys)
        guard !leases.isEmpty else { return }
        let wanted = try await workspace.read { reader in try leases.filter { try reader.isCancelRequested($0.id) } }
        wanted.forEach { running[$0]?.cancel() }
    }

    private func beginStop() {
        if isStopping { running.values.forEach { $0.cancel() } }
        isStopping = true
        runner.isStopping.store(true, ordering: .relaxed)
        _ = after(Self.graceAtStop, .deadline)
    }

    private func after(_ wait: Duration, _ event: Event) -> Task<Void, Never> {
        let post = post
        return Task {
            do { try await Task.sleep(for: wait) } catch { return }
            post.yield(event)
        }
    }

    /// Ticks only matter while jobs run; an idle worker is woken by nothing.
    private func every(_ period: Duration, _ event: Event) -> Task<Void, Never> {
        let post = post
        return Task {
            while !Task.isCancelled {
                do { try await Task.sleep(for: period) } catch { return }
                post.yield(event)
            }
        }
    }
}
