import Domain
import Store

/// Asks for fetches and verifications, and watches over their jobs.
public struct SyncService: Sendable {
    let workspace: Workspace

    /// So many jobs asked for by name are somebody's wish of this moment, and go before what was queued in bulk.
    static let fewEnoughToGoAhead = 10

    /// Queues one job for each identity and sees to it that a worker runs.
    ///
    /// - Throws: a `Complaint` when nothing queued now could run: no key to open passwords (78), no room to work (74),
    ///   an audit trail that does not hold (65).
    public func trigger(
        _ kind: JobKind, _ identities: [PortalIdentity], by trigger: JobTrigger
    ) async throws(Complaint) -> Triggered {
        try await workspace.permit(kind == .fetch ? .fetch : .verify, on: identities.first?.auditSubject)
        try await checkReadiness()
        if let problem = await workspace.trailStanding().problem { throw Complaint.damagedTrail(problem) }
        let now = workspace.now
        let isAhead = identities.count <= Self.fewEnoughToGoAhead
        let tries = workspace.settings.worker.passwordTries
        let needing = workspace.needingAuthority()
        let passwordless = workspace.passwordless()
        let names = kind == .verify ? workspace.defaultProviders() : [:]
        let offset = workspace.utcOffset(at: now)
        let result = try await workspace.write { writer in
            try writer.settlePasswordNeeds(passwordless)
            var result = Triggered()
            let rested = kind == .verify ? try writer.reader.circuits() : []
            for identity in identities {
                guard let account = try writer.reader.account(identity) else {
                    result.refused.append(.init(identity: identity, reason: "no business has this identity"))
                    continue
                }
                guard account.isConfigured else {
                    result.refused.append(.init(identity: identity, reason: account.missingText))
                    continue
                }
                guard !account.needsPassword || account.mayOffer(for: kind, limit: tries) else {
                    result.refused.append(.init(identity: identity, reason: account.spentText))
                    continue
                }
                if needing.contains(account), try writer.reader.authority(of: account.id) == nil {
                    result.refused.append(.init(identity: identity, reason: Complaint.withoutAuthority(identity)))
                    continue
                }
                // Somebody waits for a verification, so it is refused rather than held back.
                let provider = account.provider ?? names[account.portal] ?? ""
                if let until = rested.filter({ $0.provider == provider }).compactMap({ $0.breaker.nextChance(at: now) })
                    .max()
                {
                    let time = TimeText.clock(until, offset: offset)
                    let reason = "the provider \(provider) failed too often and is left alone until \(time)"
                    result.refused.append(.init(identity: identity, reason: reason))
                    continue
                }
                let outcome = try writer.enqueue(account.id, kind, trigger: trigger, now: now, isAhead: isAhead)
                try result.add(outcome, writer.reader)
            }
            return result
        }
        if !result.ids.isEmpty { try startWorker() }
        return result
    }

    /// Queues a fetch of every configured account of one portal, or of all; logins that were refused are left out.
    public func triggerAll(_ portal: Portal?, by trigger: JobTrigger) async throws(Complaint) -> Triggered {
        try await workspace.permit(.fetch)
        try await checkReadiness()
        if let problem = await workspace.trailStanding().problem { throw Complaint.damagedTrail(problem) }
        let now = workspace.now
        let filter = everything(of: portal)
        let result = try await workspace.write { writer in
            var result = Triggered()
            result.withoutAuthority = try writer.reader.countWithoutAuthority(filter.needAuthority, portal: portal)
            for outcome in try writer.enqueueAll(filter, kind: .fetch, trigger: trigger, now: now) {
                try result.add(outcome, writer.reader)
            }
            return result
        }
        if !result.ids.isEmpty { try startWorker() }
        return result
    }

    public func activity(_ query: ActivityQuery) async throws(Complaint) -> ActivityPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.activityPage(query) }
    }

    public func total(_ filter: ActivityFilter) async throws(Complaint) -> Int {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.activityTotal(filter) }
    }

    public func summary() async throws(Complaint) -> DeskSummary {
        try await workspace.permit(.see)
        let (now, soon) = (workspace.now, workspace.eWayBills.soon)
        return try await workspace.read { try $0.summary(now: now, billsWithin: soon) }
    }

    public func job(_ id: JobId) async throws(Complaint) -> Job? {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.job(id) }
    }

    public func log(_ id: JobId) async throws(Complaint) -> (job: Job, entries: [JobLogEntry]) {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> (Job, [JobLogEntry])? in
            guard let job = try reader.job(id) else { return nil }
            return (job, try reader.jobLog(id, limit: 10_000))
        }
        guard let found else { throw Complaint.unknownJob(id) }
        return found
    }

    public func coverage(_ query: CoverageQuery) async throws(Complaint) -> CoveragePage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.coverage(query) }
    }

    /// Starts the worker unless one runs. It gets the key of this process; without one, the unattended worker's key
    /// file must be there.
    ///
    /// - Returns: false when there is no key for a worker: what is queued then waits for somebody who has one.
    @discardableResult
    public func startWorker() throws(Complaint) -> Bool {
        guard !FileLock.isHeld(workspace.home.workerLock) else { return true }
        guard canStartWorker else { return false }
        let own = workspace.keyring.own
        let launcher = WorkerLauncher(home: workspace.home, executable: workspace.surroundings.executable)
        try launcher.start(handing: own.map { WorkerKey.handover($0) })
        return true
    }

    /// Waits until every job of `ids` is finished, retrying, or waits for a person. A worker that is gone is started
    /// again, three times at most.
    ///
    /// - Throws: a `Complaint`: 75 when no worker stays to do the work, 74 when the disk became too full for it.
    public func wait(for ids: [JobId], onChange: @Sendable ([Job]) -> Void) async throws(Complaint) -> [Job] {
        let watch = WorkerWatch(wakePath: workspace.home.wake, alarm: workspace.surroundings.alarm)
        defer { watch.end() }
        var starts = 0
        for await event in watch.events {
            let jobs = try await workspace.read { reader in try ids.compactMap { try reader.job($0) } }
            onChange(jobs)
            let isOver = jobs.allSatisfy { $0.status.isFinished || $0.status == .needsInput || $0.status == .retrying }
            if isOver { return jobs }
            if event == .tick, let complaint = DiskRoom(path: workspace.home.path).complaint { throw complaint }
            guard event == .tick, !FileLock.isHeld(workspace.home.workerLock) else { continue }
            starts += 1
            if starts > 3 { break }
            try startWorker()
        }
        throw Complaint.workerDoesNotStay(workspace.home)
    }
}

extension Workspace {
    public var sync: SyncService { SyncService(workspace: self) }
}

extension Complaint {
    static func waitsForNoAnswer(_ id: JobId, _ status: JobStatus) -> Complaint {
        Complaint("job \(id) waits for no answer", why: "it is \(status.title.lowercased())", status: .badData)
    }

    /// Several workers ended one after the other although work was left.
    public static func workerDoesNotStay(_ home: Home) -> Complaint {
        Complaint(
            "the worker does not stay to do the work", remedy: "See \(home.workerOutput)", status: .tryLater)
    }

    static func unknownJob(_ id: JobId) -> Complaint {
        Complaint("there is no job \(id)", remedy: "`portaldesk job list` shows them", status: .badData)
    }
}
