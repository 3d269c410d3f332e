import Domain
import TerminalKit
import Testing

@testable import Desk

@Suite("What a card says of a portal's notices") struct PortalNewsTests {
    /// Room for it at 80 columns.
    private static let narrow = 19

    private func summary(overdue: Int = 0, new: Int = 0, due: Int = 0, unread: Int = 0) -> PortalSummary {
        var summary = PortalSummary(portal: .incomeTax)
        summary.accounts = 20
        summary.answeredPlaces = summary.places - unread
        summary.lastFetchAt = Sample.now
        (summary.overdue, summary.unseenNotices, summary.dueSoon) = (overdue, new, due)
        return summary
    }

    @Test(arguments: [
        (32, 0, 41, "32 overdue, 41 due soon", "32 overdue, 41 due…"),
        (32, 3, 41, "32 overdue, 3 new, 41 due soon", "32 overdue, 3 new…"),
        (12_345, 0, 41_000, "12,345 overdue, 41,000 due soon", "12,345 overdue…"),
        (0, 3, 2, "3 new, 2 due soon", "3 new, 2 due soon"),
    ]) func `what is overdue comes first and stays where room is short`(
        overdue: Int, new: Int, due: Int, full: String, narrow: String
    ) {
        let news = PortalNews(summary: summary(overdue: overdue, new: new, due: due))
        #expect(news.line().text == full)
        #expect(news.line(Self.narrow).text == narrow)
        #expect(news.line(Self.narrow).width <= Self.narrow)
    }

    @Test func `none new is said without a reserve only when every place answered`() {
        #expect(PortalNews(summary: summary()).line().text == "none new")
        let some = PortalNews(summary: summary(unread: 3))
        #expect(some.line().text == "none new; 3 places unread")
        #expect(some.line(Self.narrow).text == "3 places unread")
        #expect(PortalNews(summary: summary(unread: 140)).line(Self.narrow).text == "no place read whole")
        var many = summary(unread: 0)
        (many.accounts, many.answeredPlaces) = (10_000, 1)
        #expect(PortalNews(summary: many).line(Self.narrow).text == "69,999 places unread")
    }

    @Test func `nothing is said where there is nothing to read, or nothing was ever fetched`() {
        var never = summary(unread: 140)
        never.lastFetchAt = nil
        #expect(PortalNews(summary: never).line().isEmpty)
        var empty = summary()
        (empty.accounts, empty.answeredPlaces) = (0, 0)
        #expect(PortalNews(summary: empty).line().isEmpty)
    }

    @Test func `places that were not read and what is overdue come before the reason, and that before what is new`() {
        var news = PortalNews(summary: summary(overdue: 32, new: 3, due: 41, unread: 3))
        #expect(news.line().text == "3 places unread, 32 overdue, 3 new, 41 due soon")
        #expect(news.line(28).text == "3 unread, 32 overdue, 3 new…")
        #expect(news.line(Self.narrow).text == "3 unread…")
        news.reason = "the bridge answered 503 Service Unavailable"
        #expect(news.line(40).text == "3 unread, 32 overdue, the bridge answer…")
        #expect(news.line(Self.narrow).text == "3 unread…")
        for width in 10...80 { #expect(news.line(width).width <= width) }
    }

    @Test func `at 80 columns the counts of logins give way before the news is cut`() {
        var quiet = DeskSummary(portals: [Sample.summary[.gst]])
        (quiet.portals[0].overdue, quiet.portals[0].dueSoon) = (0, 0)
        let calm = Bench(size: Sample.narrow, summary: quiet)
        #expect(calm.shows("71/74 verified") && calm.shows("3 new"))
        var busy = quiet
        (busy.portals[0].overdue, busy.portals[0].dueSoon) = (32, 41)
        let full = Bench(size: Sample.narrow, summary: busy)
        // The columns that a shorter badge leaves are used.
        #expect(full.shows("● Connected 71/74 ✓ 32 overdue, 3 new, 41 due soon"))
        busy.portals[0].unseenNotices = 0
        #expect(Bench(size: Sample.narrow, summary: busy).shows("71/74 verified  32 overdue, 41 due soon"))
    }

    @Test func `at 80 columns what was not read and why is told before the news`() {
        var given = Sample.summary
        given.portals[0].answeredPlaces -= 2
        let bench = Bench(size: Sample.narrow, summary: given)
        #expect(bench.shows("71/74 ✓ 2 unread, 1 overdue, 3 new…"))
        #expect(bench.shows("68/70 ✓ 3 unread, the bridge answer…"))
        #expect(bench.shows("no login is verified yet"))
    }

    @Test(arguments: [100, 120, 200]) func `a card tells what was not read and not verified whatever the news`(
        columns: Int
    ) {
        var given = Sample.summary
        given.portals[0].answeredPlaces -= 2
        (given.portals[0].overdue, given.portals[0].unseenNotices, given.portals[0].dueSoon) = (132, 43, 41)
        (given.portals[1].overdue, given.portals[1].unseenNotices) = (132, 43)
        let screen = Bench(size: Size(columns: columns, rows: 30), summary: given).screen
        #expect(screen.contains("2 places unread") && screen.contains("3 not verified"))
        #expect(screen.contains("132 overdue, 43 new, 41 du") && screen.contains("last fetch 18:40"))
        #expect(screen.contains("3 places unread") && screen.contains("the bridge answered 503"))
        #expect(screen.contains("41 due soon") || screen.contains("41 due…"))
    }

    @Test func `a wide card tells what was not read beside what is new`() {
        var given = Sample.summary
        given.portals[0].answeredPlaces -= 2
        #expect(Bench(summary: given).screen.contains("2 places unread"))
    }
}
