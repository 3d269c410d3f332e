import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Working on notices at the desk") struct NoticeWorkTests {
    private func deeds(_ bench: Bench) -> [NoticeDeed] {
        bench.effects.compactMap { if case .work(let deed, _) = $0 { deed } else { nil } }
    }

    @Test func `one key and an answer assign, tag, note and date the selected notice`() throws {
        var bench = try Bench.notices()
        bench.press("a", .control("u"))
        bench.type("meera")
        bench.press(.enter)
        #expect(deeds(bench) == [.assign([NoticeId(1)], "meera")])
        bench.press("a", .control("u"), .enter)
        #expect(deeds(bench) == [.assign([NoticeId(1)], nil)])
        bench.press("#")
        #expect(bench.shows("has #appeal #urgent"))
        bench.type("hearing -appeal")
        bench.press(.enter)
        #expect(deeds(bench) == [.tag([NoticeId(1)], add: ["hearing"], remove: ["appeal"])])
        bench.press("n")
        bench.type("called")
        bench.press(.enter)
        #expect(deeds(bench) == [.note(NoticeId(1), "called")])
        bench.press("m", .control("u"))
        bench.type("01-12-2026")
        bench.press(.enter)
        #expect(deeds(bench) == [.due([NoticeId(1)], LegalDate("2026-12-01"))])
        bench.press("m", .control("u"), .enter)
        #expect(deeds(bench) == [.due([NoticeId(1)], nil)])
    }

    @Test func `how late a notice is stands whole in its column, however late it is`() {
        for (days, word) in [(3, "3 d late"), (999, "999 d late"), (1_000, "2 y late"), (1_820, "4 y late")] {
            let line = DueMark.word(.overdue(days: days))
            #expect(line.text == word)
            #expect(line.width <= 10)
        }
    }

    @Test func `a note that is being written outlives the question whether to quit`() throws {
        var bench = try Bench.notices()
        bench.press("n")
        bench.type("called")
        bench.press(.control("c"))
        #expect(bench.shows("Quit PortalDesk?"))
        bench.press(.escape, .enter)
        #expect(deeds(bench) == [.note(NoticeId(1), "called")])
    }

    @Test func `a day that does not exist changes nothing and is said`() throws {
        var bench = try Bench.notices()
        bench.press("m", .control("u"))
        bench.type("31-02-2026")
        bench.press(.enter)
        #expect(deeds(bench).isEmpty && bench.shows("31-02-2026 is no day") && bench.shows("Due date of"))
    }

    @Test func `the first letter takes the place of the name that is proposed`() throws {
        var bench = try Bench.notices()
        bench.press("a")
        bench.type("olu")
        bench.press(.enter)
        #expect(deeds(bench) == [.assign([NoticeId(1)], "olu")])
    }

    @Test func `a name that cannot be given anything is said where it was typed, with who can be`() throws {
        var bench = try Bench.notices()
        bench.press("a")
        bench.type("nobodyhere")
        bench.press(.enter)
        try bench.answerLast(
            .failed(
                Complaint(
                    "nobodyhere cannot work on notices", why: "there is no such user", remedy: "Name one of asha, ravi",
                    status: .badData)))
        #expect(bench.shows("there is no such user") && bench.shows("asha, ravi") && bench.shows("Give"))
        bench.press(.control("u"))
        bench.type("ravi")
        bench.press(.enter)
        #expect(deeds(bench) == [.assign([NoticeId(1)], "ravi")])
    }

    @Test func `a refusal comes back to what it is about, and to no other prompt`() throws {
        var silent = Sample.notice(1, due: "2026-11-18")
        silent.facts.rawState = ""
        let other = Sample.notice(2, due: "2026-11-19")
        let refusal = Loaded.failed(Complaint("the workspace is locked", status: .tryLater))
        var bench = try Bench.notices(page: Sample.noticePage([silent, other]))
        bench.press("a")
        bench.type("ravi")
        bench.press(.enter)
        try bench.answerLast(.done("Given to ravi"))
        // No prompt led to closing it, so none opens again.
        bench.press("C", "y")
        try bench.answerLast(refusal)
        #expect(bench.toasts.last == "the workspace is locked" && !bench.shows("Give "), "\(bench.screen)")
        // What is refused late opens no prompt of what was asked since.
        bench.press("a")
        bench.type("ravi")
        bench.press(.enter)
        let late = try #require(bench.effects.last?.ticket)
        bench.press(.down, "#")
        bench.type("urgent")
        bench.press(.enter)
        #expect(deeds(bench) == [.tag([NoticeId(2)], add: ["urgent"], remove: [])])
        bench.input(.loaded(refusal, late))
        #expect(bench.toasts.last == "the workspace is locked" && !bench.shows("Tags of"), "\(bench.screen)")
        #expect(!bench.shows("Give "))
    }

    @Test func `marked notices are given away together`() throws {
        var bench = try Bench.notices()
        bench.press(.space, .space, "a")
        #expect(bench.shows("Give 2 notices to"))
        bench.press(.enter)
        #expect(deeds(bench) == [.assign([NoticeId(1), NoticeId(2)], "ravi")])
    }

    @Test func `what a portal lists cannot be closed by hand; what is gone from it can`() throws {
        var bench = try Bench.notices()
        bench.press("C")
        #expect(bench.toasts == ["The portal tells the state of this notice, so it is the portal's"])
        var gone = Sample.notice(1, due: "2026-11-18")
        gone.goneAt = Sample.now
        bench.input(.changed)
        try bench.answer(.notices(Sample.noticePage([gone])))
        #expect(bench.shows("○ Gone"))
        bench.press("C", "y")
        #expect(deeds(bench) == [.state(NoticeId(1), .closed)])
    }

    @Test func `where the portal tells no state people say it`() throws {
        var silent = Sample.notice(1, due: "2026-11-18")
        silent.facts.rawState = ""
        var bench = try Bench.notices(page: Sample.noticePage([silent]))
        bench.press("C", "y")
        #expect(deeds(bench) == [.state(NoticeId(1), .closed)])
    }

    @Test func `the report of a default summary is asked for in a form that holds its statement`() throws {
        var bench = try Bench.notices()
        bench.press("J")
        #expect(bench.toasts == ["Reports belong to default summaries of TRACES"])
        var summary = Sample.notice(1, due: "2026-11-18")
        summary.facts.place = .defaultSummary
        bench = try Bench.notices(page: Sample.noticePage([summary]))
        bench.press("J")
        #expect(TdsRequestsTests.wants(bench) == [.draft(NoticeId(1))])
        // Nobody serves it: that is told before anybody types a challan.
        try bench.answerLast(.failed(Complaint("nobody asks TRACES for files of BLRA12345B", status: .badData)))
        #expect(bench.toasts.last?.contains("obody asks TRACES for files") == true && !bench.shows("Challan"))
        bench.press("J")
        let draft = TdsRequestsTests.draft
        try bench.answerLast(.tdsDraft(draft))
        #expect(bench.shows("Ask TRACES for a file") && bench.shows("BLRA12345B") && bench.shows("2024-25"))
        let challan = "0510308 2024-07-07 00123 10000.00 AAAPZ1000A=500"
        bench.type(challan)
        bench.press(.enter)
        var wanted = draft
        wanted.challan = challan
        #expect(TdsRequestsTests.wants(bench) == [.ask(wanted)])
    }

    @Test func `the detail shows the lines of a default summary, replies and all numbers of the notice`() throws {
        var bench = try Bench.notices()
        var dossier = Sample.dossier
        dossier.notice.facts.particulars.printedReference = "ITBA/AST/S/143(2)/1086883937(1)"
        dossier.notice.facts.particulars.defaults = [
            .init(
                code: "1", kind: "Short payment", amount: Rupees(paise: 1_050_000), reported: Rupees(paise: 50_000),
                payable: Rupees(paise: 1_000_000))
        ]
        dossier.notice.facts.particulars.replies = [
            .init(id: "7", kind: "FR", text: "Our reply", submittedOn: LegalDate("2026-05-01"), attachments: ["a.pdf"])
        ]
        bench.press(.enter)
        try bench.answerLast(.dossier(dossier))
        for text in ["ITBA/AST/S/143(2)", "Short payment", "10,500.00", "500.00", "10,000.00", "Our reply (1 file)"] {
            #expect(bench.shows(text), "\(text)")
        }
    }

    @Test func `what is overdue is asked of the Indian day, wherever the desk stands`() throws {
        var bench = Bench()
        // Just after midnight in India; by the desk's own clock it is the day before.
        let midnight = try #require(TimeText.instant(rfc3339: "2026-11-20T18:31:00Z"))
        let effects = bench.model.handle(.event(.key(.function(7))), at: midnight, utcOffset: -18_000)
        let asked = effects.compactMap { if case .loadNotices(let query, _) = $0 { query.today } else { nil } }
        #expect(asked == [LegalDate("2026-11-21")])
    }

    @Test func `what is gone still says whether there is something to do about it`() throws {
        var gone = Sample.notice(1, due: "2026-11-18", state: .closed)
        gone.goneAt = Sample.now
        for size in [Sample.wide, Sample.narrow] {
            var bench = try Bench.notices(size: size, page: Sample.noticePage([gone]))
            #expect(bench.shows("✓ Gone") && !bench.shows("○ Gone"))
            bench.press(.enter)
            #expect(bench.shows("✓ Closed  gone from the portal since today 18:42"))
        }
    }

    @Test func `a detail that is opened again is read again`() throws {
        var bench = try Bench.notices()
        bench.press(.enter)
        try bench.answerLast(.dossier(Sample.dossier))
        bench.press(.enter, .enter)
        #expect(bench.effects.contains { if case .loadDossier(NoticeId(1), _) = $0 { true } else { false } })
    }

    @Test func `no deed claims a date of the portal's that may not be there`() {
        #expect(NoticeDeed.due([NoticeId(1)], nil).done == "The due date by hand is taken away")
        #expect(NoticeDeed.due([NoticeId(1)], LegalDate("2026-12-01")).done == "Due 01-12-2026, set by hand")
    }

    @Test func `support is told why it may not, and sees everything`() throws {
        let support = Person(name: "sunil", email: "s@firm.example", role: .support)
        for key: Key in ["a", "#", "n", "m", "C", "+"] {
            var bench = Bench(user: support)
            bench.press(.function(7))
            try bench.answer(.notices(Sample.noticePage()))
            bench.press(key)
            #expect(bench.toasts.first?.hasPrefix("Not permitted") == true, "\(key)")
        }
    }

    @Test func `the detail shows the basis of the date, changes and notes, and follows the selection`() throws {
        var bench = try Bench.notices()
        bench.press(.enter)
        try bench.answerLast(.dossier(Sample.dossier))
        #expect(bench.shows("due date moved from 11-11-2026 to 18-11-2026") && bench.shows("ravi: Asked the officer"))
        #expect(bench.shows("overdue 2 days") && bench.shows("as the portal says") && bench.shows("#appeal #urgent"))
        bench.press(.down)
        #expect(bench.effects.contains { if case .loadDossier(NoticeId(2), _) = $0 { true } else { false } })
        #expect(!bench.shows("Asked the officer"))
        // A late answer about another notice changes nothing.
        try bench.answerLast(.dossier(Sample.dossier))
        #expect(!bench.shows("Asked the officer"))
    }

    static func story(size: Size = Sample.wide) throws -> Bench {
        var bench = try Bench.notices(size: size)
        bench.press("h")
        try bench.answerLast(.dossier(Sample.dossier))
        return bench
    }

    @Test func `the history tells everything newest first, with notes in full and each once`() throws {
        var bench = try Self.story(size: Sample.narrow)
        let rows = bench.canvas.textRows
        let order = ["gave it to ravi", "adjournment; he", "in writing.”", "due date moved", "first time"]
        let places = order.map { words in rows.firstIndex { $0.contains(words) } ?? -1 }
        #expect(places == places.sorted() && places.first ?? -1 > 0, "\(places)\n\(bench.screen)")
        #expect(!bench.shows("wrote a note") && bench.shows("History · ZD270926001001F"))
        bench.press(.escape)
        #expect(bench.shows("sort: Due"))
    }

    @Test func `an entry names what is wrong, and says for whom, what and when`() throws {
        var bench = try Bench.notices()
        bench.press("+", .up, .control("u"))
        bench.type("XX")
        bench.press(.down)
        bench.type("DIN-7")
        bench.press(.down)
        bench.type("143(2)")
        bench.press(.down, .down)
        bench.type("31-02-2026")
        bench.press(.enter, .enter, .enter, .enter)
        #expect(bench.shows("the GSTIN") && bench.effects.isEmpty)
        bench.press(.control("u"))
        bench.type("AAFHH6756K")
        bench.press(.down, .down, .down, .down, .control("u"))
        bench.type("06-11-2026")
        bench.press(.down, .down, .down, .enter)
        guard case .addNotice(let entry, _)? = bench.effects.first else {
            Issue.record("nothing was entered:\n\(bench.screen)")
            return
        }
        #expect(entry.identity == PortalIdentity(stored: .incomeTax, "AAFHH6756K"))
        #expect(entry.reference == "DIN-7" && entry.section == "143(2)" && entry.issuedOn == LegalDate("2026-11-06"))
    }

    @Test func `a TAN is entered at the portal that it was selected at, or at the other one`() throws {
        func portal(_ bench: Bench) -> Portal? {
            if case .addNotice(let entry, _)? = bench.effects.first { entry.identity.portal } else { nil }
        }
        var notice = Sample.notice(1, due: nil, portal: .incomeTax)
        notice.identity = PortalIdentity(stored: .incomeTax, "DELA12345B")
        var bench = try Bench.notices(page: Sample.noticePage([notice]))
        bench.press("+")
        #expect(bench.shows("Income Tax Portal"))
        try bench.click("[ Save ]")
        #expect(portal(bench) == .incomeTax)
        bench = try Bench.notices(page: Sample.noticePage([notice]))
        bench.press("+", .up, .right)
        try bench.click("[ Save ]")
        #expect(portal(bench) == .traces)
        // Nothing is asked where the identity names the portal.
        bench = try Bench.notices()
        bench.press("+")
        #expect(!bench.shows("Income Tax Portal") && !bench.shows("TDS Portal"))
    }
}
