import Domain
import Portals
import Sandbox
import Testing

/// What the desk is told for each magic outcome, over real loopback HTTP.
@Suite(.timeLimit(.minutes(20))) struct OutcomeTests {
    @Test(
        arguments: [
            (MagicOutcome.wrongPassword, Cause.wrongPassword), (.locked, .locked), (.notRegistered, .notRegistered),
            (.accountProblem, .accountProblem), (.dualSession, .dualSession), (.otpRequired, .otpRequired),
            (.captcha, .captchaRequired), (.unavailableTwice, .portalDown), (.rateLimited, .rateLimited),
            (.portalChanged, .portalChanged), (.dropAfterHeaders, .portalDown),
        ])
    func aFetchThatEndsBadlySaysWhy(outcome: MagicOutcome, cause: Cause) async throws {
        try await play(outcome) { account, connector, reporter, _ in
            let ended = await failure {
                _ = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            }
            #expect(ended?.cause == cause)
            #expect(await reporter.readings.allSatisfy { $0.outcome != .read })
        }
    }

    @Test(arguments: [MagicOutcome.dualSession, .unavailableTwice, .rateLimited])
    func whatPassesByItselfSucceedsOnALaterAttempt(outcome: MagicOutcome) async throws {
        try await play(outcome) { account, connector, reporter, _ in
            var report: FetchReport?
            for attempt in 1...3 where report == nil {
                report = try? await connector.fetch(SandboxHouse.request(account, attempt: attempt), reporter: reporter)
            }
            #expect(report?.isComplete == true)
        }
    }

    @Test(
        arguments: [
            MagicOutcome.success, .sessionExpiredMidway, .emptyThenFull, .pageTwo, .unknownField, .hostileText,
            .withdrawn,
            .cursorRepeats,
        ])
    func whatTheConnectorCopesWithIsReadWhole(outcome: MagicOutcome) async throws {
        try await play(outcome) { account, connector, reporter, _ in
            let report = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            #expect(report.isComplete)
            let documents = await reporter.notices.flatMap(\.documents)
            #expect(documents.allSatisfy { $0.sha256 != nil })
        }
    }

    @Test func aPlaceThatFailsIsNeverEmptyAndTheOthersAreKept() async throws {
        try await play(.placeFailed) { account, connector, reporter, _ in
            let report = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            #expect(!report.isComplete)
            let broken = try #require(report.readings.first { $0.place == .additionalNotices })
            #expect(broken.outcome == .failed && broken.cause == .portalTimeout && !broken.message.isEmpty)
            #expect(report.readings.first { $0.place == .notices }?.outcome == .read)
            #expect(await reporter.notices.count == 2)
        }
    }

    @Test func aDocumentWhoseBytesDoNotFitIsNotStoredAndThePlaceIsFailed() async throws {
        try await play(.wrongHash) { account, connector, reporter, _ in
            let report = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            #expect(report.readings.first?.outcome == .failed)
            #expect(await reporter.documents.isEmpty)
            #expect(await reporter.notices.count >= 2)
        }
    }

    @Test func hostileTextIsHarmlessAndShort() async throws {
        try await play(.hostileText) { account, connector, reporter, _ in
            for job in 1...20 {
                _ = try await connector.fetch(SandboxHouse.request(account, job: Int64(job)), reporter: reporter)
            }
            let texts =
                await reporter.notices.flatMap { [$0.summary, $0.reference, $0.section, $0.rawState] } + reporter.lines
            #expect(texts.contains { $0.contains("\\u{1b}") })
            let dangerous = texts.flatMap(\.unicodeScalars).filter { $0 != "\n" && !HarmlessText.isHarmless($0) }
            #expect(dangerous.isEmpty)
            #expect(texts.allSatisfy { $0.unicodeScalars.count <= 4_200 })
        }
    }

    @Test func aWithdrawnNoticeIsSaidToBeWithdrawn() async throws {
        try await play(.withdrawn) { account, connector, _, _ in
            let first = RecordingReporter()
            _ = try await connector.fetch(SandboxHouse.request(account), reporter: first)
            let second = RecordingReporter()
            _ = try await connector.fetch(SandboxHouse.request(account, job: 2), reporter: second)
            #expect(await first.notices.allSatisfy { $0.state != .withdrawn })
            #expect(await second.notices.filter { $0.state == .withdrawn }.count == 1)
        }
    }

    @Test func anUnknownAnswerIsKeptForTheLog() async throws {
        try await play(.portalChanged) { account, connector, reporter, _ in
            let ended = await failure {
                _ = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            }
            #expect(ended?.rawAnswer.contains("table class=new") == true)
            #expect(ended?.rawAnswer.contains("\u{1B}") == false)
        }
    }

    @Test(arguments: [MagicOutcome.captcha, .otpRequired])
    func aPersonsAnswerLetsTheSameJobGoOn(outcome: MagicOutcome) async throws {
        try await play(outcome) { account, connector, reporter, house in
            let ended = await failure {
                _ = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            }
            let challenge = try #require(ended?.challenge)
            #expect((challenge.image?.starts(with: [0x89, 0x50, 0x4E, 0x47]) ?? false) == (outcome == .captcha))
            let wrong = ChallengeAnswer(remoteJob: challenge.remoteJob, text: "000")
            let again = await failure {
                _ = try await connector.fetch(
                    SandboxHouse.request(account, attempt: 2, answer: wrong), reporter: reporter)
            }
            #expect(again?.challenge?.remoteJob == challenge.remoteJob)
            let right = ChallengeAnswer(remoteJob: challenge.remoteJob, text: account.otp)
            let report = try await connector.fetch(
                SandboxHouse.request(account, attempt: 3, answer: right), reporter: reporter)
            #expect(report.isComplete)
            #expect(
                try SandboxLedger.read(house.server.configuration.stateFolder).filter { $0.kind == "fetch" }.count == 1)
        }
    }

    @Test func anAnswerThatComesTooLateStartsANewJob() async throws {
        try await play(.otpRequired) { account, connector, reporter, house in
            let ended = await failure {
                _ = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            }
            let challenge = try #require(ended?.challenge)
            house.clock.advance(.seconds(600))
            let late = ChallengeAnswer(remoteJob: challenge.remoteJob, text: account.otp)
            let again = await failure {
                _ = try await connector.fetch(
                    SandboxHouse.request(account, attempt: 2, answer: late), reporter: reporter)
            }
            #expect(again?.cause == .otpRequired)
            #expect(again?.challenge?.remoteJob != challenge.remoteJob)
        }
    }

    private func play(
        _ outcome: MagicOutcome,
        _ body: (DemoAccount, BridgeConnector, RecordingReporter, SandboxHouse) async throws -> Void
    ) async throws {
        try await SandboxHouse.with(faults: ["\(outcome.rawValue):\(playedIdentity)"]) { house in
            let account = try #require(house.world.account(PortalIdentity(.gst, playedIdentity)))
            try await body(account, house.connector(), RecordingReporter(), house)
        }
    }
}
