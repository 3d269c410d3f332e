import Domain
import TerminalKit
import Testing

@testable import Desk
@testable import Services

@Suite("Notices and businesses") struct RegisterTests {
    @Test func `a notice whose detail was open counts as seen, once`() throws {
        var bench = try Bench.notices()
        bench.press(.enter)
        #expect(bench.effects.contains { if case .markSeen([NoticeId(1)], _) = $0 { true } else { false } })
        bench.press(.down)
        #expect(bench.effects.contains { if case .markSeen([NoticeId(2)], _) = $0 { true } else { false } })
        bench.press(.up)
        #expect(!bench.effects.contains { if case .markSeen = $0 { true } else { false } })
        bench.press(.escape)
        #expect(!bench.shows("Documents") && bench.shows("Notices & Orders"))
    }

    @Test func `an export writes the whole filtered list, by the sort on the screen`() throws {
        var bench = try Bench.notices()
        bench.press("s", "x", .enter)
        guard case .exportNotices(let query, let file, false, _)? = bench.effects.first else {
            Issue.record("nothing was exported")
            return
        }
        #expect(query.perPage == nil && query.sort == .issued && query.descending && file == "/exports/notices.csv")
    }

    @Test func `documents are saved of the notice that was asked about; without any the key says so`() throws {
        var bench = try Bench.notices()
        bench.press("d")
        bench.input(.changed)
        try bench.answer(.notices(Sample.noticePage([Sample.notice(4, due: nil)])))
        bench.press(.enter)
        #expect(
            bench.effects.contains { if case .saveDocuments(NoticeId(1), "/exports", _) = $0 { true } else { false } })
        bench.press("d")
        #expect(bench.toasts == ["This notice has no documents"])
    }

    @Test func `the filter of notices understands portals, states, news and due days`() {
        let query = NoticeFilterText.parse("gst open new due<20 blue lotus")
        #expect(query.portals == [.gst] && query.states == [.open] && query.unseenOnly)
        #expect(query.dueWithin == 20 && query.text == "blue lotus")
        #expect(NoticeFilterText.parse("soon").dueWithin == 14 && NoticeFilterText.parse("overdue").overdueOnly)
        #expect(NoticeFilterText.parse("@Ravi #urgent").assignee == .person("Ravi"))
        #expect(NoticeFilterText.parse("#urgent #x").tags == ["urgent", "x"])
        #expect(NoticeFilterText.parse("@me", me: "asha").assignee == .person("asha"))
        #expect(NoticeFilterText.parse("@nobody").assignee == .nobody)
        #expect(NoticeFilterText.parse("on:27-11-2026").dueFrom == LegalDate("2026-11-27"))
        #expect(NoticeFilterText.parse("@ # on:x due<x 143(2)").text == "@ # on:x due<x 143(2)")
        for days in ["\(Int.min)", "\(Int.max)", "-100000", "100000"] {
            #expect(NoticeFilterText.parse("due<\(days)").dueWithin == nil, "\(days)")
        }
        #expect(NoticeFilterText.parse("due<-99999").dueWithin == -99_999)
    }

    @Test func `filters understand the words on the screen`() {
        let query = NoticeFilterText.parse("Income Tax to reply Partly replied")
        #expect(query.portals == [.incomeTax] && query.states == [.open, .partlyReplied] && query.text == nil)
        #expect(AccountFilterText.parse("not verified blue").status == .notVerified)
        #expect(AccountFilterText.parse("not verified blue").text == "blue")
        #expect(AccountFilterText.parse("Verified").status == .verified)
    }

    @Test func `an export asks before it replaces a file`() throws {
        var bench = try Bench.notices()
        bench.press("x", .enter)
        try bench.answerLast(.fileExists("/exports/notices.csv"))
        #expect(bench.shows("/exports/notices.csv exists already"))
        bench.press("y")
        #expect(
            bench.effects.contains {
                if case .exportNotices(_, "/exports/notices.csv", true, _) = $0 { true } else { false }
            })
    }

    @Test func `a business is removed only when that is confirmed, and the one that was named`() throws {
        var bench = try Bench.businesses()
        bench.press(.down, "D")
        #expect(bench.shows("Remove Prime Traders Private Limited?") && bench.shows("Its 3 identities"))
        bench.input(.changed)
        try bench.answer(.businesses(Sample.businessPage(1)))
        bench.press("y")
        #expect(bench.effects.contains { if case .removeBusiness(BusinessId(2), _) = $0 { true } else { false } })
    }

    @Test func `an import tells what came in and names the first line that was refused`() throws {
        var bench = try Bench.businesses()
        bench.press("i")
        bench.type("~/clients.csv")
        bench.press(.enter)
        #expect(bench.shows("importing…"))
        bench.press("i")
        #expect(bench.toasts.last == "An import is running")
        let ticket = Ticket(screen: bench.model.stack.last?.id ?? 0, number: 0)
        var summary = ImportSummary(rows: 3, created: 2)
        let reasons = [
            "GSTIN has 7 characters", "the name is missing", "PAN is that of another", "TAN has 3 characters",
        ]
        summary.refusals = reasons.enumerated().map { .init(line: $0.offset + 3, reason: $0.element) }
        bench.input(.loaded(.imported(summary), ticket))
        #expect(bench.shows("Imported: 2 added") && bench.shows("refused line 3: GSTIN has 7 characters"))
        for (index, reason) in reasons.enumerated() { #expect(bench.shows("✗ line \(index + 3)  \(reason)")) }
        #expect(bench.shows("4 lines refused"))
        bench.press(.escape)
        #expect(bench.shows("Businesses") && !bench.shows("importing…") && !bench.shows("4 lines refused"))

        summary.refusals = []
        bench.input(.loaded(.imported(summary), ticket))
        #expect(bench.shows("Imported") && !bench.shows("lines refused"))
    }

    private static let refused: ImportSummary = {
        var summary = ImportSummary(rows: 3, created: 2)
        summary.refusals = [.init(line: 3, reason: "GSTIN has 7 characters")]
        return summary
    }()

    @Test func `the refused lines of an import wait until nothing is in their way`() throws {
        var bench = try Bench.businesses()
        bench.press("i")
        bench.type("/clients.csv")
        bench.press(.enter)
        let ticket = try #require(
            bench.effects.lazy.compactMap { if case .importBusinesses(_, let ticket) = $0 { ticket } else { nil } }
                .first
        )
        bench.press("?")
        bench.input(.loaded(.imported(Self.refused), ticket))
        #expect(!bench.shows("1 line refused"))
        bench.press(.escape)
        #expect(bench.shows("1 line refused") && bench.shows("✗ line 3  GSTIN has 7 characters"))
        bench.press(.escape, "?", .escape)
        #expect(!bench.shows("1 line refused"), "it was seen")
    }

    @Test func `who left the businesses is told, and finds the refused lines there`() throws {
        var bench = try Bench.businesses()
        bench.press("i")
        bench.type("/clients.csv")
        bench.press(.enter)
        let ticket = try #require(
            bench.effects.lazy.compactMap { if case .importBusinesses(_, let ticket) = $0 { ticket } else { nil } }
                .first
        )
        bench.press(.function(7))
        bench.input(.loaded(.imported(Self.refused), ticket))
        #expect(bench.shows("Imported: 2 added") && bench.shows("1 line refused; Alt-b shows them"))
        bench.press(.function(8))
        #expect(bench.shows("✗ line 3  GSTIN has 7 characters"))
    }

    @Test func `a date of birth or incorporation is entered, and taken away, in the form`() throws {
        var bench = try Bench.businesses()
        bench.press(.enter, .up, .up, .up)
        bench.type("31-02-1985")
        bench.press(.enter)
        #expect(bench.shows("write the day as 27-11-1985") && bench.effects.isEmpty)
        bench.press(.control("u"))
        bench.type("27-11-1985")
        bench.press(.enter)
        func saved() -> LegalDate?? {
            if case .saveBusiness(let edit, existing: BusinessId(1), _)? = bench.effects.first {
                edit.formedOn
            } else {
                nil
            }
        }
        #expect(saved() == LegalDate("1985-11-27"))

        var business = Sample.business(0)
        business.formedOn = LegalDate("1985-11-27")
        bench = try Bench.businesses(
            page: BusinessPage(rows: [business], page: 1, pageCount: 1, total: 1, firstSerial: 1))
        bench.press(.enter)
        #expect(bench.shows("27-11-1985"))
        bench.press(.up, .up, .up, .control("u"), .enter)
        #expect(saved() == .some(nil))
    }

    @Test func `a second click on Save makes nothing twice, and an old refusal is not said of it`() throws {
        var bench = try Bench.businesses()
        bench.press("a")
        bench.type("New House")
        func saves(_ bench: Bench) -> Int {
            bench.history.filter { if case .saveBusiness = $0 { true } else { false } }.count
        }
        try bench.click("[ Save ]")
        try bench.click("[ Save ]")
        #expect(saves(bench) == 1)
        try bench.answerLast(.failed(Complaint("the PAN belongs to another business", status: .badData)))
        #expect(bench.shows("✗ the PAN belongs to another business"))
        try bench.click("[ Save ]")
        #expect(saves(bench) == 2 && !bench.shows("the PAN belongs"))
        try bench.answerLast(.done("New House saved"))
        #expect(bench.toasts == ["New House saved"] && !bench.shows("Add a business"))
    }

    @Test func `a form that was being saved when the desk was locked says so and can be left`() throws {
        var bench = try Bench.businesses()
        bench.press("a")
        bench.type("New House")
        try bench.click("[ Save ]")
        bench.input(.idle(minutes: 5))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        #expect(bench.shows("The desk was locked while this was saved."))
        bench.press(.escape, "y")
        #expect(!bench.shows("Add a business"))
    }

    @Test func `a second click on a business says why it cannot be opened, as Enter does`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = Bench(user: sam)
        bench.press(.function(8))
        try bench.answer(.businesses(Sample.businessPage()))
        try bench.click("Prime Traders")
        try bench.click("Prime Traders")
        #expect(!bench.shows("Edit business") && bench.toasts.first?.hasPrefix("Not permitted") == true)
    }

    @Test func `a business needs a name and identities that belong together`() throws {
        var bench = try Bench.businesses()
        bench.press("a", .up, .up, .enter)
        #expect(bench.shows("the name is needed"))
        bench.type("New House")
        bench.press(.tab)
        bench.type("AABCP0001K")
        bench.press(.tab)
        bench.type("09AAFHH6756K1ZQ")
        bench.press(.tab, .tab, .tab, .enter)
        #expect(bench.shows("belongs to PAN AAFHH6756K, not AABCP0001K"))
        #expect(bench.effects.isEmpty)
    }
}
