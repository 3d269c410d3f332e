import Domain
import Testing

@testable import Store

/// Failures folded by cause: what still stands, and what a retry of all of them may take back.
@Suite struct StandingFailureTests {
    let now = Workspace.morning

    /// Runs one job of an account to its end, so many seconds after the morning.
    @discardableResult
    private func run(
        _ workspace: Workspace, _ account: PortalAccount, _ outcome: JobOutcome, _ kind: JobKind = .fetch,
        after seconds: Int64
    ) throws -> JobId {
        let time = now + .seconds(seconds)
        return try workspace.store.writeNow { writer throws in
            let id = try writer.enqueue(account.id, kind, trigger: .desk, now: time, isAhead: true).id
            let claimed = try writer.claim(owner: "w", limit: 100, until: time + .seconds(60), now: time)
            for job in claimed {
                let end: JobOutcome = job.job.id == id ? outcome : .released()
                _ = try writer.finish(job.job.id, generation: job.generation, owner: "w", end, now: time + .seconds(1))
            }
            return id
        }
    }

    private func groups(_ workspace: Workspace, _ portal: Portal? = nil) throws -> [FailureGroup] {
        try workspace.store.readNow { try $0.failures(portal) }
    }

    private static func failed(_ cause: Cause) -> JobOutcome { .failed(cause: cause, message: "said") }

    @Test func `each login counts once, by its newest failure, those with the most first`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(3)
        for (index, account) in accounts.enumerated() {
            try run(workspace, account, Self.failed(.wrongPassword), after: Int64(index) * 10)
        }
        let gst = accounts.filter { $0.portal == .gst }
        try run(workspace, gst[0], Self.failed(.portalDown), after: 500)
        let newest = try run(workspace, gst[1], Self.failed(.portalDown), after: 600)
        let found = try groups(workspace)
        #expect(found.map(\.key.cause) == [.wrongPassword, .portalDown] && found.map(\.count) == [7, 2])
        #expect(found[0].portals == [.gst: 1, .incomeTax: 3, .traces: 3])
        #expect(found[1].latest == newest && found[1].portals == [.gst: 2])
        #expect(try groups(workspace, .traces).map(\.count) == [3])
        let jobs = try workspace.store.readNow {
            try $0.failedJobs(.init(cause: .wrongPassword), page: 2, perPage: 3)
        }
        #expect(jobs.total == 7 && jobs.rows.count == 3 && jobs.firstSerial == 4)
        #expect(jobs.rows.allSatisfy { $0.cause == .wrongPassword && $0.message == "said" })
    }

    @Test func `what counts is when a job ended, not when it first began`() throws {
        let workspace = try Workspace()
        let account = try #require(try workspace.addBusinesses(1).first)
        let old = try run(workspace, account, Self.failed(.portalDown), after: 0)
        try run(workspace, account, .done(noticesNew: 0), after: 100)
        #expect(try groups(workspace).isEmpty)
        func again(_ outcome: JobOutcome, after seconds: Int64) throws {
            let time = now + .seconds(seconds)
            try workspace.store.writeNow { writer throws in
                _ = try writer.retry([old], now: time, isAhead: true)
                let claimed = try writer.claim(owner: "w", limit: 100, until: time + .seconds(60), now: time)
                for job in claimed {
                    _ = try writer.finish(
                        job.job.id, generation: job.generation, owner: "w", outcome, now: time + .seconds(1))
                }
            }
        }
        try again(Self.failed(.wrongPassword), after: 200)
        #expect(try groups(workspace).map(\.key.cause) == [.wrongPassword])
        try run(workspace, account, Self.failed(.portalDown), after: 300)
        try again(.done(noticesNew: 0), after: 400)
        #expect(try groups(workspace).isEmpty)
    }

    @Test func `a fetch that is under way stands for the login whose verification failed`() throws {
        let workspace = try Workspace()
        let account = try #require(try workspace.addBusinesses(1).first)
        try run(workspace, account, Self.failed(.locked), .verify, after: 0)
        let time = now + .seconds(100)
        _ = try workspace.store.writeNow { try $0.enqueue(account.id, .fetch, trigger: .desk, now: time) }
        #expect(try groups(workspace).isEmpty)
    }

    @Test
    func `a success since then, or a job under way, ends a failure; an accepted login alone ends no failed fetch`()
        throws
    {
        let workspace = try Workspace()
        let account = try #require(try workspace.addBusinesses(1).first)
        try run(workspace, account, Self.failed(.portalDown), after: 0)
        try run(workspace, account, .done(noticesNew: 0), .verify, after: 100)
        #expect(try groups(workspace).map(\.key.cause) == [.portalDown])
        try run(workspace, account, .done(noticesNew: 0), .fetch, after: 200)
        #expect(try groups(workspace).isEmpty)
        try run(workspace, account, Self.failed(.locked), .verify, after: 300)
        #expect(try groups(workspace).map(\.key.cause) == [.locked])
        let time = now + .seconds(400)
        _ = try workspace.store.writeNow { try $0.enqueue(account.id, .verify, trigger: .desk, now: time) }
        #expect(try groups(workspace).isEmpty)
    }

    @Test func `what waits for a person stands beside what failed`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let waits = JobOutcome.needsInput(cause: .captchaRequired, message: "", challengeJSON: "{}", expires: nil)
        try run(workspace, accounts[0], waits, after: 0)
        try run(workspace, accounts[1], Self.failed(.captchaRequired), after: 10)
        let found = try groups(workspace)
        #expect(Set(found.map(\.key.isWaiting)) == [true, false] && found.allSatisfy { $0.count == 1 })
        #expect(found.first { $0.key.isWaiting }?.key.action == .answer)
    }

    @Test func `a retry is taken back as long as nothing has begun, and the counters stay true`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let ids = try accounts.map { try run(workspace, $0, Self.failed(.portalDown), after: 5) }
        let before = try workspace.store.readNow { try $0.failedJobs(.init(cause: .portalDown), perPage: nil).rows }
        #expect(Set(before.map(\.id)) == Set(ids))
        let time = now + .seconds(100)
        try workspace.store.writeNow { writer throws in
            #expect(try writer.retry(ids, now: time).allSatisfy { $0 == .queued })
            let claimed = try writer.claim(owner: "w", limit: 1, until: time + .seconds(60), now: time)
            let begun = try #require(claimed.first?.job.id)
            let isBack = try writer.takeBackRetry(before)
            #expect(zip(before, isBack).allSatisfy { $0.id == begun ? !$1 : $1 })
            for job in before where job.id != begun { #expect(try writer.reader.job(job.id) == job) }
            #expect(try writer.takeBackRetry(before).allSatisfy { !$0 })
        }
        let failed = try workspace.store.readNow {
            try $0.activityPage(ActivityQuery(filter: ActivityFilter(statuses: [.failed]))).total
        }
        #expect(failed == ids.count - 1)
    }

    /// What was given up stands with what it was given up for, not in a heap of its own.
    @Test func `a job that was given up is folded by its last cause`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        try run(workspace, accounts[0], .gaveUp(cause: .portalDown, message: "after 20 attempts: 503"), after: 0)
        try run(workspace, accounts[1], Self.failed(.portalDown), after: 10)
        let groups = try groups(workspace)
        #expect(groups.map(\.key.cause) == [.portalDown] && groups.first?.count == 2)
        let jobs = try workspace.store.readNow { try $0.failedJobs(.init(cause: .portalDown)) }
        #expect(Set(jobs.rows.map(\.cause)) == [.gaveUp, .portalDown])
    }
}
