import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Lists keep their place") struct ListBehaviourTests {
    private func changed(_ bench: inout Bench, _ rows: [Job]) throws {
        bench.input(.changed)
        try bench.answer(.activity(Sample.page(rows)))
    }

    @Test func `the selection stays on its job when rows arrive, move and leave`() throws {
        var bench = Bench(page: Sample.page(Sample.fullPage()))
        bench.press(.down, .down, .down)
        let serial = { (bench: Bench) in bench.selectedRow.split(separator: " ").first.map(String.init) }
        #expect(serial(bench) == "4")
        try changed(&bench, [Sample.job(91, .queued)] + Sample.fullPage().dropLast())
        #expect(serial(bench) == "5")
        try changed(&bench, Sample.fullPage().reversed())
        #expect(serial(bench) == "17")
        try changed(&bench, Sample.fullPage().filter { $0.id != JobId(87) }.reversed())
        #expect(serial(bench) == "17", "a row that left hands its place to its neighbour")
    }

    @Test func `a page of twenty scrolls at 80x24 and the selection stays in sight`() {
        var bench = Bench(size: Sample.narrow, page: Sample.page(Sample.fullPage()))
        #expect(bench.shows("▼5"))
        bench.press("G")
        #expect(bench.selectedRow.contains(" 20 "))
        #expect(bench.shows("▲5") && bench.shows("Total 4,884 items"))
        bench.press("g")
        #expect(bench.selectedRow.contains(" 1 "))
    }

    @Test func `an answer to an older question is dropped`() throws {
        var bench = Bench()
        bench.press(.right)
        let late = try #require(bench.effects.first?.ticket)
        bench.press(.right)
        let fresh = try #require(bench.effects.first?.ticket)
        bench.input(.loaded(.activity(Sample.page(Sample.fullPage(from: 50), page: 2)), late))
        #expect(bench.shows("33AAKFO7781R1Z5"), "the old rows stay until the wanted page is there")
        bench.input(.loaded(.activity(Sample.page(Sample.fullPage(from: 70), page: 3)), fresh))
        #expect(bench.shows("41–60"))
        bench.input(.loaded(.activity(Sample.page([], page: 2)), late))
        #expect(bench.shows("41–60"))
    }

    @Test func `a commit during a read makes one more read, and no commit is lost`() throws {
        var bench = Bench()
        bench.input(.changed)
        let first = bench.effects
        bench.input(.changed)
        bench.input(.changed)
        #expect(first.contains { $0.isRead })
        #expect(!bench.effects.contains { $0.isRead }, "no second read is piled up")
        try bench.answer(.activity(Sample.page()))
        #expect(bench.effects.filter(\.isRead).count == 1, "the commits in between are read once")
        try bench.answer(.activity(Sample.page()))
        #expect(!bench.effects.contains { $0.isRead })
    }

    @Test func `a list whose read was cut off by the lock is read when the desk is opened again`() throws {
        var bench = Bench()
        bench.input(.changed)
        let late = try #require(bench.effects.first(where: \.isRead)?.ticket)
        bench.input(.idle(minutes: 5))
        bench.input(.loaded(.activity(Sample.page()), late))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        #expect(bench.effects.contains { $0.isRead })
        try bench.answer(.activity(Sample.page([Sample.job(91, .queued)], total: 1)))
        #expect(bench.shows("Total 1 item "))
    }

    @Test func `marks are counted over pages, and verbs act on all of them in the order of marking`() throws {
        var bench = Bench(page: Sample.page(Sample.fullPage().map { Sample.job($0.id.rawValue, .failed) }))
        bench.press(.down, .space)
        #expect(bench.shows("1 marked"))
        #expect(bench.selectedRow.contains(" 3 "), "marking goes on to the next row")
        bench.press(.right)
        try bench.answer(.activity(Sample.page((0..<20).map { Sample.job(70 - $0, .failed) }, page: 2)))
        bench.press(.space)
        #expect(bench.shows("2 marked"))
        bench.press("R")
        #expect(bench.effects.first == .retry([JobId(89), JobId(70)], Ticket(screen: 2, number: 0)))
        #expect(!bench.shows("marked"))
    }

    @Test func `a range, all rows and the inversion can be marked; Esc takes marks away first`() {
        var bench = Bench(page: Sample.page(Sample.fullPage()))
        bench.press(.space, .down, .down, "V")
        #expect(bench.shows("4 marked"))
        bench.press("*")
        #expect(bench.shows("16 marked"))
        bench.press("A")
        #expect(bench.shows("20 marked"))
        bench.press("A")
        #expect(!bench.shows("marked"))
        bench.press("A", .escape)
        #expect(!bench.shows("marked") && bench.shows("Recent Sync Activity"))
    }

    @Test func `the filter works while it is typed; Enter keeps it and Esc clears it`() throws {
        var bench = Bench()
        bench.press("/")
        bench.type("failed gst")
        let filter = ActivityFilter(statuses: [.failed], portals: [.gst], utcOffset: Sample.utcOffset)
        #expect(
            bench.effects == [.loadActivity(ActivityQuery(filter: filter), try #require(bench.effects.first?.ticket))])
        try bench.answer(.activity(Sample.page([], total: 0)))
        #expect(bench.shows("Nothing fits \"failed gst\". Press Esc"))
        bench.press(.enter, .down)
        #expect(bench.shows("filter: failed gst"))
        bench.press(.escape)
        #expect(bench.shows("filter: none"))
        guard case .loadActivity(let query, _)? = bench.effects.first else {
            Issue.record("clearing reads again")
            return
        }
        #expect(query.filter.isEmpty)
    }

    @Test func `a total that is still counted is marked so, and filled in when it comes`() throws {
        var bench = Bench(page: nil)
        try bench.answer(.activity(Sample.page(Sample.fullPage(), total: nil)))
        #expect(bench.shows("Total 20+ items"))
        let ticket = try #require(bench.effects.first { if case .countActivity = $0 { true } else { false } }?.ticket)
        bench.input(.loaded(.activityTotal(4_321), ticket))
        #expect(bench.shows("Total 4,321 items"))
    }

    @Test func `pages turn by key, by number and at both ends with a reason`() throws {
        var bench = Bench()
        bench.press(.left)
        #expect(bench.toasts == ["This is the first page"])
        func page() -> Int? {
            if case .loadActivity(let query, _)? = bench.effects.first(where: \.isRead) { query.page } else { nil }
        }
        bench.press(.right)
        #expect(page() == 2 && bench.toasts.isEmpty)
        bench.press("}")
        #expect(page() == 245)
        bench.press("{")
        #expect(page() == 1)
        bench.press("p")
        bench.type("1 2")
        bench.press(.enter)
        #expect(page() == 12)
        bench.press("p")
        bench.type("246")
        bench.press(.enter)
        #expect(bench.toasts == ["There is no page 246"] && page() == nil)
    }

    @Test func `beyond the last row PgDn goes to the next page`() {
        var bench = Bench(page: Sample.page(Sample.fullPage()))
        bench.press(.end, .pageDown)
        #expect(bench.effects.contains { if case .loadActivity(let query, _) = $0 { query.page == 2 } else { false } })
    }

    @Test func `the page size goes round, is kept, and is each list's own`() throws {
        var bench = Bench(page: Sample.page(Sample.fullPage(), page: 3))
        bench.press("z")
        #expect(bench.effects.first == .remember(.activityPageSize, "50"))
        guard case .loadActivity(let query, _)? = bench.effects.last else {
            Issue.record("the page is read again")
            return
        }
        #expect(query.perPage == 50 && query.page == 1, "row 41 stands on the first page of fifty")
        bench.press("1")
        guard case .loadAccounts(let accounts, _)? = bench.effects.last else {
            Issue.record("the panel reads its page")
            return
        }
        #expect(accounts.perPage != 50)
        bench.press("z")
        #expect(bench.effects.contains(.remember(.accountPageSize, "10")))
        bench.press(.escape)
        #expect(bench.shows("50/page"))
    }

    /// What the panel asked for last.
    private func accounts(_ bench: Bench) -> AccountQuery? {
        bench.history.compactMap { if case .loadAccounts(let query, _) = $0 { query } else { nil } }.last
    }

    @Test func `pages of a list fill a tall screen, and follow its height`() throws {
        let tall = Size(columns: 120, rows: 60)
        var bench = try Bench.configure(size: tall, page: nil)
        let rows = try #require(accounts(bench)).perPage
        // The frame takes some rows, and no row stays empty that could hold a business.
        #expect((50...56).contains(rows ?? 0), "\(String(describing: rows))")
        let all = (0..<(rows ?? 0)).map { Sample.account($0) }
        try bench.answer(
            .accounts(
                AccountPage(
                    rows: all, page: 1, pageCount: 2, total: 74, firstSerial: 1, verified: 71, attention: 3)))
        #expect(bench.shows("\(all.count)/page") && bench.shows("Total 74 items"))
        #expect(bench.canvas.textRows.contains { $0.contains(" \(all.count)  ") }, "the last row is on the screen")
        bench.resize(Sample.narrow)
        #expect(accounts(bench)?.perPage == 20, "a low screen scrolls in pages of twenty")
        bench.resize(tall)
        #expect(accounts(bench)?.perPage == rows)
    }

    @Test func `the jobs keep their twenty a page, and the preview below`() {
        var bench = Bench(size: Size(columns: 120, rows: 60), page: Sample.page(Sample.fullPage()))
        bench.press(.function(5))
        let asked = bench.history.compactMap { if case .loadActivity(let query, _) = $0 { query.perPage } else { nil } }
        #expect(asked.last == 20)
    }

    @Test func `a number of rows that somebody chose stays, and the last choice is to fill the screen`() throws {
        var settings = DeskSettings(exportFolder: "/exports")
        settings.apply(.accountPageSize, "100")
        var bench = try Bench.configure(settings: settings)
        #expect(accounts(bench)?.perPage == 100)
        bench.press("z")
        #expect(bench.effects.contains(.remember(.accountPageSize, "fit")))
        let filled = try #require(accounts(bench)?.perPage)
        #expect(filled > 20 && filled < 40)
        bench.press("z")
        #expect(bench.effects.contains(.remember(.accountPageSize, "10")) && accounts(bench)?.perPage == 10)
        settings.apply(.accountPageSize, "fit")
        let again = try Bench.configure(settings: settings)
        #expect(accounts(again)?.perPage == filled)
    }

    @Test func `a detail that opens turns no pages of the notices`() throws {
        var bench = try Bench.notices()
        func asked() -> Int? {
            bench.history.compactMap { if case .loadNotices(let query, _) = $0 { query.perPage } else { nil } }.last
        }
        let before = asked()
        bench.press(.enter)
        bench.input(.changed)
        #expect(asked() == before && before != 20)
    }
}
