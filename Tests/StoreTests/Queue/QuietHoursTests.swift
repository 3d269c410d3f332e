import Domain
import Testing

@testable import Store

@Suite("Jobs of the calendar in quiet hours") struct QuietHoursTests {
    private let now = Workspace.morning
    private static let quiet = ClaimExclusions(holdsCalendar: true)

    /// Fetches that the calendar queued: of a GSTIN, a PAN and a TAN.
    private func queued() throws -> (Workspace, [PortalAccount], [JobId]) {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let time = now
        let ids = try workspace.store.writeNow { writer throws in
            try writer.enqueueAll(EnqueueFilter(), trigger: .schedule, now: time).map(\.id)
        }
        return (workspace, accounts, ids)
    }

    private func claim(_ workspace: Workspace, _ exclusions: ClaimExclusions = quiet) throws -> [ClaimedJob] {
        let time = now
        return try workspace.store.writeNow { writer throws in
            try writer.claim(owner: "a", limit: 9, until: time + .seconds(60), now: time, excluding: exclusions)
        }
    }

    @Test func `they stay, and are claimed afterwards`() throws {
        let (workspace, _, ids) = try queued()
        let time = now
        #expect(try claim(workspace).isEmpty)
        #expect(try workspace.store.readNow { try !$0.hasClaimable(now: time, excluding: Self.quiet) })
        #expect(Set(try claim(workspace, .none).map(\.job.id)) == Set(ids))
    }

    @Test func `what a person asks for goes, and is still told as the calendar's`() throws {
        let (workspace, accounts, ids) = try queued()
        let time = now
        let asked = try workspace.store.writeNow { writer throws in
            try writer.enqueue(accounts[0].id, .fetch, trigger: .desk, now: time)
        }
        #expect(ids.contains(asked.id))
        let claimed = try claim(workspace)
        #expect(claimed.map(\.job.id) == [asked.id] && claimed.map(\.job.trigger) == [.schedule])
        _ = try workspace.store.writeNow { try $0.enqueueAll(EnqueueFilter(), trigger: .command, now: time) }
        #expect(try claim(workspace).count == ids.count - 1)
    }

    @Test func `a retry, an answer and another question are wishes of a person`() throws {
        let (workspace, _, _) = try queued()
        let jobs = try claim(workspace, .none)
        let (time, asks) = (
            now, JobOutcome.needsInput(cause: .otpRequired, message: "", challengeJSON: "{}", expires: nil)
        )
        try workspace.store.writeNow { writer throws in
            let outcomes = [.failed(cause: .portalDown, message: ""), asks, asks]
            for (job, outcome) in zip(jobs, outcomes) {
                _ = try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time)
            }
            #expect(try writer.retry([jobs[0].job.id], now: time) == [.queued])
            #expect(try writer.answer(jobs[1].job.id, sealed: [5, 7], now: time) == .accepted)
            #expect(try writer.askAnew(jobs[2].job.id, now: time) == nil)
        }
        #expect(Set(try claim(workspace).map(\.job.id)) == Set(jobs.map(\.job.id)))
    }
}
