import Domain
import Testing

@testable import Store

@Suite("What a digest tells") struct DigestTests {
    private let now = Workspace.morning
    private var yesterday: DigestMark { DigestMark(at: now - .seconds(86_400)) }

    /// One business with its three logins.
    private func workspace() throws -> (Workspace, PortalAccount) {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        return (workspace, try #require(accounts.first { $0.portal == .gst }))
    }

    private func digest(_ workspace: Workspace, since: DigestMark? = nil) throws -> Digest {
        let (since, until) = (since ?? yesterday, DigestMark(at: now))
        return try workspace.store.readNow { try $0.digest(since: since, until: until, limit: 10) }
    }

    @Test func `failed verifications are no failed fetches`() throws {
        let (workspace, account) = try workspace()
        let time = now
        try workspace.store.writeNow { writer throws in
            for kind in [JobKind.fetch, .verify] {
                _ = try writer.enqueue(account.id, kind, trigger: .desk, now: time)
                let job = try #require(
                    try writer.claim(owner: "a", limit: 1, until: time + .seconds(60), now: time).first)
                let outcome = JobOutcome.failed(cause: .wrongPassword, message: "no")
                _ = try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time)
            }
        }
        #expect(try digest(workspace).failures == [.init(portal: .gst, cause: .wrongPassword, count: 1)])
    }

    @Test func `what people typed is no news from a portal, and each date says where it comes from`() throws {
        let (workspace, account) = try workspace()
        let (time, day) = (now, try #require(LegalDate("2026-11-27")))
        try workspace.store.writeNow { writer throws in
            var computed = Samples.notice("b")
            (computed.dueOn, computed.dueBasis) = (day, .computed)
            _ = try writer.upsert(account.id, [Samples.notice("a", due: day), computed], now: time)
            _ = try writer.addManual(account.id, Samples.notice("c"), now: time)
        }
        let digest = try digest(workspace)
        #expect(digest.noticeCount == 2)
        #expect(digest.notices.map(\.reference) == ["REFb", "REFa"])
        #expect(digest.notices.map(\.due?.basis) == [.computed, .portal])
    }

    @Test func `numbers decide what is new, not the time at which it was seen`() throws {
        let (workspace, account) = try workspace()
        let time = now
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account.id, [Samples.notice("a")], now: time)
        }
        let told = DigestMark(at: time, notice: 1)
        #expect(try digest(workspace, since: told).noticeCount == 0)
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account.id, [Samples.notice("a"), Samples.notice("b")], now: time - .seconds(5))
        }
        #expect(try digest(workspace, since: told).notices.map(\.reference) == ["REFb"])
    }

    @Test func `a place counts as read when it answered in the span`() throws {
        let (workspace, account) = try workspace()
        let time = now
        let all = Portal.allCases.reduce(0) { $0 + $1.places.count }
        #expect(try digest(workspace).places == all)
        #expect(try digest(workspace).unreadPlaces == all)
        let places = Portal.gst.places
        try workspace.store.writeNow { writer throws in
            try writer.recordReading(account.id, places[0], outcome: .empty, count: 0, error: "", at: time)
            try writer.recordReading(account.id, places[1], outcome: .failed, count: 0, error: "503", at: time)
        }
        #expect(try digest(workspace).unreadPlaces == all - 1)
        // A day without a fetch tells nothing of what lies there.
        #expect(try digest(workspace, since: DigestMark(at: time)).unreadPlaces == all)
        try workspace.store.writeNow { writer throws in
            try writer.removeLogin(account.id, at: time)
        }
        #expect(try digest(workspace).places == all - places.count)
    }
}
