import Domain
import Sandbox
import Testing

@testable import Services

/// What the desk shows after a worker met each thing that a portal can do, over real loopback HTTP.
@Suite(.timeLimit(.minutes(20))) struct OutcomeTests {
    @Test(arguments: [
        MagicOutcome.success, .pageTwo, .unknownField, .hostileText, .sessionExpiredMidway, .emptyThenFull,
        .cursorRepeats,
        .withdrawn,
    ])
    func aFetchThatGoesWellEndsDoneAndVerifiesTheLogin(outcome: MagicOutcome) async throws {
        try await WorkHouse.with(outcome) { house in
            let job = try await house.run()
            #expect(job.status == .done && job.cause == nil && job.attempt == 1)
            #expect(job.completedAt != nil)
            #expect(try await house.account().status == .verified)
            let coverage = try await house.coverage(.notices)
            #expect(coverage.outcome == (coverage.count > 0 ? .read : .empty))
            #expect(coverage.readAt != nil && coverage.error.isEmpty)
            #expect(job.noticesNew == (try await house.workspace.notices.page(NoticeQuery()).total))
            let steps = try await house.log(job.id).map(\.step)
            #expect(steps.starts(with: ["claim", "provider", "login"]) && steps.last == "done")
            #expect(try await house.summary().isConnected)
        }
    }

    @Test func aRecordWithFieldsThatNobodyKnowsIsReadAndKeptAsAnExample() async throws {
        try await WorkHouse.with(.unknownField) { house in
            let job = try await house.run()
            let page = try await house.workspace.strays.page(StrayQuery())
            let kept = try #require(page.rows.first)
            #expect(page.total == 1 && kept.problem.hasPrefix("read, but with fields that this version does not know:"))
            #expect(try await house.workspace.strays.record(kept.id).text.contains("{"))
            // It lacks nothing, so nothing is said to be missing.
            #expect(try await house.log(job.id).last?.message.hasPrefix("every place was read;") == true)
            _ = try await house.run()
            #expect(try await house.workspace.strays.page(StrayQuery()).rows.map(\.times) == [2])
        }
    }

    @Test func aValueThatNobodyCanReadIsToldAtTheNoticeAndNotAskedForAgain() async throws {
        try await WorkHouse.with(.strayRecord) { house in
            let job = try await house.run()
            #expect(job.status == .done && job.attempt == 1)
            let stray = try #require(try await house.workspace.strays.page(StrayQuery()).rows.first)
            #expect(try await house.coverage(stray.id.place).error == "1 record set aside")
            let notices = try await house.workspace.notices.page(NoticeQuery(perPage: nil)).rows
            let notice = try #require(notices.first { $0.facts.externalKey == stray.key })
            let dossier = try #require(try await house.workspace.notices.dossier(notice.id))
            #expect(dossier.unread == [stray.problem] && stray.problem.contains("is no amount: 1e25"))
            for other in notices where other.id != notice.id {
                #expect(try await house.workspace.notices.dossier(other.id)?.unread == [])
            }
        }
    }

    @Test(arguments: [
        (MagicOutcome.wrongPassword, Cause.wrongPassword), (.locked, .locked), (.notRegistered, .notRegistered),
        (.accountProblem, .accountProblem),
    ])
    func aRefusedLoginEndsTheJobAndStandsOnTheAccount(outcome: MagicOutcome, cause: Cause) async throws {
        try await WorkHouse.with(outcome) { house in
            if outcome == .wrongPassword { try await house.setLogin(WorkHouse.gst, password: "Neem-wrong@1") }
            let job = try await house.run()
            #expect(job.status == .failed && job.cause == cause && !job.message.isEmpty)
            let account = try await house.account()
            #expect(account.status == .notVerified && account.reason == cause && !account.reasonMessage.isEmpty)
            // Whoever looks at the login's history sees that the portal refused it, though only a fetch was asked for.
            let history = try await house.workspace.credentials.history(WorkHouse.gst)
            #expect(history.contains { $0.what == "not verified: \(cause.title.lowercased())" }, "\(history)")
            #expect(try await house.coverage(.notices).outcome == .never)
            let last = try #require(try await house.log(job.id).last)
            #expect(last.level == .error && last.step == "failed")
            // The provider did answer, so it is not the provider that is in trouble.
            #expect(try await house.summary().isProviderOk == true)
        }
    }

    @Test(arguments: [
        (MagicOutcome.unavailableTwice, Cause.portalDown, false),
        (.rateLimited, .rateLimited, true), (.dropAfterHeaders, .portalDown, false),
    ])
    func whatMayPassIsTriedAgainAndTakesNoVerificationAway(
        outcome: MagicOutcome, cause: Cause, isProviderOk: Bool
    ) async throws {
        try await WorkHouse.with(outcome) { house in
            let job = try await house.run()
            #expect(job.status == .retrying && job.cause == cause)
            let next = try #require(job.nextTryAt)
            #expect(next > house.place.time.now)
            #expect(try await house.account().reason == .neverChecked)
            #expect(try await house.summary().isProviderOk == isProviderOk)
            #expect(try await house.log(job.id).last?.step == "retry")
        }
    }

    /// Trying again by itself would be another login while somebody works there, and none of them would end the session.
    @Test func somebodyElsesSessionBehindABridgeIsAPersonsChoice() async throws {
        try await WorkHouse.with(.dualSession) { house in
            let job = try await house.run()
            #expect(job.status == .needsInput && job.cause == .dualSession)
            #expect(try await house.account().reason == .neverChecked)
            try await house.workspace.sync.answer(job.id, text: "leave")
            try await house.work()
            let left = try await house.job(job.id)
            #expect(left.status == .failed && left.message.contains("left alone"))
            #expect(house.ledger.filter { $0.kind == "fetch" }.count == 1)
        }
        try await WorkHouse.with(.dualSession) { house in
            let job = try await house.run()
            try await house.workspace.sync.answer(job.id, text: "continue")
            try await house.work()
            let done = try await house.job(job.id)
            #expect(done.status == .done && done.attempt == 1)
            #expect(try await house.account().status == .verified)
        }
    }

    @Test func anAnswerOfUnknownShapeFailsWithTheAnswerInTheLog() async throws {
        try await WorkHouse.with(.portalChanged) { house in
            let job = try await house.run()
            #expect(job.status == .failed && job.cause == .portalChanged)
            #expect(try await house.log(job.id).contains { $0.detail.contains("table class=new") })
            #expect(try await house.coverage(.notices).outcome != .empty)
        }
    }

    @Test func aPlaceThatFailsIsNeverEmptyAndWhatWasReadIsKept() async throws {
        try await WorkHouse.with(.placeFailed) { house in
            let job = try await house.run()
            #expect(job.status == .retrying && job.cause == .placeFailed)
            #expect(job.message.contains("Additional notices"))
            #expect(try await house.coverage(.notices).outcome == .read)
            let broken = try await house.coverage(.additionalNotices)
            #expect(broken.outcome == .failed && !broken.error.isEmpty)
            #expect(try await house.workspace.notices.page(NoticeQuery()).total > 0)
            // The login itself was good.
            #expect(try await house.account().status == .verified)
        }
    }

    @Test func aDocumentOfOtherBytesThanPromisedIsNotStored() async throws {
        try await WorkHouse.with(.wrongHash) { house in
            let job = try await house.run()
            #expect(job.status == .retrying && job.cause == .placeFailed)
        }
    }

    @Test func hostileTextReachesNeitherNoticesNorTheLogUnmasked() async throws {
        try await WorkHouse.with(.hostileText) { house in
            let job = try await house.run()
            let rows = try await house.workspace.notices.page(NoticeQuery()).rows
            let texts =
                rows.flatMap { [$0.facts.summary, $0.facts.reference] } + (try await house.log(job.id)).map(\.message)
            #expect(!texts.isEmpty && texts.flatMap(\.unicodeScalars).allSatisfy(HarmlessText.isHarmless))
        }
    }

    @Test func aSecondFetchCountsNothingAsNewThatWasSeen() async throws {
        try await WorkHouse.with(.pageTwo) { house in
            let first = try await house.run()
            house.place.time.advance(.seconds(60))
            let second = try await house.run()
            #expect(first.noticesNew > 0 && second.noticesNew == 0 && second.status == .done)
            #expect(try await house.workspace.notices.page(NoticeQuery()).rows.allSatisfy { $0.provider == "bridge" })
            #expect(try await house.log(second.id).last?.message.contains("0 notices are new, 0 changed") == true)
        }
    }

    @Test func aNoticeThatThePortalTakesBackCountsAsChanged() async throws {
        try await WorkHouse.with(.withdrawn) { house in
            _ = try await house.run()
            let second = try await house.run()
            #expect(second.noticesNew == 0)
            #expect(try await house.log(second.id).last?.message.contains("1 changed") == true)
        }
    }
}
