import Domain
import Sandbox
import Store
import Testing

@testable import Services

/// When a job is tried again, and when never.
@Suite(.timeLimit(.minutes(20))) struct RetryTests {
    @Test func aWrongPasswordIsOfferedOnceAndNeverAgain() async throws {
        try await WorkHouse.with { house in
            try await house.setLogin(WorkHouse.gst, password: "Neem-wrong@1")
            let first = try await house.run()
            #expect(first.cause == .wrongPassword)
            let asked = house.ledger.count
            let said = try await house.account()
            house.place.time.advance(.seconds(7_200))
            let second = try await house.run()
            let third = try await house.run()
            #expect(second.status == .failed && second.cause == .wrongPassword)
            #expect(second.message == third.message && second.message.contains("not tried again"))
            #expect(house.ledger.count == asked)
            // Nobody asked the portal, so nothing new is known of the login.
            #expect(try await house.account() == said)
        }
    }

    @Test func aNewPasswordIsTriedAtOnce() async throws {
        try await WorkHouse.with { house in
            try await house.setLogin(WorkHouse.gst, password: "Neem-wrong@1")
            _ = try await house.run()
            try await house.setLogin(WorkHouse.gst)
            #expect(try await house.run().status == .done)
            #expect(try await house.account().status == .verified)
        }
    }

    @Test func aFetchOfAllLeavesRefusedLoginsOut() async throws {
        try await WorkHouse.with { house in
            try await house.setLogin(WorkHouse.gst, password: "Neem-wrong@1")
            _ = try await house.run()
            let triggered = try await house.workspace.sync.triggerAll(nil, by: .command)
            let identities = try await triggered.ids.asyncMap { try await house.job($0).identity }
            #expect(identities == [WorkHouse.pan])
        }
    }

    @Test func aJobIsTriedAgainAtItsTimeAndNotBefore() async throws {
        try await WorkHouse.with(.unavailableTwice) { house in
            let job = try await house.run()
            let wait = try #require(job.nextTryAt).since(house.place.time.now)
            #expect(wait >= .milliseconds(7_500) && wait <= .seconds(15))
            house.place.time.advance(wait - .milliseconds(1))
            try await house.work()
            #expect(try await house.job(job.id).attempt == 1)
            house.place.time.advance(.milliseconds(1))
            try await house.work()
            let second = try await house.job(job.id)
            #expect(second.attempt == 2 && second.status == .retrying)
            try await house.advanceToNextTry(job.id)
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
        }
    }

    @Test func eachAttemptHasAKeyOfItsOwn() async throws {
        try await WorkHouse.with(.placeFailed) { house in
            let job = try await house.run()
            try await house.advanceToNextTry(job.id)
            try await house.work()
            let keys = house.ledger.filter { $0.kind == "fetch" }.map(\.key)
            #expect(keys.count == 2 && Set(keys).count == 2)
            #expect(keys.allSatisfy { $0.contains("-job-\(job.id)-") })
        }
    }

    @Test func aJobThatNeverSucceedsIsGivenUpAfterItsAttempts() async throws {
        try await WorkHouse.with(.dropAfterHeaders, settings: "[worker]\nattempts = 2") { house in
            let job = try await house.run()
            try await house.advanceToNextTry(job.id)
            try await house.work()
            let ended = try await house.job(job.id)
            #expect(ended.status == .failed && ended.cause == .gaveUp && ended.attempt == 2)
            #expect(ended.message.hasPrefix("after 2 attempts: "))
        }
    }

    @Test func aPlaceThatNeverLoadsFailsInTheEndUnderItsOwnName() async throws {
        try await WorkHouse.with(.placeFailed, settings: "[worker]\nattempts = 1") { house in
            let job = try await house.run()
            #expect(job.status == .failed && job.cause == .placeFailed)
        }
    }

    @Test func retryAfterIsNeverUndercut() async throws {
        try await WorkHouse.with(faults: ["rate_limited:9@/v1/jobs"]) { house in
            let job = try await house.run()
            #expect(job.cause == .rateLimited)
            #expect(try #require(job.nextTryAt).since(house.place.time.now) >= .seconds(2))
        }
    }

    @Test(arguments: [(MagicOutcome.unavailableTwice, Cause.portalDown), (.rateLimited, .rateLimited)])
    func aVerificationMakesExactlyOneAttempt(outcome: MagicOutcome, cause: Cause) async throws {
        try await WorkHouse.with(outcome) { house in
            let job = try await house.run(.verify)
            #expect(job.status == .failed && job.cause == cause && job.attempt == 1)
            #expect(await house.calls("POST /v1/credentials/{id}/verify") == 1)
            let account = try await house.account()
            #expect(account.status == .notVerified && account.reason == cause)
        }
    }

    @Test func aFaultOfThePortalTakesNoVerificationAway() async throws {
        try await WorkHouse.with(faults: ["close:1@/v1/token"]) { house in
            _ = try await house.run(.fetch, WorkHouse.pan)
            try await house.setLogin(WorkHouse.pan)
            _ = try await house.run(.verify, WorkHouse.pan)
            #expect(try await house.account(WorkHouse.pan).status == .verified)
            await house.server.stop()
            let job = try await house.run(.verify, WorkHouse.pan)
            #expect(job.status == .failed && job.cause == .portalDown)
            #expect(try await house.account(WorkHouse.pan).status == .verified)
        }
    }

    @Test(arguments: [MagicOutcome.otpRequired, .captcha])
    func aVerificationThatNeedsAPersonSaysSoAndEnds(outcome: MagicOutcome) async throws {
        try await WorkHouse.with(outcome) { house in
            let job = try await house.run(.verify)
            let cause: Cause = outcome == .captcha ? .captchaRequired : .otpRequired
            #expect(job.status == .failed && job.cause == cause)
            #expect(try await house.account().reason == cause)
        }
    }

    @Test func aPasswordChangedWhileItWasTriedIsNotBlamedForTheOldOne() async throws {
        try await WorkHouse.with(faults: ["latency:1@/v1/jobs"]) { house in
            try await house.setLogin(WorkHouse.gst, password: "Neem-wrong@1")
            let old = try await house.account()
            try await house.setLogin(WorkHouse.gst)
            let word = JobConclusion.LoginWord(
                account: old.id, version: old.loginVersion, status: .notVerified, cause: .wrongPassword)
            let claimed = ClaimedJobs.of(try await house.job(try await house.trigger()))
            let now = house.place.time.now
            let isHeld = try await house.workspace.store.write { writer in
                try JobConclusion(outcome: .cancelled, login: word).store(
                    of: claimed, owner: "none", in: writer, now: now)
            }
            #expect(!isHeld)
            #expect(try await house.account().reason == .neverChecked)
        }
    }
}
