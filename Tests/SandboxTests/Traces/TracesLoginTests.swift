import Domain
import Portals
import Sandbox
import Testing

/// Captchas are read by people, and a wrong password is offered once.
@Suite(.timeLimit(.minutes(20))) struct TracesLoginTests {
    private let key = IdempotencyKey(workspace: "test", job: JobId(7), attempt: 1)

    @Test func theFirstAttemptHandsOutACaptchaAndLogsInNowhere() async throws {
        try await TracesHouse.with { traces in
            let challenge = try await traces.challenge()
            #expect(challenge.kind == .captcha)
            #expect(challenge.image?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
            #expect(await traces.logins == 0)
            #expect(await traces.reporter.readings.isEmpty)
        }
    }

    @Test func aPersonsAnswerLogsInOnceAndEveryPlaceIsRead() async throws {
        try await TracesHouse.with { traces in
            let report = try await traces.fetchWithCaptcha()
            #expect(report.isComplete)
            #expect(report.readings.map(\.place) == Portal.traces.places)
            #expect(await traces.logins == 1)
        }
    }

    @Test func aCaptchaThatMissesTwiceGivesANewOneEachTime() async throws {
        try await TracesHouse.with(.captcha) { traces in
            let first = try await traces.challenge()
            let second = try await traces.challenge(try traces.read(first))
            let third = try await traces.challenge(try traces.read(second))
            #expect(Set([first, second, third].map(\.remoteJob)).count == 3)
            #expect([first, second, third].map { $0.followsRefusal ?? false } == [false, true, true])
            #expect(try await traces.fetch(try traces.read(third)).isComplete)
            #expect(await traces.logins == 3)
        }
    }

    @Test(arguments: ["abcdef", "", "{\"captcha\":\"\"}"])
    func aWrongAnswerIsAskedAgainWithANewCaptcha(text: String) async throws {
        try await TracesHouse.with { traces in
            let first = try await traces.challenge()
            let second = try await traces.challenge(ChallengeAnswer(remoteJob: first.remoteJob, text: text))
            #expect(first.remoteJob != second.remoteJob)
            // The first one is spent, though its text was never given.
            let third = try await traces.challenge(try traces.read(first))
            #expect(try await traces.fetch(try traces.read(third)).isComplete)
        }
    }

    @Test func capitalsCountAndBlanksDoNot() async throws {
        try await TracesHouse.with { traces in
            let first = try await traces.challenge()
            let text = try traces.read(first).text
            let swapped = String(text.map { Character($0.isUppercase ? $0.lowercased() : $0.uppercased()) })
            try #require(swapped != text)
            let second = try await traces.challenge(ChallengeAnswer(remoteJob: first.remoteJob, text: swapped))
            let spaced = try traces.read(second).text.map { "\($0)" }.joined(separator: " ")
            #expect(
                try await traces.fetch(ChallengeAnswer(remoteJob: second.remoteJob, text: " \(spaced)\n")).isComplete)
        }
    }

    @Test func aCaptchaThatIsTooOldIsAskedAgain() async throws {
        try await TracesHouse.with { traces in
            let first = try await traces.challenge()
            traces.house.clock.advance(.seconds(3_000))
            let second = try await traces.challenge(try traces.read(first))
            #expect(first.remoteJob != second.remoteJob)
        }
    }

    @Test func aWrongPasswordIsOfferedOnceAndNoCaptchaFollows() async throws {
        try await TracesHouse.with { traces in
            let answer = try traces.read(try await traces.challenge())
            let ended = await failure { _ = try await traces.fetch(answer, password: "Not-the-one@1") }
            #expect(ended?.cause == .wrongPassword)
            #expect(ended?.challenge == nil)
            #expect(await traces.logins == 1)
            #expect(await traces.calls(TracesHouse.captchaCall) == 1)
        }
    }

    @Test func anAnswerThatComesAgainOffersThePasswordNoSecondTime() async throws {
        try await TracesHouse.with { traces in
            let answer = try traces.read(try await traces.challenge())
            _ = await failure { _ = try await traces.fetch(answer, password: "Not-the-one@1") }
            let again = await failure { _ = try await traces.fetch(answer, password: "Not-the-one@1") }
            #expect(again?.cause == .captchaRequired)
            #expect(await traces.logins == 1)
        }
    }

    @Test func thePasswordThatTheDemoStoresIsTheWrongOneWhereThatIsPlayed() async throws {
        try await TracesHouse.with(.wrongPassword) { traces in
            let answer = try traces.read(try await traces.challenge())
            // The fault refuses the right password too.
            let ended = await failure { _ = try await traces.fetch(answer) }
            #expect(ended?.cause == .wrongPassword)
            #expect(await traces.logins == 1)
        }
    }

    @Test(
        arguments: [
            (MagicOutcome.locked, Cause.locked), (.notRegistered, .notRegistered), (.accountProblem, .accountProblem),
            (.otpRequired, .otpRequired), (.dualSession, .dualSession),
        ])
    func aRefusalNamesItsCauseAfterOneAttempt(outcome: MagicOutcome, cause: Cause) async throws {
        try await TracesHouse.with(outcome) { traces in
            let answer = try traces.read(try await traces.challenge())
            let ended = await failure { _ = try await traces.fetch(answer) }
            #expect(ended?.cause == cause)
            #expect(ended?.message.isEmpty == false)
            #expect(await traces.logins == 1)
        }
    }

    @Test func aLoginWhoseAnswerIsLostIsNotRepeated() async throws {
        try await TracesHouse.with(faults: ["commit_then_close:1@/traces/loginservice/api/auth/login"]) { traces in
            let answer = try traces.read(try await traces.challenge())
            let ended = await failure { _ = try await traces.fetch(answer) }
            #expect(ended?.cause == .portalDown)
            #expect(ended?.mayHaveBeenSent == true)
            #expect(await traces.logins == 1)
        }
    }

    @Test func aVerificationTakesThePersonsAnswerAndSparesTheFetchACaptcha() async throws {
        try await TracesHouse.with { traces in
            let login = SandboxHouse.login(traces.account)
            let ended = await failure {
                try await traces.connector.verify(login, key: key, answer: nil, reporter: traces.reporter)
            }
            let challenge = try #require(ended?.challenge)
            #expect(await traces.logins == 0)
            try await traces.connector.verify(
                login, key: key, answer: try traces.read(challenge), reporter: traces.reporter)
            #expect(await traces.logins == 1)
            #expect(try await traces.fetch().isComplete)
            #expect(await traces.logins == 1)
            #expect(await traces.calls(TracesHouse.captchaCall) == 1)
        }
    }

    @Test func aSessionIsNotUsedForAnotherLoginOfTheSameDeductor() async throws {
        try await TracesHouse.with { traces in
            _ = try await traces.fetchWithCaptcha()
            var request = SandboxHouse.request(traces.account)
            request.login.version += 1
            let changed = request
            let ended = await failure { _ = try await traces.connector.fetch(changed, reporter: traces.reporter) }
            #expect(ended?.cause == .captchaRequired)
        }
    }

    @Test func neitherPasswordNorCaptchaStandsInTheLog() async throws {
        try await TracesHouse.with { traces in
            let answer = try traces.read(try await traces.challenge())
            _ = try await traces.fetch(answer)
            let text = await traces.reporter.text
            #expect(text.contains("one login attempt"))
            #expect(!text.contains(traces.account.password) && !text.contains(answer.text))
        }
    }

    @Test func healthSpendsNoCaptcha() async throws {
        try await TracesHouse.with { traces in
            let health = try await traces.connector.health()
            #expect(health[.traces]?.state == .up)
            #expect(await traces.calls(TracesHouse.captchaCall) == 0)
        }
    }
}
