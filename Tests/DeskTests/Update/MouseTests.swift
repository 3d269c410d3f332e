import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The mouse") struct MouseTests {
    @Test func `a card, its gear, a row, the eye, the paginator and a hint can be clicked`() throws {
        var bench = Bench(page: Sample.page(Sample.jobs, total: 200))
        try bench.click("₹")
        #expect(bench.canvas.style(x: 0, y: 1)?.role == .borderFocused)
        try bench.click("✓ Done", occurrence: 1)
        #expect(bench.selectedRow.contains("verify"))
        try bench.click("›", occurrence: 1)
        #expect(bench.effects.contains { if case .loadActivity(let query, _) = $0 { query.page == 2 } else { false } })
        try bench.click("20/page")
        #expect(bench.effects.first == .remember(.activityPageSize, "50"))
        try bench.click("⟳ Refresh")
        #expect(bench.effects.first == .loadSummary)
        try bench.click("? help")
        #expect(bench.shows("Keys: Portal Integration"))
        bench.press(.escape)
        try bench.click("◉ log")
        #expect(bench.shows("Job 17"))
        bench.press(.escape)
        try bench.click("⚙ Configure", occurrence: 2)
        #expect(bench.shows("TDS Portal (TRACES) · View/Edit"))
    }

    @Test func `a step of the top line leads back to its layer`() throws {
        var bench = try Bench.editLogin()
        try bench.click("Configure GST")
        #expect(bench.shows("View/Edit Business Credentials") && !bench.shows("[ Submit ]"))
        try bench.click("PortalDesk")
        #expect(!bench.shows("View/Edit Business Credentials") && bench.shows("Recent Sync Activity"))
    }

    @Test func `at 80x24 the gear of a line and the eye still work`() throws {
        var bench = Bench(size: Sample.narrow)
        try bench.click("◉")
        #expect(bench.shows("Job 17"))
        bench.press(.escape)
        try bench.click("⚙", occurrence: 1)
        #expect(bench.shows("Income Tax Portal · View/Edit"))
    }

    @Test func `the wheel scrolls lists and logs`() throws {
        var bench = Bench(size: Sample.narrow, page: Sample.page(Sample.fullPage()))
        try bench.click("✓ Done", wheel: .wheelDown)
        #expect(bench.shows("▲3"))
        let long = (0..<60).map { Sample.entry($0 + 1, Int64($0), .info, "step", "line \($0 + 1)") }
        var log = try Bench.log(Sample.job(17, .done), long, size: Sample.narrow)
        #expect(!log.shows("line 20"))
        try log.click("line 5", wheel: .wheelDown)
        #expect(log.shows("line 20"))
    }

    @Test func `in the panel the badge edits, the dots open the menu, × closes`() throws {
        var bench = try Bench.configure()
        try bench.click("✗ Not Verified", occurrence: 1)
        #expect(bench.shows("Edit · Blue Lotus Exports"))
        try bench.click("[ Cancel ]")
        try bench.click("⋮", occurrence: 4)
        #expect(bench.shows("Fetch Data"))
        try bench.click("e  Edit")
        #expect(bench.shows("Edit · O'Neil Foods LLP"))
        bench.press(.escape)
        try bench.click("×")
        #expect(!bench.shows("View/Edit"))
    }

    @Test func `a question answers by its buttons, and nothing behind it can be clicked`() throws {
        var bench = Bench()
        bench.press("X")
        try bench.click("1 GST Portal")
        #expect(bench.shows("Cancel this job?"))
        try bench.click("[ Cancel the job ]")
        #expect(bench.effects == [.cancel([JobId(20)], Ticket(screen: 2, number: 0))])
    }

    @Test func `the palette runs what is clicked; a click beside it closes it`() throws {
        var bench = Bench()
        bench.press(":")
        bench.type("refresh")
        bench.press(.escape, ":")
        try bench.click("Configure the GST Portal")
        #expect(bench.shows("GST Portal · View/Edit"))
        bench.press(.escape, ":")
        try bench.click("Total 4,884")
        #expect(!bench.shows("Commands"))
    }

    @Test func `a header of the notices sorts, a second click on a row opens it`() throws {
        var bench = try Bench.notices()
        try bench.click("Reference")
        #expect(bench.effects.first == .remember(.noticeSort, "reference:asc"))
        try bench.answer(.notices(Sample.noticePage()))
        try bench.click("ZD270926001003F")
        try bench.click("ZD270926001003F")
        #expect(bench.shows("Documents"))
    }
}
