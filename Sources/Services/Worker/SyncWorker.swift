import Dispatch
import Domain
import Foundation
import Logging
import Store

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
    static let lease = Duration.seconds(60)
    static let renewal = Duration.seconds(20)
    static let graceAtStop = Duration.seconds(25)
    /// Looks at the queue that may fail in a row, with nothing running, before the worker gives up.
    static let patience = 5

    let workspace: Workspace
    let options: Options
    let runner: JobRunner
    let owner: String
    let log: Logger
    let alarms: WorkerAlarms
    let operations: OperationRunner
    var running: [JobLease: RunningJob] = [:]
    /// Operations under way.
    var acting: [OperationLease: Acting] = [:]
    var failedRenewals = 0
    var isRefreshing = false
    /// Digests on their way.
    var mailing: Task<Void, Never>?
    private var lock: FileLock
    private(set) var isStopping = false
    private var troubles = 0
    let mailbox = WorkerMailbox()

    /// - Throws: a `Complaint`: 75 when a worker runs already.
    public init(_ workspace: Workspace, options: Options) throws(Complaint) {
        lock = try Self.takeLock(workspace)
        self.workspace = workspace
        self.options = options
        owner = workspace.surroundings.random.bytes(16).map(Digits.hex).joined()
        log = Logger.worker(workspace)
        runner = try JobRunner(workspace: workspace, owner: owner, log: log)
        operations = OperationRunner(
            workspace: workspace, owner: owner,
            connections: ActionConnections(workspace: workspace, connectors: runner.connectors), log: log)
        alarms = WorkerAlarms(wait: workspace.surroundings.alarm, mailbox: mailbox)
    }

    private static func takeLock(_ workspace: Workspace) throws(Complaint) -> FileLock {
        if let lock = try FileLock.take(workspace.home.workerLock, note: "\(getpid())") { return lock }
        throw Complaint(
            "a worker runs for this workspace already", remedy: "It does the work; nothing to do", status: .tryLater)
    }

    /// Asks for an orderly end: nothing new is claimed, what runs may finish for 25 s and is then given back, but an action
    /// that has left is waited for until its request's deadline. Asked a second time it waits for nothing.
    public nonisolated func stop() { mailbox.post(.stop) }

    /// Runs until idle, lingered out or stopped.
    ///
    /// - Throws: a `Complaint` when the workspace cannot be used; no job is lost then.
    public func run() async throws(Complaint) {
        defer { lock.release() }
        try await requireSoundTrail()
        try await SettingsOnRecord(workspace: workspace).note()
        try await recover()
        try await workspace.settlePasswordNeeds()
        workspace.documents.clearDrafts()
        DocumentOpener.clearCopies(in: workspace.home.run)
        let watcher = WakeWatcher(path: workspace.home.wake, queue: DispatchQueue(label: "worker.wake")) { [mailbox] in
            mailbox.postWake()
        }
        log.info("started", metadata: ["owner": "\(owner.prefix(4))", "concurrency": "\(options.concurrency)"])
        let end = await serve()
        withExtendedLifetime(watcher) {}
        alarms.cancelAll()
        await closeTrail()
        if case .failure(let complaint) = end {
            log.error("ended", metadata: ["why": "\(complaint.description)"])
            throw complaint
        }
        log.info("ended")
    }

    private func serve() async -> Result<Void, Complaint> {
        if let end = await look() { return end }
        for await _ in mailbox.arrivals {
            let events = mailbox.take()
            for event in events where await handle(event, isAlone: events.count == 1) { return .success(()) }
            if let end = await look() { return end }
        }
        return .success(())
    }

    /// - Returns: whether the worker ends.
    private func handle(_ event: WorkerEvent, isAlone: Bool) async -> Bool {
        switch event {
        case .finished(let lease): finished(lease)
        case .renew:
            await renew()
            await renewOperations()
        case .acted(let lease): acting[lease] = nil
        case .stop: beginStop()
        case .deadline: endWhatMayEnd()
        case .wake: noticeCancellations()
        case .due: break
        case .refreshed: refreshesEnded()
        case .mailed: mailsEnded()
        case .lingered(let number):
            // What came together with it may be work, for now or for later: a look comes first.
            guard isAlone, alarms.isCurrent(number), running.isEmpty, acting.isEmpty else { return false }
            return await leave()
        }
        return false
    }

    /// Claims what may start and sets the alarm for what comes next.
    ///
    /// - Returns: how the worker ends; nil while it goes on.
    private func look() async -> Result<Void, Complaint>? {
        alarms.cancelNext()
        if isStopping { return running.isEmpty && acting.isEmpty && mailing == nil ? .success(await rest()) : nil }
        // One moment for both questions: what falls due between them would be in neither answer and wait for nobody.
        let now = workspace.now
        do throws(Complaint) {
            try await runSchedules(now)
            try await claimOperations(now)
            try await claim(now)
            try await refreshSessions(now)
            try await signTrail()
            troubles = 0
        } catch  where error.status == .notPermitted {
            log.error("ended", metadata: ["why": "\(error.description)"])
            return running.isEmpty ? .failure(error) : nil
        } catch {
            return trouble(error)
        }
        if isIdle, options.untilIdle { return await leave() ? .success(()) : await look() }
        do throws(Complaint) {
            try await setAlarm(now)
        } catch {
            return trouble(error)
        }
        return nil
    }

    /// How long a worker stays for a login that waits for a one-time password: somebody has to ring the taxpayer up. What
    /// one of these portals lives is not published; ten minutes is what others take.
    private static let otpLife = Duration.seconds(600)

    /// Whether nothing is under way: no job, and nothing beside the loop.
    private var isIdle: Bool { running.isEmpty && acting.isEmpty && !isRefreshing && mailing == nil }

    private func setAlarm(_ now: Instant) async throws(Complaint) {
        guard running.count < options.concurrency, !isRefreshing else { return try await setAlarmForOperations(now) }
        // What is due already waits for a job to end or for a commit, not for time: no spinning.
        let probes = runner.connectors.allGates.compactMap { $0.nextChance(at: now) }
        let change = (probes + [workspace.quietUntil(now)].compactMap(\.self)).min()
        // One that ends of itself signs then; one that stays is to sign in time.
        let unsigned = options.linger == nil ? try TrailSigning(workspace: workspace).nextDue() : nil
        let next = try await workspace.read { reader in
            // A session that is to be refreshed is work that waits: the worker stays for it. So does a provider that
            // is left alone for a while, when jobs wait for it, and the end of quiet hours, when they hold jobs back.
            let held = try change.flatMap {
                try reader.hasClaimable(now: now) || reader.hasDueOperation(now: now) ? $0 : nil
            }
            // What the calendar holds is work that waits as well.
            let waiting = [
                try reader.nextDue(after: now), try reader.nextRefresh(after: now), try reader.nextSchedule(after: now),
                try reader.nextOperationMoment(after: now, grace: Self.grace), held,
                unsigned.flatMap { $0 > now ? $0 : nil },
            ]
            return waiting.compactMap(\.self).min()
        }
        if let next {
            alarms.set(after: next.since(now), .due)
        } else if isIdle, let linger = options.linger {
            alarms.setLinger(after: runner.connectors.awaitsPerson ? max(linger, Self.otpLife) : linger)
        }
    }

    /// With no room for another job there still is some for operations: they fall due, their leases end, and their
    /// providers are tried again.
    private func setAlarmForOperations(_ now: Instant) async throws(Complaint) {
        let change = runner.connectors.allGates.compactMap { $0.nextChance(at: now) }.min()
        let next = try await workspace.read { reader in
            let held = try change.flatMap { try reader.hasDueOperation(now: now) ? $0 : nil }
            return [try reader.nextOperationMoment(after: now, grace: Self.grace), held].compactMap(\.self).min()
        }
        if let next { alarms.set(after: next.since(now), .due) }
    }

    /// The store failed. What runs goes on; the queue is looked at again later, with nothing running only so often.
    private func trouble(_ complaint: Complaint) -> Result<Void, Complaint>? {
        troubles += 1
        log.error("the queue could not be used", metadata: ["why": "\(complaint.description)"])
        if running.isEmpty, troubles >= Self.patience { return .failure(complaint) }
        alarms.set(after: .seconds(min(1 << min(troubles, 6), 60)), .due)
        return nil
    }

    /// Gives the lock back before the last look at the queue: who queues a job looks at the lock after the commit, so
    /// one of the two sees the other and no job is stranded.
    ///
    /// - Returns: whether the worker may end.
    private func leave() async -> Bool {
        await rest()
        lock.release()
        let now = workspace.now
        // Jobs whose provider is left alone for a while hold nobody who was asked to end.
        let exclusions = runner.connectors.limits(running: []).exclusions
        let hasWork =
            (try? await workspace.read { reader in
                try reader.hasClaimable(now: now, excluding: exclusions)
                    || reader.hasDueOperation(now: now, excluding: exclusions.providers)
            }) ?? false
        guard hasWork, let taken = try? FileLock.take(workspace.home.workerLock, note: "\(getpid())") else {
            return true
        }
        lock = taken
        return false
    }

    private func rest() async { await workspace.store.checkpoint() }

    private func finished(_ lease: JobLease) {
        running[lease] = nil
        if running.isEmpty, acting.isEmpty { alarms.cancelRenewal() }
    }

    private func beginStop() {
        if isStopping { return endAll() }
        isStopping = true
        log.info("stopping", metadata: ["running": "\(running.count)"])
        acting.values.forEach { $0.control.noteStop() }
        alarms.setDeadline(after: Self.graceAtStop)
    }

    /// The time that a stop allows is over: only the answers to what has left are waited for, each until its deadline.
    private func endWhatMayEnd() {
        running.values.forEach { $0.control.end(.stop) }
        breakOffMails()
        let now = workspace.now
        // What came at the very end is to be stored as well.
        let answers = acting.values.compactMap { $0.control.end(unlessAnsweredAfter: now - Self.grace) }
        if let last = answers.max() { alarms.setDeadline(after: last.since(now) + Self.grace) }
    }

    /// At a second signal. What has left is in doubt then, and looked up by the next worker.
    private func endAll() {
        running.values.forEach { $0.control.end(.stop) }
        acting.values.forEach { $0.control.end() }
        breakOffMails()
    }

    func start(_ claim: ProviderClaim) {
        let control = JobControl()
        let (runner, mailbox, job) = (runner, mailbox, claim.job)
        let task = Task {
            await runner.run(job, control)
            mailbox.post(.finished(job.lease))
        }
        control.govern(task)
        running[job.lease] = RunningJob(control: control, provider: claim.provider)
        alarms.setRenewal(after: Self.renewal)
    }
}
