import Domain
import Foundation
import Portals
import Sandbox
import Testing

/// How the e-filing connector logs in: carefully, and with a password only once.
@Suite(.timeLimit(.minutes(20))) struct EFilingLoginTests {
    @Test(
        arguments: [
            (MagicOutcome.wrongPassword, Cause.wrongPassword, 1), (.locked, .locked, 0),
            (.notRegistered, .notRegistered, 0), (.accountProblem, .accountProblem, 1), (.dualSession, .dualSession, 1),
            (.otpRequired, .otpRequired, 0), (.unavailableTwice, .portalDown, 0), (.rateLimited, .rateLimited, 0),
        ])
    func aRefusalSaysWhyAndNoPasswordIsOfferedTwice(outcome: MagicOutcome, cause: Cause, passwords: Int) async throws {
        try await EFilingStage.play(outcome) { stage in
            let verified = await failure { try await stage.verify() }
            #expect(verified?.cause == cause)
            #expect(await stage.calls(" loginService") == passwords)
        }
        try await EFilingStage.play(outcome) { stage in
            let fetched = await failure { try await stage.fetch() }
            #expect(fetched?.cause == cause)
            #expect(await stage.calls(" loginService") == passwords)
            #expect(await stage.reporter.readings.isEmpty)
        }
    }

    @Test func aWrongPasswordIsOneAttemptAndIsNowhereInWords() async throws {
        try await EFilingStage.play(.success) { stage in
            let wrong = "Wrong@98765"
            let ended = await failure { try await stage.fetch(password: wrong) }
            #expect(ended?.cause == .wrongPassword && ended?.portalCode == "EF00027")
            #expect(await stage.calls(" loginService") == 1)
            let said = await stage.reporter.text + String(describing: ended)
            #expect(!said.contains(wrong) && !said.contains(Data(wrong.utf8).base64EncodedString()))
        }
    }

    @Test func thePauseBetweenTheStepsIsFiveSecondsWhereNothingElseIsSaid() async throws {
        let (clock, pauses) = (HandClock(), Pauses())
        try await EFilingStage.play(
            .success, loginWait: .seconds(5), clock: clock, pacing: { _ in },
            onPause: {
                pauses.note($0)
                clock.advance($0)
            }
        ) { stage in
            try await stage.verify()
            #expect(pauses.list == [.seconds(5)])
            #expect(await stage.calls(" loginService") == 1)
        }
    }

    @Test func aRequestIdThatThePortalDoesNotTakeIsReplacedOnceAndNoMore() async throws {
        try await EFilingStage.play(.success, loginWait: .seconds(5)) { stage in
            let ended = await failure { try await stage.verify() }
            #expect(ended?.cause == .sessionExpired && ended?.portalCode == "EF500023")
            #expect(await stage.calls("wLoginService") == 2)
            #expect(await stage.calls(" loginService") == 2)
        }
    }

    @Test func aRequestIdThatComesTooSoonOnceStillLeadsIn() async throws {
        let clock = HandClock()
        let pauses = Pauses()
        try await EFilingStage.play(
            .success, loginWait: .seconds(5), clock: clock, pacing: { $0.loginStep = .seconds(1) },
            onPause: {
                pauses.note($0)
                // The portal's clock runs slow in the first pause.
                if pauses.list.count > 1 { clock.advance(.seconds(5)) }
            }
        ) { stage in
            try await stage.verify()
            #expect(await stage.calls(" loginService") == 2)
        }
    }

    @Test func aPersonDecidesAboutAnotherSession() async throws {
        try await EFilingStage.play(.dualSession) { stage in
            let asked = await failure { try await stage.fetch() }
            let question = try #require(asked?.challenge)
            #expect(asked?.cause == .dualSession && question.kind == .choice && question.prompt.contains("continue"))
            func answer(_ text: String) -> ChallengeAnswer {
                ChallengeAnswer(remoteJob: question.remoteJob, text: text)
            }
            // Neither of the two words: asked again, and the portal is not.
            let before = await stage.calls("wLoginService")
            let again = await failure { try await stage.fetch(answer: answer("perhaps")) }
            #expect(again?.challenge?.followsRefusal == true)
            let left = await failure { try await stage.fetch(answer: answer("Leave")) }
            #expect(left?.cause == .dualSession && left?.isFinal == true && left?.challenge == nil)
            #expect(await stage.calls("wLoginService") == before)
        }
        try await EFilingStage.play(.pageTwo) { stage in
            let colleague = EFilingHand(stage.house)
            try await colleague.logIn((stage.account.username, stage.account.password))
            let question = try #require(await failure { try await stage.fetch() }?.challenge)
            let answer = ChallengeAnswer(remoteJob: question.remoteJob, text: "continue")
            #expect(try await stage.fetch(answer: answer).isComplete)
            #expect(await stage.reporter.text.contains("as a person said"))
        }
    }

    @Test func aOneTimePasswordIsAskedOfAPersonAndGoesOutWithThePassword() async throws {
        try await EFilingStage.play(.otpRequired) { stage in
            let asked = await failure { try await stage.fetch() }
            let question = try #require(asked?.challenge)
            #expect(asked?.cause == .otpRequired && question.kind == .otp)
            #expect(await stage.calls(" loginService") == 0)
            let wrong = await failure {
                try await stage.fetch(answer: ChallengeAnswer(remoteJob: question.remoteJob, text: "000000"))
            }
            let second = try #require(wrong?.challenge)
            #expect(second.followsRefusal == true && second.remoteJob != question.remoteJob)
            let report = try await stage.fetch(
                answer: ChallengeAnswer(remoteJob: second.remoteJob, text: stage.account.otp))
            #expect(report.isComplete)
            #expect(await stage.calls(" loginService") == 2)
        }
    }

    /// Neither question makes the answer to the other be forgotten.
    @Test func aOneTimePasswordAndAnotherSessionAreEachAskedOnce() async throws {
        try await EFilingStage.play(.otpRequired) { stage in
            let colleague = EFilingHand(stage.house)
            try await colleague.logIn((stage.account.username, stage.account.password), otp: stage.account.otp)
            func answer(_ question: Challenge, _ text: String) -> ChallengeAnswer {
                ChallengeAnswer(remoteJob: question.remoteJob, text: text)
            }
            let otp = try #require(await failure { try await stage.fetch() }?.challenge)
            let other = try #require(
                await failure { try await stage.fetch(answer: answer(otp, stage.account.otp)) }?.challenge)
            #expect(otp.kind == .otp && other.kind == .choice)
            let second = try #require(
                await failure { try await stage.fetch(answer: answer(other, "continue")) }?.challenge)
            #expect(second.kind == .otp)
            #expect(try await stage.fetch(answer: answer(second, stage.account.otp)).isComplete)
        }
    }

    /// Two logins of one worker begin apart; the first waits for nobody.
    @Test func loginsBeginApart() async throws {
        let pauses = Pauses()
        try await EFilingStage.play(
            .success,
            pacing: {
                $0 = .init(); $0.start = Duration.seconds(1_000)...Duration.seconds(2_000)
            }, onPause: pauses.note
        ) { stage in
            try await stage.verify()
            #expect(pauses.list.isEmpty)
            try await stage.verify()
            #expect(pauses.list.count == 1 && pauses.list[0] > .seconds(900) && pauses.list[0] <= .seconds(2_000))
        }
    }

    @Test func fiveWrongPasswordsLockTheSimulatedAccount() async throws {
        try await EFilingStage.play(.success) { stage in
            for _ in 1...5 {
                #expect(await failure { try await stage.verify(password: "Wrong@98765") }?.cause == .wrongPassword)
            }
            #expect(await failure { try await stage.verify() }?.cause == .locked)
        }
    }

    @Test func anotherSessionIsEndedOnlyWhenTheProviderFileSaysSo() async throws {
        try await EFilingStage.play(.dualSession, policy: .ask) { stage in
            #expect(await failure { try await stage.fetch() }?.cause == .dualSession)
            let second = try await stage.fetch(job: 2)
            #expect(second.isComplete)
        }
        try await EFilingStage.play(.dualSession, policy: .proceed) { stage in
            let report = try await stage.fetch()
            #expect(report.isComplete)
            #expect(await stage.calls("wLoginService") == 1)
            #expect(await stage.reporter.text.contains("ending the other session"))
        }
    }

    @Test func ourOwnSessionIsUsedAgainAndNeverTakenForSomebodyElses() async throws {
        try await EFilingStage.play(.success) { stage in
            try await stage.verify()
            let report = try await stage.fetch()
            #expect(report.isComplete)
            let second = try await stage.fetch(job: 2)
            #expect(second.isComplete)
            #expect(await stage.calls(" loginService") == 1)
            // Verifying asks the portal about the password, whatever session there is.
            try await stage.verify()
            #expect(await stage.calls("wLoginService") == 2)
            #expect(await failure { try await stage.verify(password: "Wrong@98765") }?.cause == .wrongPassword)
        }
    }

    @Test func aColleaguesSessionIsLeftAlone() async throws {
        try await EFilingStage.play(.pageTwo) { stage in
            let colleague = EFilingHand(stage.house)
            try await colleague.logIn((stage.account.username, stage.account.password))
            #expect(await failure { try await stage.fetch() }?.cause == .dualSession)
            #expect(try await colleague.proceedings(EFilingStage.pan, "self", "FYA").count == 50)
        }
    }

    @Test func aLostAnswerToThePasswordIsUnknownAndNotRepeated() async throws {
        let faults = ["commit_then_close:1@/efiling/iec/loginapi/login"]
        try await SandboxHouse.with(faults: faults) { house in
            let account = try house.account(.incomeTax)
            let connector = try EFilingStage.connector(house)
            let ended = await failure {
                try await connector.verify(
                    SandboxHouse.login(account), key: IdempotencyKey(workspace: "test", job: JobId(1), attempt: 1),
                    answer: nil, reporter: RecordingReporter())
            }
            #expect(ended?.cause == .portalDown && ended?.mayHaveBeenSent == true)
            #expect(await house.server.calls().filter { $0.key.contains("login") }.values.reduce(0, +) == 1)
        }
    }

    @Test func aPortalThatAnswersIsUp() async throws {
        try await EFilingStage.play(.success) { stage in
            let health = try await stage.connector.health()
            #expect(health[.incomeTax]?.state == .up)
        }
    }
}
