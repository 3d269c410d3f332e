import Domain
import Testing

@testable import Store

@Suite struct CounterTests {
    @Test(arguments: [11, 12, 13] as [UInt64])
    func `counters hold after any sequence of changes`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(6)
        var now = Workspace.morning
        for _ in 0..<200 {
            now = now + .seconds(Int64.random(in: 0...20_000, using: &random))
            let (time, step) = (now, Int.random(in: 0..<12, using: &random))
            let account = accounts[Int.random(in: 0..<accounts.count, using: &random)].id
            let pick = Int.random(in: 0..<1_000, using: &random)
            try workspace.store.writeNow { writer throws in
                try Self.change(writer, step, account, pick, time)
            }
        }
        let findings = try await workspace.store.checkIntegrity()
        #expect(findings == [])
    }

    private static func change(_ writer: StoreWriter, _ step: Int, _ account: AccountId, _ pick: Int, _ now: Instant)
        throws
    {
        let some = JobId(Int64(pick % 60 + 1))
        switch step {
        case 0, 1: _ = try writer.enqueue(account, pick % 3 == 0 ? .verify : .fetch, trigger: .desk, now: now)
        case 2, 3:
            let claimed = try writer.claim(owner: "a", limit: pick % 4 + 1, until: now + .seconds(60), now: now)
            for (index, job) in claimed.enumerated() where (pick + index) % 5 != 0 {
                let outcomes: [JobOutcome] = [
                    .done(noticesNew: 1), .failed(cause: .wrongPassword, message: "no"),
                    .retry(at: now + .seconds(9), cause: .portalDown, message: "later"), .released(), .cancelled,
                    .needsInput(cause: .otpRequired, message: "", challengeJSON: "{}", expires: nil),
                ]
                _ = try writer.finish(
                    job.job.id, generation: job.generation, owner: "a", outcomes[(pick + index) % 6],
                    now: now + .seconds(3))
            }
        case 4: _ = try writer.voidLeases(otherThan: "b", now: now, quarantineAfter: 2)
        case 5: _ = try writer.requestCancel([some], now: now)
        case 6: _ = try writer.retry([some], now: now)
        case 7: _ = try writer.answer(some, sealed: [1], now: now)
        case 8: _ = try writer.pruneHistory(before: now - .seconds(400_000), limit: 3)
        case 9:
            let today = CivilTime(now, offset: 0).date
            let facts = (0..<3).map {
                Samples.notice(
                    "k\((pick + $0) % 7)", due: pick % 2 == 0 ? today : nil, state: pick % 5 == 0 ? .closed : .open)
            }
            _ = try writer.upsert(account, facts, now: now)
        case 10: try writer.markSeen([NoticeId(Int64(pick % 20 + 1))], at: now)
        default:
            if pick % 4 == 0 {
                try writer.removeLogin(account, at: now)
            } else {
                try writer.setLogin(account, username: "u", sealedPassword: [9], at: now)
                try writer.setStatus(
                    account, pick % 2 == 0 ? .verified : .notVerified, cause: nil, message: "", at: now)
            }
        }
    }

    @Test func `a counter that was tampered with is found`() async throws {
        let workspace = try Workspace()
        try workspace.addBusinesses(1)
        try workspace.store.withWriter { writer throws in
            try writer.execute("UPDATE account_total SET verified = 99 WHERE portal = 0")
        }
        #expect(try await workspace.store.checkIntegrity().count == 1)
    }

    @Test func `a failed body leaves no trace in the counters of its group`() async throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(20)
        let store = workspace.store
        await withTaskGroup(of: Void.self) { group in
            for (index, account) in accounts.enumerated() {
                group.addTask {
                    _ = try? await store.write { writer throws in
                        _ = try writer.enqueue(account.id, .fetch, trigger: .desk, now: Workspace.morning)
                        if index % 3 == 0 { throw StoreProblem.refused("not this one") }
                    }
                }
            }
        }
        #expect(try store.readNow { try $0.jobCounts() } == [.queued: 40])
        #expect(try await store.checkIntegrity() == [])
    }
}
