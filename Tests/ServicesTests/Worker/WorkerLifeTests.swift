import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import Services

/// How a worker begins, waits, shares, stops and ends. Time is virtual.
@Suite(.timeLimit(.minutes(20))) struct WorkerLifeTests {
    @Test func aSecondWorkerIsRefused() async throws {
        try await WorkHouse.with { house in
            let first = try SyncWorker(house.workspace, options: .init(concurrency: 1))
            let refused = await complaint { try SyncWorker(house.workspace, options: .init(concurrency: 1)) }
            #expect(refused?.status == .tryLater)
            #expect(FileLock.isHeld(house.place.home.workerLock))
            withExtendedLifetime(first) {}
        }
    }

    @Test func anIdleWorkerSetsNoTimerButItsEnd() async throws {
        try await WorkHouse.with { house in
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            await house.place.time.untilSomebodySleeps(.seconds(60))
            #expect(house.place.time.waits == [.seconds(60)])
            house.place.time.advance(.seconds(60))
            try await running.value
            #expect(!FileLock.isHeld(house.place.home.workerLock))
        }
    }

    @Test func aWorkerThatStaysSetsNoTimerAtAll() async throws {
        try await WorkHouse.with { house in
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2, linger: nil))
            let running = Task { try await worker.run() }
            let id = try await house.trigger()
            try await house.untilFinished(id)
            worker.stop()
            try await running.value
            #expect(house.place.time.waits.isEmpty)
        }
    }

    @Test func aRunningWorkerTakesTheRetryWhenItIsDue() async throws {
        try await WorkHouse.with(.placeFailed, settings: "[worker]\nattempts = 2") { house in
            let id = try await house.trigger()
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            let job = try await house.until(id) { $0.status == .retrying }
            let wait = try #require(job.nextTryAt).since(house.place.time.now)
            let ended = try await house.place.time.passing(wait) { try await house.untilFinished(id) }
            #expect(ended.attempt == 2 && ended.status == .failed)
            worker.stop()
            try await running.value
        }
    }

    @Test func aCancelledJobInTheQueueIsNotRun() async throws {
        try await WorkHouse.with { house in
            let id = try await house.trigger()
            let verdicts = try await house.workspace.sync.cancel([id])
            #expect(verdicts.map(\.isAccepted) == [true])
            try await house.work()
            #expect(try await house.job(id).status == .cancelled)
            #expect(await house.calls("POST /v1/jobs") == 0)
        }
    }

    @Test func aRunningJobEndsWhenAPersonCancelsIt() async throws {
        try await WorkHouse.with(.neverEnds) { house in
            let id = try await house.trigger()
            let worker = Task { try await house.work() }
            try await house.untilAsked("GET /v1/jobs/{id}")
            _ = try await house.workspace.sync.cancel([id])
            try await worker.value
            #expect(try await house.job(id).status == .cancelled)
            // The portal is not left busy for nobody.
            #expect(await house.calls("POST /v1/jobs/{id}/cancel") == 1)
        }
    }

    @Test func aStopGivesJobsBackAndTheNextWorkerGoesOnWithTheSameAttempt() async throws {
        try await WorkHouse.with(.slow) { house in
            let id = try await house.trigger()
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            try await house.untilAsked("GET /v1/jobs/{id}")
            worker.stop()
            await house.place.time.untilSomebodySleeps(.seconds(25))
            house.place.time.advance(.seconds(25))
            try await running.value
            let given = try await house.job(id)
            #expect(given.status == .queued && given.attempt == 1 && given.cause == nil)
            #expect(await house.calls("POST /v1/jobs/{id}/cancel") == 0)
            #expect(try await house.summary().isProviderOk != false)
            house.place.time.advance(.seconds(120))
            try await house.work()
            let done = try await house.job(id)
            #expect(done.status == .done && done.attempt == 1)
            #expect(house.ledger.filter { $0.kind == "fetch" }.count == 1)
        }
    }

    @Test func aSecondStopDoesNotWaitForWhatRuns() async throws {
        try await WorkHouse.with(.neverEnds) { house in
            let id = try await house.trigger()
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            try await house.untilAsked("GET /v1/jobs/{id}")
            worker.stop()
            worker.stop()
            try await running.value
            #expect(try await house.job(id).status == .queued)
        }
    }

    /// A login that hangs is not waited for, and the password that had left counts as offered: whoever stops the worker again
    /// and again must not lock the account.
    @Test func aLoginThatIsCutShortCountsAsOffered() async throws {
        try await WorkHouse.withEFiling(faults: ["latency:4000@/efiling/iec/loginapi/login"]) { house, pan in
            let id = try await house.trigger(.fetch, pan)
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            while await !house.server.calls().keys.contains(where: { $0.contains("loginService") }) {
                await Task.yield()
            }
            worker.stop()
            worker.stop()
            try await running.value
            #expect(try await house.job(id).status == .queued)
            #expect(try await house.account(pan).refusals == 1)
        }
    }

    @Test func theOutcomeOfALostLeaseIsDropped() async throws {
        try await WorkHouse.with(.neverEnds) { house in
            let id = try await house.trigger()
            let worker = Task { try await house.work() }
            try await house.untilAsked("GET /v1/jobs/{id}")
            let now = house.place.time.now
            // At one moment: in between, the worker itself could take the job again.
            let claimed = try await house.workspace.store.write { writer in
                _ = try writer.voidLeases(otherThan: "", now: now, quarantineAfter: 3)
                return try writer.claim(owner: "another", limit: 1, until: now + .seconds(60), now: now)
            }
            #expect(claimed.map(\.job.id) == [id])
            house.place.time.advance(.seconds(20))
            try await worker.value
            #expect(try await house.job(id).status == .running)
            #expect(try await house.log(id).last?.step == "lease")
        }
    }

    @Test func leasesAreRenewedWhileJobsRun() async throws {
        try await WorkHouse.with(.slow) { house in
            let id = try await house.trigger()
            let worker = Task { try await house.work() }
            try await house.untilAsked("GET /v1/jobs/{id}")
            for _ in 0..<2 {
                await house.place.time.untilSomebodySleeps(.seconds(20))
                house.place.time.advance(.seconds(20))
            }
            await house.place.time.untilSomebodySleeps(.seconds(20))
            let now = house.place.time.now
            let ended = try await house.workspace.store.write { try $0.expireLeases(now: now, quarantineAfter: 3) }
            #expect(ended.recovered.isEmpty)
            house.place.time.advance(.seconds(30))
            try await worker.value
            #expect(try await house.job(id).status == .done)
            #expect(house.place.time.waits.isEmpty)
        }
    }

    @Test func aDeadWorkersJobIsTakenUpWithTheSameAttempt() async throws {
        try await WorkHouse.with { house in
            let id = try await house.trigger()
            let now = house.place.time.now
            _ = try await house.workspace.store.write {
                try $0.claim(owner: "dead", limit: 1, until: now + .seconds(60), now: now)
            }
            try await house.work()
            let job = try await house.job(id)
            #expect(job.status == .done && job.attempt == 1)
            #expect(try await house.log(id).first?.step == "recover")
        }
    }

    @Test func aJobThatKillsWorkersIsSetAside() async throws {
        try await WorkHouse.with(settings: "[worker]\nquarantine_after = 2") { house in
            let id = try await house.trigger()
            let now = house.place.time.now
            let worker = try SyncWorker(house.workspace, options: .init(untilIdle: true, concurrency: 1))
            for death in 1...2 {
                _ = try await house.workspace.store.write {
                    try $0.claim(owner: "dead \(death)", limit: 1, until: now + .seconds(60), now: now)
                }
                try await worker.recover()
            }
            let job = try await house.job(id)
            #expect(job.status == .failed && job.cause == .crashed)
        }
    }

    @Test func twoJobsOfOneAccountRunOneAfterTheOtherWithoutSpinning() async throws {
        try await WorkHouse.with(.slow) { house in
            let fetch = try await house.trigger(.fetch)
            let worker = Task { try await house.work() }
            try await house.untilAsked("GET /v1/jobs/{id}")
            let verify = try await house.trigger(.verify)
            // The second job is due, but its account is busy: no write happens for it, only for the calls of the first, each
            // of which goes on record before it leaves and when it ends.
            let before = house.workspace.store.batchStatistics.commits
            try await house.untilAsked("GET /v1/jobs/{id}", times: 200)
            #expect(house.workspace.store.batchStatistics.commits <= before + 2 * 200 + 20)
            house.place.time.advance(.seconds(70))
            try await worker.value
            #expect(try await house.job(fetch).status == .done)
            #expect(try await house.job(verify).status == .done)
        }
    }

    @Test func aProviderGetsNoMoreJobsAtOnceThanItsFileAllows() async throws {
        try await WorkHouse.with(.slow, concurrency: 1) { house in
            let first = try await house.trigger(.fetch, WorkHouse.gst)
            let second = try await house.trigger(.fetch, WorkHouse.pan)
            let worker = Task { try await house.work(concurrency: 4) }
            try await house.untilAsked("GET /v1/jobs/{id}", times: 50)
            #expect(try await house.job(first).status == .running)
            #expect(try await house.job(second).status == .queued)
            house.place.time.advance(.seconds(70))
            try await worker.value
            #expect(try await house.job(first).status == .done)
            #expect(try await house.job(second).status == .done)
        }
    }

    @Test func theWorkersLogTellsOfJobsAndHoldsNoSecret() async throws {
        try await WorkHouse.with { house in
            try await house.setLogin(WorkHouse.gst, password: "Neem-wrong@1")
            let job = try await house.run()
            let log = try String(contentsOfFile: house.place.home.workerLog, encoding: .utf8)
            #expect(
                log.contains(" warning failed ") && log.contains("cause=wrong_password")
                    && log.contains("job=\(job.id)"))
            let texts = [log] + (try await house.log(job.id)).flatMap { [$0.message, $0.detail] }
            for secret in ["Neem-wrong@1", DemoWorld.clientSecret] {
                #expect(texts.allSatisfy { !$0.contains(secret) })
            }
        }
    }
}
