import Domain
import Sandbox
import Testing

@testable import Portals

/// One-time passwords of TRACES: a person types them, and nothing is lost that was done before.
@Suite(.timeLimit(.minutes(20))) struct TracesOtpTests {
    /// The question for a one-time password that an attempt ends with.
    private func question(_ traces: TracesHouse, _ attempt: () async throws -> Void) async throws -> Challenge {
        let ended = await failure(attempt)
        #expect(ended?.cause == .otpRequired, "\(ended?.message ?? "it succeeded")")
        let challenge = try #require(ended?.challenge)
        #expect(challenge.kind == .otp && challenge.image == nil)
        return challenge
    }

    private func loginQuestion(_ traces: TracesHouse) async throws -> Challenge {
        let answer = try traces.read(try await traces.challenge())
        return try await question(traces) { _ = try await traces.fetch(answer) }
    }

    @Test func theLoginGoesOnWithWhatThePersonTypes() async throws {
        try await TracesHouse.with(.otpRequired) { traces in
            let asked = try await loginQuestion(traces)
            #expect(asked.followsRefusal == false && asked.prompt.contains("sent to your registered mobile number"))
            let again = try await question(traces) {
                _ = try await traces.fetch(ChallengeAnswer(remoteJob: asked.remoteJob, text: "000"))
            }
            #expect(again.followsRefusal == true && again.remoteJob != asked.remoteJob)
            let otp = traces.account.otp
            let typed = ChallengeAnswer(remoteJob: again.remoteJob, text: " \(otp) ")
            #expect(try await traces.fetch(typed).isComplete)
            // One picture was read for all of it, and the password left with each answer once.
            #expect(await traces.calls(TracesHouse.captchaCall) == 1)
            #expect(await traces.logins == 3)
            let text = await traces.reporter.text
            #expect(!text.contains(otp) && !text.contains(traces.account.password))
        }
    }

    @Test func anAnswerIsOfferedOnceAndOfALoginThatIsGoneNotAtAll() async throws {
        try await TracesHouse.with(.otpRequired) { traces in
            let asked = try await loginQuestion(traces)
            let wrong = ChallengeAnswer(remoteJob: asked.remoteJob, text: "000")
            _ = try await question(traces) { _ = try await traces.fetch(wrong) }
            #expect(await traces.logins == 2)
            // The attempt is taken up again with the same answer: the picture is asked for anew.
            _ = try await traces.challenge(wrong)
            #expect(await traces.logins == 2)
        }
    }

    private func verify(_ traces: TracesHouse, _ answer: ChallengeAnswer? = nil) async throws {
        let key = IdempotencyKey(workspace: "test", job: JobId(7), attempt: 1)
        try await traces.connector.verify(
            SandboxHouse.login(traces.account), key: key, answer: answer, reporter: traces.reporter)
    }

    @Test func aVerificationIsAskedToo() async throws {
        try await TracesHouse.with(.otpRequired) { traces in
            let ended = await failure { try await verify(traces) }
            let captcha = try #require(ended?.challenge)
            let read = try traces.read(captcha)
            let asked = try await question(traces) { try await verify(traces, read) }
            try await verify(traces, ChallengeAnswer(remoteJob: asked.remoteJob, text: traces.account.otp))
            let report = try await traces.fetch()
            #expect(report.isComplete)
        }
    }

    /// A fetch in the session at hand that asks for a file first.
    private func ask(
        _ traces: TracesHouse, _ id: Int64, _ wish: TdsWish, _ answer: ChallengeAnswer? = nil
    ) async throws {
        var request = SandboxHouse.request(traces.account, answer: answer)
        request.places = [.requests]
        request.wishes = [id: wish]
        _ = try await traces.connector.fetch(request, reporter: traces.reporter)
    }

    @Test func aRequestOfAFileWaitsForTheOneTimePasswordInTheSameSession() async throws {
        try await TracesHouse.with(.otpRequired) { traces in
            let asked = try await loginQuestion(traces)
            let otp = traces.account.otp
            _ = try await traces.fetch(
                ChallengeAnswer(remoteJob: asked.remoteJob, text: otp), places: [.defaultSummary])
            let notice = try #require(await traces.notices(.defaultSummary).first)
            let wish = try TracesAskingTests.wish(notice)
            let first = try await question(traces) { try await ask(traces, 7, wish) }
            #expect(first.prompt.contains("justification report of \(wish.form)"))
            // It waits for the answer, like all that could not be asked for.
            if case .waits? = await traces.reporter.steps[7]?.last {} else { Issue.record("it does not wait") }
            let typed = ChallengeAnswer(remoteJob: first.remoteJob, text: otp)
            try await ask(traces, 7, wish, typed)
            if case .asked? = await traces.reporter.steps[7]?.last {} else { Issue.record("it was not asked for") }
            // The answer to one request is none to another.
            let second = try await question(traces) { try await ask(traces, 8, wish, typed) }
            // One that the portal does not take ends the request, and says so: the places are not held up for it.
            try await ask(traces, 8, wish, ChallengeAnswer(remoteJob: second.remoteJob, text: "000"))
            let said = await traces.reporter.steps[8]?.last.map { "\($0)" }
            #expect(said?.contains("refused") == true && said?.contains("Invalid OTP") == true)
            #expect(await traces.logins == 2)
        }
    }

    @Test func aPageThatOnlySpeaksOfOneTimePasswordsAsksForNone() {
        func asks(_ words: String) -> Bool {
            TracesQuestion.asksForOtp(Array("<html><body><p>\(words)</p></body></html>".utf8))
        }
        #expect(asks("Enter the OTP sent to your registered mobile number."))
        #expect(asks("A one time password is required"))
        #expect(!asks("KYC details do not match the statement. Help: OTP, passwords"))
        #expect(!asks("Enter the token number"))
    }
}
