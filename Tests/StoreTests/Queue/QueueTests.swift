import Domain
import Testing

@testable import Store

@Suite struct QueueTests {
    let now = Workspace.morning
    var lease: Instant { now + .seconds(60) }

    private func enqueued(_ count: Int) throws -> (Workspace, [PortalAccount], [JobId]) {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(count)
        let time = now
        let ids = try workspace.store.writeNow { writer throws in
            try writer.enqueueAll(EnqueueFilter(), trigger: .command, now: time).map(\.id)
        }
        return (workspace, accounts, ids)
    }

    private func claim(_ store: DeskStore, _ owner: String, at time: Instant, limit: Int = 100) throws -> [ClaimedJob] {
        try store.writeNow { try $0.claim(owner: owner, limit: limit, until: time + .seconds(60), now: time) }
    }

    @Test func `asking twice for a fetch gives the job that stands`() throws {
        let (workspace, accounts, ids) = try enqueued(1)
        let time = now
        let again = try workspace.store.writeNow {
            try $0.enqueue(accounts[0].id, .fetch, trigger: .desk, now: time)
        }
        #expect(again == .existing(ids[0]))
        let verify = try workspace.store.writeNow {
            try $0.enqueue(accounts[0].id, .verify, trigger: .desk, now: time)
        }
        #expect(verify != .existing(ids[0]))
    }

    @Test func `what a person asks for by name goes before bulk work, and a standing job is put before it`() throws {
        let (workspace, accounts, ids) = try enqueued(5)
        let time = now
        let last = accounts[accounts.count - 1]
        let standing = try workspace.store.writeNow {
            try $0.enqueue(last.id, .fetch, trigger: .desk, now: time, isAhead: true)
        }
        #expect(standing == .existing(ids[ids.count - 1]))
        let claimed = try claim(workspace.store, "a", at: now)
        #expect(claimed.first { $0.job.portal == last.identity.portal }?.job.accountId == last.id)
    }

    @Test func `an account runs one job at a time`() throws {
        let (workspace, accounts, _) = try enqueued(1)
        let time = now
        _ = try workspace.store.writeNow { try $0.enqueue(accounts[0].id, .verify, trigger: .desk, now: time) }
        let first = try claim(workspace.store, "a", at: now)
        #expect(first.count == 3)
        #expect(try claim(workspace.store, "b", at: now).isEmpty)
        for job in first {
            #expect(
                try workspace.store.writeNow {
                    try $0.finish(job.job.id, generation: job.generation, owner: "a", .done(noticesNew: 0), now: time)
                })
        }
        #expect(try claim(workspace.store, "b", at: now).map(\.job.kind) == [.verify])
    }

    @Test func `portals take turns when few jobs are claimed`() throws {
        let (workspace, _, _) = try enqueued(10)
        var portals: [Portal] = []
        for _ in 0..<6 { portals += try claim(workspace.store, "a", at: now, limit: 1).map(\.job.portal) }
        #expect(portals == [.gst, .incomeTax, .traces, .gst, .incomeTax, .traces])
    }

    @Test func `a job without a lease cannot be finished`() throws {
        let (workspace, _, _) = try enqueued(1)
        let job = try #require(try claim(workspace.store, "a", at: now).first)
        let time = now
        try workspace.store.writeNow { writer throws in
            #expect(try !writer.finish(job.job.id, generation: job.generation, owner: "b", .cancelled, now: time))
            #expect(try !writer.finish(job.job.id, generation: job.generation + 1, owner: "a", .cancelled, now: time))
            #expect(
                try writer.finish(job.job.id, generation: job.generation, owner: "a", .done(noticesNew: 2), now: time))
            #expect(
                try !writer.finish(job.job.id, generation: job.generation, owner: "a", .done(noticesNew: 2), now: time))
        }
        let stored = try #require(try workspace.store.readNow { try $0.job(job.job.id) })
        #expect(stored.status == .done)
        #expect(stored.noticesNew == 2)
        let summary = try workspace.store.readNow { try $0.summary(now: time) }
        #expect(summary[job.job.portal].lastFetchAt == time)
        #expect(summary[job.job.portal].lastFetchNew == 2)
    }

    @Test func `a crash keeps the attempt's number, a failure gives the next`() throws {
        let (workspace, _, _) = try enqueued(1)
        let first = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        #expect(first.attempt == 1)
        let time = now
        let recovered = try workspace.store.writeNow {
            try $0.voidLeases(otherThan: "b", now: time, quarantineAfter: 3)
        }
        #expect(recovered == RecoveredJobs(recovered: [first.job.id]))
        let second = try #require(
            try claim(workspace.store, "b", at: now).first { $0.job.id == first.job.id })
        #expect(second.attempt == 1)
        #expect(second.generation == first.generation + 1)
        let later = now + .seconds(30)
        try workspace.store.writeNow { writer throws in
            let outcome = JobOutcome.retry(at: later, cause: .portalDown, message: "503")
            #expect(try writer.finish(second.job.id, generation: second.generation, owner: "b", outcome, now: time))
        }
        #expect(try claim(workspace.store, "b", at: now).isEmpty)
        let waiting = try #require(try workspace.store.readNow { try $0.job(first.job.id) })
        #expect(waiting.status == .retrying)
        #expect(waiting.nextTryAt == later)
        #expect(waiting.message == "503")
        let third = try #require(try claim(workspace.store, "b", at: later).first)
        #expect(third.attempt == 2)
    }

    @Test func `a job that takes its worker down three times is set aside`() throws {
        let (workspace, _, _) = try enqueued(1)
        let time = now
        var id: JobId?
        for round in 1...3 {
            let job = try #require(
                try claim(workspace.store, "boot\(round)", at: now, limit: 1).first { id == nil || $0.job.id == id })
            id = job.job.id
            let outcome = try workspace.store.writeNow {
                try $0.voidLeases(otherThan: "none", now: time, quarantineAfter: 3)
            }
            #expect(outcome.quarantined == (round == 3 ? [job.job.id] : []))
            // The others wait, so that the same job is claimed again.
            try workspace.store.writeNow { writer throws in
                let others = try writer.reader.activityPage(ActivityQuery(), within: .seconds(60)).rows.map(\.id)
                _ = try writer.requestCancel(others.filter { $0 != job.job.id }, now: time)
            }
        }
        let failed = try #require(try id.flatMap { id in try workspace.store.readNow { try $0.job(id) } })
        #expect(failed.status == .failed)
        #expect(failed.cause == .crashed)
    }

    @Test func `old crashes are forgotten after three days`() throws {
        let (workspace, _, _) = try enqueued(1)
        var time = now
        for _ in 0..<4 {
            _ = try claim(workspace.store, "a", at: time)
            let at = time
            let outcome = try workspace.store.writeNow {
                try $0.voidLeases(otherThan: "b", now: at, quarantineAfter: 2)
            }
            #expect(outcome.quarantined.isEmpty)
            time = time + .seconds(73 * 3_600)
        }
    }

    @Test func `a lease that ran out is taken back after its grace`() throws {
        let (workspace, _, _) = try enqueued(1)
        let jobs = try claim(workspace.store, "a", at: now)
        let early = now + .seconds(64)
        let late = now + .seconds(66)
        try workspace.store.writeNow { writer throws in
            #expect(try writer.expireLeases(now: early, quarantineAfter: 3) == RecoveredJobs())
            let renewed = try writer.renew(owner: "a", [jobs[0].lease], until: late + .seconds(60))
            #expect(renewed.held == [jobs[0].lease])
            #expect(try writer.expireLeases(now: late, quarantineAfter: 3).recovered.count == 2)
            #expect(try writer.renew(owner: "a", jobs.map(\.lease), until: late).held == [jobs[0].lease])
        }
    }

    @Test func `cancelling ends a waiting job and asks a running one`() throws {
        let (workspace, _, _) = try enqueued(1)
        let running = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        let time = now
        try workspace.store.writeNow { writer throws in
            let waiting = try writer.reader.activityPage(
                ActivityQuery(filter: ActivityFilter(statuses: [.queued])), within: .seconds(60)
            ).rows[0].id
            #expect(
                try writer.requestCancel([waiting, running.job.id, JobId(999)], now: time) == [
                    .cancelled, .requested, .unknown,
                ])
            #expect(try writer.requestCancel([waiting], now: time) == [.finishedAlready(.cancelled)])
            #expect(try writer.renew(owner: "a", [running.lease], until: time).cancelRequested == [running.lease])
            let outcome = JobOutcome.retry(at: time, cause: .portalDown, message: "")
            #expect(try writer.finish(running.job.id, generation: running.generation, owner: "a", outcome, now: time))
            #expect(try writer.reader.job(running.job.id)?.status == .cancelled)
        }
    }

    @Test func `retrying by hand starts a new attempt on the same job`() throws {
        let (workspace, accounts, _) = try enqueued(1)
        let job = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        let time = now
        try workspace.store.writeNow { writer throws in
            let outcome = JobOutcome.failed(cause: .wrongPassword, message: "refused")
            #expect(try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time))
            #expect(try writer.retry([job.job.id], now: time) == [.queued])
            #expect(try writer.retry([job.job.id], now: time) == [.notPossible(.queued)])
        }
        let again = try #require(try claim(workspace.store, "a", at: now).first { $0.job.id == job.job.id })
        #expect(again.attempt == 2)
        try workspace.store.writeNow { writer throws in
            #expect(try writer.finish(again.job.id, generation: again.generation, owner: "a", .cancelled, now: time))
            let other = try writer.enqueue(job.job.accountId, .fetch, trigger: .desk, now: time)
            #expect(try writer.retry([job.job.id], now: time) == [.existing(other.id)])
        }
        #expect(accounts.count == 3)
    }

    @Test func `an answered challenge goes back to the same attempt`() throws {
        let (workspace, _, _) = try enqueued(1)
        let job = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        let time = now
        let expires = now + .seconds(300)
        try workspace.store.writeNow { writer throws in
            let outcome = JobOutcome.needsInput(
                cause: .captchaRequired, message: "captcha", challengeJSON: "{}", expires: expires)
            #expect(try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time))
            #expect(try writer.reader.waitingJobs(at: time).rows.map(\.job.id) == [job.job.id])
            #expect(try writer.answer(job.job.id, sealed: [7, 2], now: time) == .accepted)
            #expect(try writer.answer(job.job.id, sealed: [7, 2], now: time) == .notWaiting(.queued))
        }
        let again = try #require(try claim(workspace.store, "a", at: now).first { $0.job.id == job.job.id })
        #expect(again.attempt == 1)
        #expect(again.answer == AnsweredChallenge(challengeJSON: "{}", sealed: [7, 2]))
    }

    @Test func `a late answer asks for a fresh challenge`() throws {
        let (workspace, _, _) = try enqueued(1)
        let job = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        let time = now
        try workspace.store.writeNow { writer throws in
            let outcome = JobOutcome.needsInput(cause: .otpRequired, message: "", challengeJSON: "{}", expires: time)
            #expect(try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time))
            #expect(try writer.answer(job.job.id, sealed: [1], now: time) == .expired)
        }
        let again = try #require(try claim(workspace.store, "a", at: now).first { $0.job.id == job.job.id })
        #expect(again.attempt == 2)
        #expect(again.answer == nil)
    }

    @Test func `jobs that wait stand in the order in which they run out, a page at a time`() throws {
        let (workspace, _, _) = try enqueued(2)
        let jobs = try claim(workspace.store, "a", at: now, limit: 6)
        let time = now
        // The first has no end, the second the latest.
        let ends: [Instant?] = [nil] + (1..<jobs.count).map { time + .seconds(1_000 - Int64($0) * 100) }
        try workspace.store.writeNow { writer throws in
            for (job, end) in zip(jobs, ends) {
                try writer.appendLog(
                    job.job.id, [JobLogEntry(at: time + .seconds(5), level: .warning, step: "wait", message: "m")])
                let outcome = JobOutcome.needsInput(
                    cause: .captchaRequired, message: "", challengeJSON: "{}", expires: end)
                _ = try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time)
            }
        }
        let all = try workspace.store.readNow { try $0.waitingJobs(at: time, perPage: nil) }
        let expected = Array(jobs.dropFirst().reversed()) + [jobs[0]]
        #expect(all.rows.map(\.job.id) == expected.map(\.job.id) && all.total == jobs.count)
        #expect(all.rows.last?.expiresAt == nil && all.rows.first?.expiresAt == ends.last ?? nil)
        #expect(all.rows.allSatisfy { $0.since == time + .seconds(5) })
        // The first two have run out: what can still be answered comes before them.
        let later = try workspace.store.readNow { try $0.waitingJobs(at: ends[4] ?? time, perPage: nil) }
        #expect(later.rows.map(\.job.id) == (expected.dropFirst(2) + expected.prefix(2)).map(\.job.id))
        let second = try workspace.store.readNow { try $0.waitingJobs(at: time, page: 2, perPage: 2) }
        #expect(second.rows.map(\.job.id) == expected[2..<4].map(\.job.id) && second.firstSerial == 3)
        #expect(
            try workspace.store.readNow { try $0.waitingJobs(at: time, page: 99, perPage: 2).page } == second.pageCount)
    }

    @Test func `a question that cannot be read hides no other`() throws {
        let (workspace, _, _) = try enqueued(2)
        let jobs = try claim(workspace.store, "a", at: now, limit: 4)
        let (time, end) = (now, now + .seconds(300))
        let texts = [
            "{\"kind\":\"otp\",\"remoteJob\":\"r\",\"prompt\":\"p\"}", "{", "",
            "{\"kind\":\"otp\",\"remoteJob\":7,\"prompt\":\"p\"}",
        ]
        try workspace.store.writeNow { writer throws in
            for (job, text) in zip(jobs, texts) {
                let outcome = JobOutcome.needsInput(cause: .otpRequired, message: "", challengeJSON: text, expires: end)
                _ = try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time)
            }
        }
        let rows = try workspace.store.readNow { try $0.waitingJobs(at: time, perPage: nil) }.rows
        #expect(rows.count == 4 && rows.filter(\.isReadable).map(\.job.id) == [jobs[0].job.id])
        #expect(rows.allSatisfy { $0.expiresAt == end })
    }

    @Test func `a question that is given up comes back with the next attempt`() throws {
        let (workspace, _, _) = try enqueued(1)
        let job = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        let time = now
        try workspace.store.writeNow { writer throws in
            #expect(try writer.askAnew(job.job.id, now: time) == .notWaiting(.running))
            let outcome = JobOutcome.needsInput(cause: .captchaRequired, message: "", challengeJSON: "{}", expires: nil)
            _ = try writer.finish(job.job.id, generation: job.generation, owner: "a", outcome, now: time)
            #expect(try writer.askAnew(job.job.id, now: time) == nil)
            #expect(try writer.reader.challenge(of: job.job.id) == nil)
            #expect(try writer.askAnew(JobId(9_999), now: time) == .unknown)
        }
        let again = try #require(try claim(workspace.store, "a", at: now).first { $0.job.id == job.job.id })
        #expect(again.attempt == 2 && again.answer == nil)
    }

    @Test func `a job given back in order uses up no attempt`() throws {
        let (workspace, _, _) = try enqueued(1)
        let job = try #require(try claim(workspace.store, "a", at: now, limit: 1).first)
        let time = now
        try workspace.store.writeNow { writer throws in
            #expect(try writer.finish(job.job.id, generation: job.generation, owner: "a", .released(), now: time))
            #expect(try writer.reader.job(job.job.id)?.status == .queued)
        }
        #expect(try claim(workspace.store, "a", at: now).first { $0.job.id == job.job.id }?.attempt == 1)
    }

    @Test func `a snoozed provider's accounts are left alone`() throws {
        let (workspace, accounts, _) = try enqueued(1)
        let gst = try #require(accounts.first { $0.portal == .gst })
        let time = now
        let claimed = try workspace.store.writeNow { writer throws in
            try writer.setProvider(gst.id, "own")
            return try writer.claim(
                owner: "a", limit: 9, until: time, now: time,
                excluding: ClaimExclusions(providers: ["main"], defaultProviders: [.gst: "main", .traces: "main"]))
        }
        #expect(Set(claimed.map(\.job.portal)) == [.gst, .incomeTax])
    }

    @Test func `the log keeps its order and loses its escape sequences`() throws {
        let (workspace, _, ids) = try enqueued(1)
        let time = now
        try workspace.store.writeNow { writer throws in
            for text in ["one", "two\u{1B}[31m"] {
                try writer.appendLog(
                    ids[0], [JobLogEntry(at: time, level: .info, step: "login", message: text, detail: "a\nb")])
            }
        }
        let log = try workspace.store.readNow { try $0.jobLog(ids[0]) }
        #expect(log.map(\.sequence) == [1, 2])
        #expect(log.map(\.message) == ["one", "two\\u{1b}[31m"])
        #expect(try workspace.store.readNow { try $0.jobLog(ids[0], after: 1).count } == 1)
    }
}
