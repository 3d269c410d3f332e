import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

/// Jobs at TRACES by its own wire: every login waits for a person.
@Suite(.timeLimit(.minutes(20))) struct TracesTests {
    private static let login = "POST /traces/loginservice/api/auth/login"

    @Test func aFetchWaitsForThePersonAndThenFillsTheInbox() async throws {
        try await with { house, tan in
            let job = try await house.run(.fetch, tan)
            #expect(job.status == .needsInput && job.cause == .captchaRequired)
            #expect(await house.calls(Self.login) == 0)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            let done = try await house.job(job.id)
            #expect(done.status == .done && done.attempt == 1)
            #expect(try await house.account(tan).status == .verified)
            for place in Portal.traces.places { #expect(try await house.coverage(place, tan).outcome == .read) }
        }
    }

    @Test func aOneTimePasswordGoesThroughTheSameRelayAsTheCaptcha() async throws {
        try await WorkHouse.withTraces(.otpRequired) { house, tan in
            try await house.authorise(tan)
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            let id = try await house.trigger(.fetch, tan)
            try await house.until(id) { $0.status == .needsInput && $0.cause == .captchaRequired }
            try await house.workspace.sync.answer(id, text: try captcha(house))
            try await house.until(id) { $0.status == .needsInput && $0.cause == .otpRequired }
            let question = try await house.workspace.relay.question(of: id)
            #expect(question.prompt.contains("one-time password") && question.image == nil && !question.isRenewable)
            // The login waits in the worker's memory, so the worker stays longer than for nothing.
            await house.place.time.untilSomebodySleeps(.seconds(600))
            let otp = try #require(house.server.world.account(tan)).otp
            try await house.workspace.sync.answer(id, text: otp)
            let done = try await house.untilFinished(id)
            #expect(done.status == .done && done.attempt == 1)
            #expect(try await house.account(tan).status == .verified)
            let log = try await house.log(id)
            #expect(log.allSatisfy { !$0.message.contains(otp) && !$0.detail.contains(otp) })
            worker.stop()
            try await running.value
        }
    }

    @Test func aLoginThatIsGoneBeginsWithAnotherCaptcha() async throws {
        try await WorkHouse.withTraces(.otpRequired) { house, tan in
            try await house.authorise(tan)
            let job = try await house.run(.fetch, tan)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            #expect(try await house.job(job.id).cause == .otpRequired)
            // Each call of `work` is a worker of its own.
            try await house.workspace.sync.answer(job.id, text: "123456")
            try await house.work()
            let again = try await house.job(job.id)
            #expect(again.status == .needsInput && again.cause == .captchaRequired)
            #expect(await house.calls(Self.login) == 1)
        }
    }

    @Test func aVerificationMakesOneLoginAttemptWithThePersonsAnswer() async throws {
        try await with { house, tan in
            let job = try await house.run(.verify, tan)
            #expect(job.status == .needsInput && job.cause == .captchaRequired)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
            #expect(try await house.account(tan).status == .verified)
            #expect(await house.calls(Self.login) == 1)
        }
    }

    @Test func aWrongPasswordIsNotOfferedAgainByALaterFetch() async throws {
        try await with { house, tan in
            try await house.setLogin(tan, password: "Not-the-one@1")
            let job = try await house.run(.fetch, tan)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            #expect(try await house.job(job.id).cause == .wrongPassword)
            let again = try await house.run(.fetch, tan)
            #expect(again.status == .failed && again.cause == .wrongPassword)
            #expect(await house.calls(Self.login) == 1)
        }
    }

    @Test func aWrongAnswerAsksThePersonAgain() async throws {
        try await with { house, tan in
            let job = try await house.run(.fetch, tan)
            try await house.workspace.sync.answer(job.id, text: "nonsense")
            try await house.work()
            #expect(try await house.job(job.id).status == .needsInput)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
        }
    }

    @Test func thePictureIsShownAndAnotherOneComesWithoutALoginAttempt() async throws {
        try await with { house, tan in
            let job = try await house.run(.fetch, tan)
            let relay = house.workspace.relay
            let queue = try await relay.queue()
            #expect(queue.rows.map(\.job.id) == [job.id] && queue.rows.first?.expiresAt != nil)
            let question = try await relay.question(of: job.id)
            let picture = try #require(question.picture)
            #expect(picture.columns > 100 && picture.rows > 30 && question.isRenewable && question.problem.isEmpty)
            #expect(Set(picture.rgb) == [30, 240])
            let file = house.place.folder + "/captcha.png"
            try await relay.savePicture(of: job.id, to: .file(file, replaces: false))
            #expect(FileManager.default.contents(atPath: file).map(Array.init) == question.image)
            try await relay.askAnew(job.id)
            try await house.work()
            let next = try await relay.question(of: job.id)
            #expect(next.image != question.image)
            #expect(await house.calls(Self.login) == 0)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
            #expect(await complaint { try await relay.question(of: job.id) }?.status == .badData)
        }
    }

    /// What a person would read in the captcha that was made last.
    private func captcha(_ house: WorkHouse) throws -> String {
        try #require(house.ledger.last { $0.system == "traces" && $0.kind == "captcha" }).key
    }

    @Test func whereRecordsWereSetAsideThePlaceSaysSo() async throws {
        try await with(.strayRecord) { house, tan in
            let job = try await house.run(.fetch, tan)
            try await house.workspace.sync.answer(job.id, text: try captcha(house))
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
            #expect(try await house.coverage(.communications, tan).error == "2 records set aside")
            #expect(try await house.coverage(.requests, tan).error == "1 record set aside")
            let page = try await house.workspace.sync.coverage(CoverageQuery(identity: tan))
            // The default summary is never read whole: its newest statements stand on another portal.
            #expect(page.strayed == 3 && page.unanswered == 0)
            let steps = try await house.log(job.id).filter { $0.step == "place" && $0.level == .warning }.map(\.message)
            #expect(steps.count == 3 && steps.filter { $0.hasSuffix("set aside") }.count == 2)
            let kept = try await house.workspace.strays.page(StrayQuery()).rows
            var texts: [[UInt8]] = []
            for stray in kept { texts.append(try await house.workspace.strays.record(stray.id).raw) }
            #expect(texts.contains(Array(#"{"moved":[7,null]}"#.utf8)))
        }
    }

    @Test func aCaptchaWhosePortalTellsNoEndRunsOutByTheSetting() async throws {
        try await with { house, tan in
            _ = try await house.run(.fetch, tan)
            let asked = try #require(try await house.workspace.relay.queue().rows.first)
            let since = try #require(asked.since)
            #expect(try #require(asked.expiresAt).since(since) <= .seconds(300))
            #expect(!asked.hasExpired(at: since) && asked.hasExpired(at: since + .seconds(300)))
        }
    }

    private func with(
        _ outcome: MagicOutcome = .success, _ body: (WorkHouse, PortalIdentity) async throws -> Void
    ) async throws {
        try await WorkHouse.withTraces(outcome) { house, tan in
            try await house.authorise(tan)
            try await body(house, tan)
        }
    }
}
