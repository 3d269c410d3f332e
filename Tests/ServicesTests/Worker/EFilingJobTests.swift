import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import Services

/// Jobs that enter the e-filing portal as its user: what they ask of people, and how careful they are with a password.
@Suite(.timeLimit(.minutes(20))) struct EFilingJobTests {
    @Test func somebodyElsesSessionIsAPersonsChoice() async throws {
        try await WorkHouse.withEFiling(.dualSession) { house, pan in
            let job = try await house.run(.fetch, pan)
            #expect(job.status == .needsInput && job.cause == .dualSession)
            let question = try await house.workspace.relay.question(of: job.id)
            #expect(question.prompt.contains("continue") && question.image == nil && !question.isRenewable)
            try await house.workspace.sync.answer(job.id, text: "continue")
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
        }
        try await WorkHouse.withEFiling(.dualSession) { house, pan in
            let job = try await house.run(.fetch, pan)
            let before = await house.calls("POST /efiling/iec/loginapi/login loginService")
            try await house.workspace.sync.answer(job.id, text: "leave")
            try await house.work()
            let ended = try await house.job(job.id)
            #expect(ended.status == .failed && ended.cause == .dualSession && ended.message.contains("left alone"))
            #expect(await house.calls("POST /efiling/iec/loginapi/login loginService") == before)
        }
    }

    /// The worker that held our session has ended; the session has not. Nobody is asked about it.
    @Test func aSessionThatOurOwnWorkerLeftBehindIsWaitedFor() async throws {
        try await WorkHouse.withEFiling { house, pan in
            #expect(try await house.run(.fetch, pan).status == .done)
            let job = try await house.run(.fetch, pan)
            #expect(job.status == .retrying && job.cause == .dualSession)
            try await house.advanceToNextTry(job.id)
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
        }
    }

    @Test func aOneTimePasswordIsPassedOnWhenAPersonHasTypedIt() async throws {
        try await WorkHouse.withEFiling(.otpRequired) { house, pan in
            let job = try await house.run(.fetch, pan)
            #expect(job.status == .needsInput && job.cause == .otpRequired)
            let otp = try #require(house.server.world.account(pan)).otp
            try await house.workspace.sync.answer(job.id, text: otp)
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
            #expect(try await house.account(pan).status == .verified)
        }
    }

    /// Nobody knows what the portal made of the password: one more offer, then only a person may have it verified.
    @Test func aPasswordOfWhichNothingIsKnownIsOfferedOnceMoreAtMost() async throws {
        try await WorkHouse.with { house in
            _ = try await house.run()
            let account = try await house.account()
            #expect(account.status == .verified)
            let word = JobConclusion.LoginWord(
                account: account.id, version: account.loginVersion, status: .notVerified, cause: .portalDown,
                message: "answered 503", unsureTries: 2)
            let claimed = ClaimedJobs.of(try await house.job(try await house.trigger()))
            let now = house.place.time.now
            func note() async throws {
                _ = try await house.workspace.store.write { writer in
                    try JobConclusion(outcome: .cancelled, login: word).store(
                        of: claimed, owner: "none", in: writer, now: now)
                }
            }
            try await note()
            // A portal that stumbled once takes no verification away.
            let once = try await house.account()
            #expect(once.status == .verified && once.refusals == 1 && once.mayOffer(for: .fetch, limit: 2))
            try await note()
            let twice = try await house.account()
            #expect(twice.status == .notVerified && twice.reason == .portalDown)
            #expect(!twice.mayOffer(for: .fetch, limit: 2) && twice.mayOffer(for: .verify, limit: 2))
            let fetch = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .desk)
            #expect(fetch.refused.first?.reason.contains("no clear answer") == true)
            #expect(try await house.workspace.sync.trigger(.verify, [WorkHouse.gst], by: .desk).ids.count == 1)
        }
    }

    @Test func theLastPlaceReadComesLastAndEachAttemptBeginsWithAnother() {
        func places(_ times: [Domain.Place: Int64], attempt: Int) -> [Domain.Place] {
            var claimed = ClaimedJobs.of(
                Job(
                    id: JobId(1), accountId: AccountId(1), identity: WorkHouse.pan, business: "", kind: .fetch,
                    status: .running, trigger: .desk, attempt: attempt, createdAt: Instant(seconds: 1_000)))
            claimed.attempt = attempt
            return PlaceOrder.places(
                [.selfFya, .selfFyi, .demand, .returns], read: times.mapValues { Instant(seconds: $0) }, of: claimed)
        }
        #expect(places([:], attempt: 1) == [.selfFya, .selfFyi, .demand, .returns])
        #expect(places([.selfFya: 500, .demand: 10], attempt: 1) == [.selfFyi, .returns, .demand, .selfFya])
        // The first one took the whole of the attempt before: another begins.
        #expect(places([:], attempt: 2) == [.selfFyi, .demand, .returns, .selfFya])
        // What this job has read already comes last.
        #expect(places([.selfFyi: 1_200, .demand: 1_100], attempt: 3) == [.selfFya, .returns, .demand, .selfFyi])
    }
}
