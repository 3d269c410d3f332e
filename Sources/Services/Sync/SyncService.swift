import Domain
import Store

/// Asks for fetches and verifications, and watches over their jobs.
public struct SyncService: Sendable {
    let workspace: Workspace

    /// What asking for jobs gave, by identity.
    public struct Triggered: Sendable, Hashable {
        public var created: [JobId] = []
        /// Jobs that stand unfinished already: nothing is fetched twice at once.
        public var existing: [JobId] = []
        /// How many of `existing` stand in which status.
        public var standing: [JobStatus: Int] = [:]
        public var refused: [Refusal] = []

        public struct Refusal: Sendable, Hashable {
            public var identity: PortalIdentity
            public var reason: String
        }

        public init() {}

        mutating func add(_ outcome: EnqueueOutcome, _ reader: StoreReader) throws {
            switch outcome {
            case .created(let id): created.append(id)
            case .existing(let id):
                existing.append(id)
                if let status = try reader.job(id)?.status { standing[status, default: 0] += 1 }
            }
        }

        /// What became of the jobs that stood already: `1 already queued, 2 already running`; empty without any.
        public var existingText: String {
            let words: [(JobStatus, String)] = [
                (.queued, "already queued"), (.running, "already running"), (.retrying, "already waiting for a retry"),
                (.needsInput, "waiting for an answer"),
            ]
            var parts = words.compactMap { status, text in standing[status].map { "\($0) \(text)" } }
            let unknown = existing.count - words.reduce(0) { $0 + (standing[$1.0] ?? 0) }
            if unknown > 0 { parts.append("\(unknown) already queued or running") }
            return parts.joined(separator: ", ")
        }

        public var ids: [JobId] { created + existing }
    }

    /// Queues one job for each identity and sees to it that a worker runs.
    public func trigger(
        _ kind: JobKind, _ identities: [PortalIdentity], by trigger: JobTrigger
    ) async throws(Complaint) -> Triggered {
        let now = workspace.now
        let result = try await workspace.write { writer in
            var result = Triggered()
            for identity in identities {
                guard let account = try writer.reader.account(identity) else {
                    result.refused.append(.init(identity: identity, reason: "no business has this identity"))
                    continue
                }
                guard account.isConfigured else {
                    result.refused.append(.init(identity: identity, reason: "no user name and password are stored"))
                    continue
                }
                try result.add(writer.enqueue(account.id, kind, trigger: trigger, now: now), writer.reader)
            }
            return result
        }
        if !result.ids.isEmpty { try startWorker() }
        return result
    }

    /// Queues a fetch of every configured account of one portal, or of all; logins that were refused are left out.
    public func triggerAll(_ portal: Portal?, by trigger: JobTrigger) async throws(Complaint) -> Triggered {
        let now = workspace.now
        let filter = EnqueueFilter(portals: portal.map { [$0] } ?? [])
        let result = try await workspace.write { writer in
            var result = Triggered()
            for outcome in try writer.enqueueAll(filter, kind: .fetch, trigger: trigger, now: now) {
                try result.add(outcome, writer.reader)
            }
            return result
        }
        if !result.ids.isEmpty { try startWorker() }
        return result
    }

    /// What became of a wish about each of several jobs.
    public struct Verdict: Sendable, Hashable {
        public var id: JobId
        public var isAccepted: Bool
        /// In words for people.
        public var text: String

        public init(id: JobId, isAccepted: Bool, text: String) {
            self.id = id
            self.isAccepted = isAccepted
            self.text = text
        }
    }

    /// Puts failed, cancelled or waiting jobs back to the front of the queue.
    public func retry(_ ids: [JobId]) async throws(Complaint) -> [Verdict] {
        let now = workspace.now
        let outcomes = try await workspace.write { try $0.retry(ids, now: now) }
        if outcomes.contains(.queued) { try startWorker() }
        return zip(ids, outcomes).map { id, outcome in
            switch outcome {
            case .queued: Verdict(id: id, isAccepted: true, text: "queued again")
            case .existing(let other):
                Verdict(id: id, isAccepted: false, text: "job \(other) of this account is not finished yet")
            case .notPossible(let status):
                Verdict(id: id, isAccepted: false, text: "is \(status.title.lowercased()), not failed")
            case .unknown: Verdict(id: id, isAccepted: false, text: "there is no such job")
            }
        }
    }

    /// Cancels queued jobs at once; a running one ends at its next safe point.
    public func cancel(_ ids: [JobId]) async throws(Complaint) -> [Verdict] {
        let now = workspace.now
        let outcomes = try await workspace.write { try $0.requestCancel(ids, now: now) }
        return zip(ids, outcomes).map { id, outcome in
            switch outcome {
            case .cancelled: Verdict(id: id, isAccepted: true, text: "cancelled")
            case .requested: Verdict(id: id, isAccepted: true, text: "asked to stop")
            case .finishedAlready(let status):
                Verdict(id: id, isAccepted: false, text: "is \(status.title.lowercased()) already")
            case .unknown: Verdict(id: id, isAccepted: false, text: "there is no such job")
            }
        }
    }

    /// Refuses a job that is unknown or waits for no answer, before anybody is asked for one.
    public func requireWaiting(_ id: JobId) async throws(Complaint) {
        guard let job = try await job(id) else { throw Complaint.unknownJob(id) }
        guard job.status == .needsInput else { throw Complaint.waitsForNoAnswer(id, job.status) }
    }

    /// Hands a person's answer to the captcha or OTP that a job waits for.
    public func answer(_ id: JobId, text: String) async throws(Complaint) {
        let now = workspace.now
        switch try await workspace.write({ try $0.answer(id, text: text, now: now) }) {
        case .accepted: try startWorker()
        case .expired:
            try startWorker()
            throw Complaint(
                "the question of job \(id) has run out", remedy: "It is asked anew; answer it then", status: .tryLater)
        case .notWaiting(let status):
            throw Complaint.waitsForNoAnswer(id, status)
        case .unknown: throw Complaint.unknownJob(id)
        }
    }

    public func activity(_ query: ActivityQuery) async throws(Complaint) -> ActivityPage {
        try await workspace.read { try $0.activityPage(query) }
    }

    public func total(_ filter: ActivityFilter) async throws(Complaint) -> Int {
        try await workspace.read { try $0.activityTotal(filter) }
    }

    public func summary() async throws(Complaint) -> DeskSummary {
        let now = workspace.now
        let offset = workspace.utcOffset(at: now)
        return try await workspace.read { try $0.summary(now: now, utcOffset: offset) }
    }

    public func job(_ id: JobId) async throws(Complaint) -> Job? { try await workspace.read { try $0.job(id) } }

    public func log(_ id: JobId) async throws(Complaint) -> (job: Job, entries: [JobLogEntry]) {
        let found = try await workspace.read { reader -> (Job, [JobLogEntry])? in
            guard let job = try reader.job(id) else { return nil }
            return (job, try reader.jobLog(id, limit: 10_000))
        }
        guard let found else { throw Complaint.unknownJob(id) }
        return found
    }

    public func coverage(portal: Portal?, identity: PortalIdentity?) async throws(Complaint) -> [CoverageEntry] {
        try await workspace.read { try $0.coverage(portal: portal, identity: identity) }
    }

    /// Starts the worker unless one runs.
    public func startWorker() throws(Complaint) {
        try WorkerLauncher(home: workspace.home, executable: workspace.surroundings.executable).ensureRunning()
    }

    /// Waits until every job of `ids` is finished, retrying, or waits for a person. A worker that is gone is started
    /// again, three times at most.
    ///
    /// - Throws: a `Complaint` (75) when no worker stays to do the work.
    public func wait(for ids: [JobId], onChange: @Sendable ([Job]) -> Void) async throws(Complaint) -> [Job] {
        let watch = WorkerWatch(wakePath: workspace.home.wake, alarm: workspace.surroundings.alarm)
        defer { watch.end() }
        var starts = 0
        for await event in watch.events {
            let jobs = try await workspace.read { reader in try ids.compactMap { try reader.job($0) } }
            onChange(jobs)
            let isOver = jobs.allSatisfy { $0.status.isFinished || $0.status == .needsInput || $0.status == .retrying }
            if isOver { return jobs }
            guard event == .tick, !FileLock.isHeld(workspace.home.workerLock) else { continue }
            starts += 1
            if starts > 3 { break }
            try startWorker()
        }
        throw Complaint(
            "the worker does not stay to do the work", remedy: "See \(workspace.home.workerOutput)", status: .tryLater)
    }
}

extension Workspace {
    public var sync: SyncService { SyncService(workspace: self) }
}

extension Complaint {
    static func waitsForNoAnswer(_ id: JobId, _ status: JobStatus) -> Complaint {
        Complaint("job \(id) waits for no answer", why: "it is \(status.title.lowercased())", status: .badData)
    }

    static func unknownJob(_ id: JobId) -> Complaint {
        Complaint("there is no job \(id)", remedy: "`portaldesk job list` shows them", status: .badData)
    }
}
