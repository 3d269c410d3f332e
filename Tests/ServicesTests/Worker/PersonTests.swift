import Domain
import Foundation
import Sandbox
import Testing

@testable import Services
@testable import Store

/// Jobs that wait for a captcha or an OTP.
@Suite(.timeLimit(.minutes(20))) struct PersonTests {
    @Test(arguments: [(MagicOutcome.otpRequired, Cause.otpRequired), (.captcha, .captchaRequired)])
    func aPersonsAnswerLetsTheSameAttemptGoOn(outcome: MagicOutcome, cause: Cause) async throws {
        try await WorkHouse.with(outcome) { house in
            let job = try await house.run()
            #expect(job.status == .needsInput && job.cause == cause)
            let otp = try #require(house.server.world.account(WorkHouse.gst)).otp
            try await house.workspace.sync.answer(job.id, text: otp)
            try await house.work()
            let done = try await house.job(job.id)
            #expect(done.status == .done && done.attempt == 1)
            #expect(try await house.account().status == .verified)
            #expect(house.ledger.filter { $0.kind == "fetch" }.count == 1)
            #expect(try await house.log(job.id).allSatisfy { !$0.message.contains(otp) && !$0.detail.contains(otp) })
        }
    }

    @Test func anOtpLiesInNoFileInClear() async throws {
        try await WorkHouse.with(.otpRequired) { house in
            let job = try await house.run()
            let otp = "otp-\(try #require(house.server.world.account(WorkHouse.gst)).otp)-of-a-taxpayer"
            try await house.workspace.sync.answer(job.id, text: otp)
            for end in ["", "-wal"] {
                let file = URL(fileURLWithPath: house.place.home.database + end)
                #expect(try Data(contentsOf: file).range(of: Data(otp.utf8)) == nil)
            }
        }
    }

    @Test func anAnswerThatSomebodyChangedIsNotSentAndTheQuestionIsAskedAnew() async throws {
        try await WorkHouse.with(.otpRequired) { house in
            let job = try await house.run()
            let now = house.workspace.now
            let outcome = try await house.workspace.write {
                try $0.answer(job.id, sealed: Array(repeating: 0, count: 90), now: now)
            }
            #expect(outcome == .accepted)
            try await house.work()
            #expect(try await house.job(job.id).status == .needsInput)
        }
    }

    @Test(arguments: [MagicOutcome.otpRequired, .captcha])
    func aWrongAnswerAsksAgainAndSaysSoUntilTheRightOne(outcome: MagicOutcome) async throws {
        try await WorkHouse.with(outcome) { house in
            let relay = house.workspace.relay
            let job = try await house.run()
            #expect(try await relay.queue().rows.map(\.followsRefusal) == [false])
            #expect(try await relay.question(of: job.id).waiting.followsRefusal == false)
            try await house.workspace.sync.answer(job.id, text: "000")
            try await house.work()
            let again = try await house.job(job.id)
            #expect(again.status == .needsInput)
            #expect(try await relay.queue().rows.map(\.followsRefusal) == [true])
            #expect(try await relay.question(of: job.id).waiting.followsRefusal)
            #expect(try await relay.followsRefusal(again))
            let otp = try #require(house.server.world.account(WorkHouse.gst)).otp
            try await house.workspace.sync.answer(job.id, text: otp)
            try await house.work()
            let done = try await house.job(job.id)
            #expect(done.status == .done)
            #expect(try await relay.followsRefusal(done) == false)
        }
    }

    @Test func anAnswerThatComesTooLateIsSaidToBeLateAndTheQuestionIsAskedAnew() async throws {
        try await WorkHouse.with(.otpRequired) { house in
            let job = try await house.run()
            house.place.time.advance(.seconds(600))
            let late = await complaint { try await house.workspace.sync.answer(job.id, text: "123456") }
            #expect(late?.status == .tryLater)
            try await house.work()
            let again = try await house.job(job.id)
            #expect(again.status == .needsInput && again.attempt == 2)
        }
    }

    @Test(arguments: [MagicOutcome.otpRequired, .captcha])
    func aQuestionThatWouldCostALoginOrAnOtpIsAskedAnewOnlyWhenItHasRunOut(outcome: MagicOutcome) async throws {
        try await WorkHouse.with(outcome) { house in
            let job = try await house.run()
            let relay = house.workspace.relay
            let refused = await complaint { try await relay.askAnew(job.id) }
            #expect(refused?.status == .badData && refused?.what.contains("cannot ask for another") == true)
            #expect(try await house.job(job.id).status == .needsInput)
            house.place.time.advance(.seconds(600))
            #expect(try await relay.queue().rows.first?.hasExpired(at: house.workspace.now) == true)
            try await relay.askAnew(job.id)
            try await house.work()
            #expect(try await house.job(job.id).status == .needsInput)
            #expect(try await relay.queue().rows.first?.hasExpired(at: house.workspace.now) == false)
        }
    }

    @Test(arguments: ["{", "{}"])
    func aQuestionThatIsDamagedIsShownAsSuchTakesNoAnswerAndIsAskedAnew(json: String) async throws {
        try await WorkHouse.with(.otpRequired) { house in
            let job = try await house.run()
            let relay = house.workspace.relay
            try house.workspace.store.withWriter { try $0.execute("UPDATE job_challenge SET json = '\(json)'") }
            let row = try #require(try await relay.queue().rows.first)
            #expect(row.job.id == job.id && !row.isReadable)
            let question = try await relay.question(of: job.id)
            #expect(question.isRenewable && question.problem.contains("cannot be read"))
            let refused = await complaint { try await house.workspace.sync.answer(job.id, text: "123456") }
            #expect(refused?.status == .badData && refused?.description.contains("ask-anew \(job.id)") == true)
            try await relay.askAnew(job.id)
            try await house.work()
            #expect(try await house.job(job.id).status == .needsInput)
            #expect(try await relay.queue().rows.first?.isReadable == true)
        }
    }

    @Test func aJobThatWaitsForNothingTakesNoAnswer() async throws {
        try await WorkHouse.with { house in
            let job = try await house.run()
            let refused = await complaint { try await house.workspace.sync.answer(job.id, text: "1") }
            #expect(refused?.status == .badData)
            let unknown = await complaint { try await house.workspace.sync.answer(JobId(99), text: "1") }
            #expect(unknown?.status == .badData)
        }
    }
}
