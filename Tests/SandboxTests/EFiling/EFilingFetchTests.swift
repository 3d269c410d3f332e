import Domain
import Sandbox
import Testing
import Wire

@testable import Portals

/// What the desk is told of the seven places, over real loopback HTTP.
@Suite(.timeLimit(.minutes(20))) struct EFilingFetchTests {
    @Test(
        arguments: [
            MagicOutcome.success, .captcha, .sessionExpiredMidway, .emptyThenFull, .pageTwo, .unknownField,
            .hostileText, .withdrawn, .cursorRepeats,
        ])
    func whatTheConnectorCopesWithIsReadWhole(outcome: MagicOutcome) async throws {
        try await EFilingStage.play(outcome) { stage in
            let report = try await stage.fetch()
            #expect(report.isComplete)
            #expect(report.readings.map(\.place) == Portal.incomeTax.places)
            let notices = await stage.reporter.notices
            #expect(notices.flatMap(\.documents).allSatisfy { $0.sha256 != nil && $0.name.hasSuffix(".pdf") })
            #expect(Set(notices.map(\.externalKey)).count == notices.count)
            let stored = await stage.reporter.documents
            #expect(stored.allSatisfy { ContentHash.sha256($0.value) == $0.key && $0.value.starts(with: "%PDF-".utf8) })
            #expect(await stage.reporter.percents.last == 100)
        }
    }

    @Test(arguments: [MagicOutcome.dualSession, .unavailableTwice, .rateLimited])
    func whatPassesByItselfSucceedsOnALaterAttempt(outcome: MagicOutcome) async throws {
        try await EFilingStage.play(outcome) { stage in
            var report: FetchReport?
            for job in 1...3 where report == nil { report = try? await stage.fetch(job: Int64(job)) }
            #expect(report?.isComplete == true)
        }
    }

    @Test(arguments: [MagicOutcome.pageTwo, .cursorRepeats])
    func everyPageIsReadAndNoRowTwice(outcome: MagicOutcome) async throws {
        try await EFilingStage.play(outcome) { stage in
            let report = try await stage.fetch()
            let first = await stage.reporter.notices.filter { $0.place == .selfFya }
            #expect(first.count == (outcome == .pageTwo ? 120 : 2))
            #expect(report.readings.first?.count == first.count)
            #expect(await stage.calls("eProceedingsPaginatedService") == (outcome == .pageTwo ? 5 : 4))
        }
    }

    @Test(arguments: [(MagicOutcome.portalChanged, Cause.portalChanged), (.dropAfterHeaders, .portalDown)])
    func listsThatCouldNotBeReadAreFailedAndNeverEmpty(outcome: MagicOutcome, cause: Cause) async throws {
        try await EFilingStage.play(outcome) { stage in
            let report = try await stage.fetch()
            for reading in report.readings {
                switch reading.place {
                case .demand, .returns, .setOff245: #expect(reading.outcome == .read || reading.outcome == .empty)
                default: #expect(reading.outcome == .failed && reading.cause == cause && !reading.message.isEmpty)
                }
            }
            #expect(await stage.reporter.text.contains("\u{1B}") == false)
        }
    }

    /// The provider file can move a path; here two services are moved to one that answers "success" and nothing else.
    @Test func anAnswerWithoutItsListIsNoEmptyList() async throws {
        let elsewhere = "/iec/loginapi/auth/extendSession"
        try await EFilingStage.play(.success, paths: ["proceedings": elsewhere, "services": elsewhere]) { stage in
            let report = try await stage.fetch()
            #expect(report.readings.map(\.outcome) == Portal.incomeTax.places.map { _ in .failed })
            #expect(report.readings.allSatisfy { $0.cause == .portalChanged })
        }
    }

    /// Where set-offs stand is a guess. Here the provider file names another service, which has no such list.
    @Test func setOffsAreLookedForWhereTheProviderFileSays() async throws {
        try await EFilingStage.play(.success, services: [.setOffs: "itrStatusService"]) { stage in
            let report = try await stage.fetch()
            let failed = report.readings.filter { $0.outcome == .failed }
            #expect(failed.map(\.place) == [.setOff245] && failed.first?.cause == .portalChanged)
            // Once for the returns, once for the set-offs.
            #expect(await stage.calls("itrStatusService") == 2)
            // What the demand list says is kept, whatever its section.
            let demands = await stage.reporter.notices.filter { $0.place == .demand }
            #expect(demands.contains { $0.section == "245" } && demands.contains { $0.section != "245" })
        }
    }

    @Test func aDemandListThatTimesOutFailsBothPlacesThatItHolds() async throws {
        try await EFilingStage.play(.placeFailed) { stage in
            let report = try await stage.fetch()
            let bad = report.readings.filter { $0.outcome == .failed }
            #expect(bad.map(\.place) == [.demand, .setOff245])
            #expect(bad.allSatisfy { $0.cause == .portalTimeout && $0.count == 0 })
            // A read may be repeated, and one list is asked for once for both.
            #expect(await stage.calls("outstandingDemand") == 3)
            #expect(await stage.reporter.notices.contains { $0.place == .selfFya })
        }
    }

    @Test func aPageInPlaceOfADocumentIsNotStored() async throws {
        try await EFilingStage.play(.wrongHash) { stage in
            let report = try await stage.fetch()
            #expect(report.readings.first?.outcome == .failed && report.readings.first?.cause == .placeFailed)
            let notices = await stage.reporter.notices.filter { $0.place == .selfFya }
            #expect(notices.count == 2 && notices.allSatisfy { $0.documents.contains { $0.sha256 == nil } })
            #expect(await stage.reporter.documents.values.allSatisfy { $0.starts(with: "%PDF-".utf8) })
        }
    }

    @Test func aFileBeyondTheLimitIsNamedAndItsPlaceIsReadInPart() async throws {
        try await EFilingStage.play(.pageTwo, limits: EFilingLimits(largestFile: 100)) { stage in
            let report = try await stage.fetch()
            let first = try #require(report.readings.first)
            #expect(report.isComplete && first.outcome == .read && first.count == 120)
            #expect(first.message.contains("left at the portal"))
            let notices = await stage.reporter.notices
            #expect(notices.allSatisfy { $0.particulars.leftOut == $0.documents.map(\.externalId) })
            #expect(await stage.reporter.text.contains("more than 100 bytes"))
            #expect(await stage.reporter.documents.isEmpty)
        }
    }

    @Test(arguments: [EFilingLimits(largestSet: 1), EFilingLimits(mostInSet: 1)])
    func ofASetBeyondTheLimitWhatFitsIsTakenAndItsPlaceIsReadInPart(limits: EFilingLimits) async throws {
        try await EFilingStage.play(.pageTwo, limits: limits) { stage in
            let first = try await stage.fetch().readings.first
            #expect(first?.outcome == .read && first?.message.contains("left at the portal") == true)
            let open = await stage.reporter.notices.filter { $0.place == .selfFya }
            let sets = open.map(\.documents).filter { $0.count == 4 }
            #expect(!sets.isEmpty && sets.allSatisfy { $0.filter { $0.sha256 != nil }.count == 1 })
        }
    }

    @Test func aSessionThatEndsInTheMiddleIsReplacedOnce() async throws {
        try await EFilingStage.play(.sessionExpiredMidway) { stage in
            let report = try await stage.fetch()
            #expect(report.isComplete)
            #expect(await stage.calls(" loginService") == 2)
        }
    }

    @Test func aSessionThatKeepsEndingEndsTheFetchAndLeavesNoPlaceEmpty() async throws {
        let clock = HandClock()
        try await EFilingStage.play(
            .pageTwo, clock: clock, pacing: { $0.document = .seconds(1) },
            // Every session is over before its first document.
            onPause: { if $0 == .seconds(1) { clock.advance(.seconds(901)) } }
        ) { stage in
            let ended = await failure { try await stage.fetch() }
            #expect(ended?.cause == .sessionExpired)
            #expect(await stage.calls(" loginService") == 2)
            #expect(await stage.reporter.readings.map(\.outcome) == Portal.incomeTax.places.map { _ in .failed })
        }
    }

    @Test func whatAnInterruptionLeftUnreadIsNotCalledFailed() async throws {
        try await EFilingStage.play(
            .pageTwo, pacing: { $0.document = .seconds(1) },
            onPause: { _ in withUnsafeCurrentTask { $0?.cancel() } }
        ) { stage in
            // In a task of its own, for what is cancelled is the task that waits.
            let ended = await Task { await failure { try await stage.fetch() } }.value
            #expect(ended?.cause == .internal)
            #expect(await stage.reporter.readings.isEmpty)
            #expect(await stage.calls("document") == 0)
        }
    }

    @Test func anEmptySetOfDocumentsIsAskedAgainAfterTwoAndFourSeconds() async throws {
        let pauses = Pauses()
        try await EFilingStage.play(.emptyThenFull, onPause: pauses.note) { stage in
            try await stage.fetch()
            let notices = await stage.reporter.notices.filter { $0.documents.contains { $0.name.contains("Notice") } }
            #expect(pauses.list.count >= 4 && Set(pauses.list) == [.seconds(2), .seconds(4)])
            #expect(!notices.isEmpty)
        }
    }

    @Test func aRecordWithoutItsNumberIsSetAsideAndTheOthersAreRead() async throws {
        try await EFilingStage.play(.unknownField) { stage in
            let report = try await stage.fetch()
            let strays = await stage.reporter.strays
            #expect(strays.contains { $0.isRead && $0.place == .selfFya && $0.problem.contains("colourOfTheFile") })
            let stray = try #require(strays.first { !$0.isRead })
            #expect(stray.place == .selfFya && stray.problem == "a proceeding without a number")
            #expect(String(decoding: stray.raw, as: UTF8.self) == #"{"proceedingName":"Without a number"}"#)
            #expect(report.readings.first?.count == 2)
        }
    }

    @Test func aNoticeWithAValueThatNobodyCanReadIsThereAndItsRecordIsSetAside() async throws {
        try await EFilingStage.play(.strayRecord) { stage in
            let report = try await stage.fetch()
            let stray = try #require(await stage.reporter.strays.first)
            #expect(report.isComplete && stray.problem.hasSuffix("is no date: soon"))
            #expect(String(decoding: stray.raw, as: UTF8.self).contains(#""responseDueDate":"soon""#))
            let notice = try #require(await stage.reporter.notices.first { $0.externalKey == stray.key })
            #expect(notice.dueOn == nil && !notice.documents.isEmpty)
        }
    }

    @Test func aDocumentThatIsStoredAlreadyIsNotDownloadedAgain() async throws {
        try await EFilingStage.play(.pageTwo) { stage in
            try await stage.fetch()
            let before = await stage.calls("document")
            let notices = await stage.reporter.notices.count
            try await stage.fetch(job: 2)
            #expect(await stage.calls("document") == before)
            #expect(await stage.reporter.notices.suffix(notices).flatMap(\.documents).allSatisfy { $0.sha256 != nil })
        }
    }

    @Test func aNoticeThatLeftTheListsIsNotReported() async throws {
        try await EFilingStage.play(.withdrawn) { stage in
            let first = try await stage.fetch().readings.first?.count
            stage.house.clock.advance(.seconds(1_000))
            let second = try await stage.fetch(job: 2).readings.first?.count
            #expect(first == 2 && (second == 1 || second == 2))
            let keys = await stage.reporter.notices.filter { $0.place == .selfFya }.map(\.externalKey)
            #expect(keys.filter { $0 == keys[0] }.count == 1)
        }
    }

    @Test func hostileTextIsHarmlessAndShort() async throws {
        try await EFilingStage.play(.hostileText) { stage in
            try await stage.fetch()
            let notices = await stage.reporter.notices
            let texts = notices.flatMap { [$0.summary, $0.reference, $0.section, $0.rawState] }
            let all = await texts + stage.reporter.lines
            #expect(all.contains { $0.contains("\\u{1b}") || $0.contains("\\u{202e}") })
            let dangerous = all.flatMap(\.unicodeScalars).filter { $0 != "\n" && !HarmlessText.isHarmless($0) }
            #expect(dangerous.isEmpty)
            #expect(all.allSatisfy { $0.unicodeScalars.count <= 4_200 })
        }
    }
}
