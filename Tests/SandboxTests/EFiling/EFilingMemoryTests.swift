import Domain
import Sandbox
import Synchronization
import Testing
import Transport
import Wire

@testable import Portals

/// What a fetch need not ask again, what it asks once more, and what becomes of it when its time is over.
@Suite(.timeLimit(.minutes(20))) struct EFilingMemoryTests {
    @Test func whatDidNotChangeIsNotAskedForAgain() async throws {
        try await EFilingStage.play(.pageTwo) { stage in
            let first = try await stage.fetch()
            let before = await stage.reporter.notices
            let (letters, replies) = (await stage.calls("noticeletterpdf"), await stage.calls("itbaResponseService"))
            let orders = await stage.calls("downloadClosureOrder")
            #expect(letters >= 120 && before.contains { !$0.particulars.replies.isEmpty })
            await stage.reporter.remember()
            let second = try await stage.fetch(job: 2)
            #expect(second.isComplete && second.readings.map(\.count) == first.readings.map(\.count))
            #expect(await stage.calls("noticeletterpdf") == letters)
            #expect(await stage.calls("itbaResponseService") == replies)
            #expect(await stage.calls("downloadClosureOrder") == orders)
            // The lists of notices are read all the same: due dates move there.
            #expect(await stage.calls("eProceedingDetailsService") >= 120)
            #expect(Set(await stage.reporter.notices.dropFirst(before.count)) == Set(before))
        }
    }

    @Test func aReplyIsKeptWithItsWordsAndItsDay() async throws {
        try await EFilingStage.play(.pageTwo) { stage in
            try await stage.fetch()
            let replies = await stage.reporter.notices.flatMap(\.particulars.replies)
            let reply = try #require(replies.first)
            #expect(reply.text == "Reply with documents" && reply.kind == "FR" && reply.submittedOn != nil)
            #expect(!reply.id.isEmpty && reply.attachments.count == 1)
            // Rows with blank remarks and no files mean nothing.
            #expect(replies.allSatisfy { !$0.text.allSatisfy(\.isWhitespace) })
        }
    }

    @Test func aProceedingThatLeftTheListsIsAskedForOnceByItsNumber() async throws {
        try await EFilingStage.play(.vanished) { stage in
            try await stage.fetch()
            let open = await stage.reporter.notices.filter { $0.place == .selfFya }
            #expect(!open.isEmpty && open.allSatisfy { $0.state != .closed })
            await stage.reporter.remember()
            stage.house.clock.advance(.seconds(1_000))
            let before = await stage.reporter.notices.count
            #expect(try await stage.fetch(job: 2).isComplete)
            let later = await stage.reporter.notices.dropFirst(before)
            let gone = later.filter { open.map(\.externalKey).contains($0.externalKey) }
            #expect(!gone.isEmpty && gone.allSatisfy { $0.state == .closed })
            let id = try #require(gone.first?.particulars.proceeding)
            let orders = later.filter { $0.particulars.proceeding == id && $0.externalKey.hasPrefix("doc:") }
            #expect(orders.count == 3 && orders.flatMap(\.documents).allSatisfy { $0.sha256 != nil })
            #expect(orders.contains { $0.section == "156" && $0.state == .open })
            // Once: the third fetch asks nothing of it.
            let asked = await stage.calls("downloadClosureOrder")
            stage.house.clock.advance(.seconds(1_000))
            try await stage.fetch(job: 3)
            #expect(await stage.calls("downloadClosureOrder") == asked)
        }
    }

    /// What a gateway or a broken line says of a proceeding that left the lists may pass; only the portal's own word, or
    /// the same on another day, ends the asking.
    @Test func aPassingFaultDoesNotEndTheAskingForAProceeding() throws {
        func failure(_ status: Int, _ body: String) -> PortalFailure {
            EFilingFailure.from(
                HTTPResponse(status: status, headers: HTTPHeaders(), body: Array(body.utf8)),
                EFilingCaller.Call(path: .proceedings))
        }
        func notice(_ mark: String) -> NoticeFacts {
            var facts = NoticeFacts(externalKey: "din:1", place: .selfFya, reference: "1", form: "")
            (facts.particulars.proceeding, facts.particulars.mark) = ("77", mark)
            return facts
        }
        func one(_ mark: String) -> EFilingVanished {
            EFilingVanished(id: "77", place: .selfFya, known: [notice(mark)])
        }
        let (today, tomorrow) = (try #require(LegalDate("2026-11-22")), try #require(LegalDate("2026-11-23")))
        let page = failure(400, "<html><body>Please try again</body></html>")
        let gateway = failure(400, #"{"moreInformation": "try again", "httpCode": "400"}"#)
        let own = failure(400, #"{"messages": [{"code": "EF00001", "type": "ERROR", "desc": "No record"}]}"#)
        let away = failure(503, "")
        for strange in [page, gateway] {
            #expect(one("old").verdict([strange], today: today) == .strange)
            #expect(one("old").verdict([own, strange], today: today) == .strange)
            let marked = one(EFilingMark.strange(on: today))
            #expect(marked.verdict([strange], today: today) == .strange)
            #expect(marked.verdict([strange], today: tomorrow) == .settled)
        }
        #expect(one("old").verdict([own], today: today) == .settled && one("old").verdict([], today: today) == .settled)
        #expect(one("old").verdict([own, away], today: today) == .unread)
        // It is asked for again as long as it is not settled.
        let all: [Place: Set<String>] = [.selfFya: [], .selfFyi: [], .thirdPartyFya: [], .thirdPartyFyi: []]
        func asked(_ mark: String) -> Int {
            EFilingVanished.of(EFilingKnown(["din:1": notice(mark)], today: today), listed: all).count
        }
        #expect(asked(EFilingMark.strange(on: today)) == 1 && asked(EFilingMark.vanished) == 0)
    }

    @Test func aNoticeOfTheNewActSaysSo() async throws {
        try await EFilingStage.play(.taxYear) { stage in
            try await stage.fetch()
            let notices = await stage.reporter.notices.filter {
                $0.place == .selfFya && !$0.externalKey.hasPrefix("doc:")
            }
            #expect(!notices.isEmpty && notices.allSatisfy { $0.act == .of2025 && $0.period == "TY 2026-27" })
        }
    }

    /// Our own limit lets a hundred calls through and then none before the deadline.
    @Test func anAttemptWhoseTimeIsUsedUpCountsAndKeepsWhatItRead() async throws {
        try await EFilingStage.play(.pageTwo, gate: ShortGate(calls: 100)) { stage in
            let notes = CallNotes()
            let ended = await CallContext.$notes.withValue(notes) { await failure { try await stage.fetch() } }
            #expect(ended?.isOutOfTime == true && ended?.notBefore == nil)
            // Nothing is held back: the attempt had its turn.
            #expect(notes.heldBackUntil == nil && notes.isAnswered)
            let readings = await stage.reporter.readings
            #expect(readings.map(\.place) == [.selfFya] && readings.first?.outcome == .failed)
            #expect(await !stage.reporter.notices.isEmpty)
        }
    }
}

/// Lets a number of calls through and then none for a day.
private final class ShortGate: CallGate {
    private let left: Mutex<Int>
    init(calls: Int) { left = Mutex(calls) }

    func admit(_ family: CallFamily, key: String) -> CallAdmission {
        left.withLock { left in
            left -= 1
            return left >= 0 ? .go : .wait(.seconds(86_400), until: Instant(milliseconds: 0))
        }
    }
    func ended(_ family: CallFamily, _ end: CallEnd, took: Duration) {}
    func mayRetry(after cause: Cause) -> Bool { true }
}
