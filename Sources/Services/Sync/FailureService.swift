import Domain
import Store

/// Failures that still stand, by cause, and what is done about all of one cause at once.
public struct FailureService: Sendable {
    let workspace: Workspace

    public func groups(_ portal: Portal? = nil) async throws(Complaint) -> [FailureGroup] {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.failures(portal) }
    }

    public func jobs(
        of key: FailureGroup.Key, _ portal: Portal? = nil, page: Int = 1, perPage: Int? = 20
    ) async throws(Complaint) -> ActivityPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.failedJobs(key, portal, page: page, perPage: perPage) }
    }

    /// What a retry of many gave.
    public struct Retried: Sendable, Hashable {
        public var verdicts: [SyncService.Verdict]
        /// The jobs that were queued, as they stood before: what is needed to take it back.
        public var before: [Job]
        /// Actions that were brought forward.
        public var actions: Int

        public init(verdicts: [SyncService.Verdict], before: [Job], actions: Int = 0) {
            self.verdicts = verdicts
            self.before = before
            self.actions = actions
        }
    }

    /// Retries every job that failed for one cause.
    public func retry(_ cause: Cause, _ portal: Portal? = nil) async throws(Complaint) -> Retried {
        let jobs = try await jobs(of: .init(cause: cause), portal, perPage: nil).rows
        let verdicts = try await workspace.sync.retry(jobs.map(\.id))
        let queued = Set(verdicts.filter(\.isAccepted).map(\.id))
        return Retried(verdicts: verdicts, before: jobs.filter { queued.contains($0.id) })
    }

    /// Takes a retry back as far as its jobs have not begun.
    ///
    /// - Returns: how many are failed again.
    public func takeBack(_ before: [Job]) async throws(Complaint) -> Int {
        let doer = try await workspace.permit(.controlJobs)
        let now = workspace.now
        return try await workspace.write { writer in
            let isBack = try writer.takeBackRetry(before)
            for (job, isBack) in zip(before, isBack) where isBack {
                try writer.recordEvent(doer.event("job.retry_undone", job.id.auditSubject, at: now))
            }
            return isBack.filter { $0 }.count
        }
    }

    /// Verifies every login whose newest job stopped for one cause: exactly one attempt each.
    public func verify(
        _ cause: Cause, _ portal: Portal? = nil, by trigger: JobTrigger = .desk
    ) async throws(Complaint) -> SyncService.Triggered {
        let jobs = try await jobs(of: .init(cause: cause), portal, perPage: nil).rows
        return try await workspace.sync.trigger(.verify, jobs.map(\.identity), by: trigger)
    }
}

extension Workspace {
    public var failures: FailureService { FailureService(workspace: self) }
}
