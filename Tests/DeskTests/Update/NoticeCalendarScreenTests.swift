import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The calendar of due dates") struct NoticeCalendarScreenTests {
    static func open(size: Size = Sample.wide, filter: String = "") throws -> Bench {
        var bench = try Bench.notices(size: size)
        if !filter.isEmpty {
            bench.press("/")
            bench.type(filter)
            bench.press(.enter)
        }
        bench.press("c")
        let (month, day) = (try ticket(bench, isMonth: true), try ticket(bench, isMonth: false))
        bench.input(.loaded(.dueDays(Sample.dueDays), month))
        bench.input(.loaded(.notices(Sample.noticePage(Array(Sample.notices.prefix(5)))), day))
        return bench
    }

    private static func ticket(_ bench: Bench, isMonth: Bool) throws -> Ticket {
        try #require(
            bench.history.last { effect in
                switch effect {
                case .loadDueDays: isMonth
                case .loadNotices: !isMonth
                default: false
                }
            }?.ticket)
    }

    @Test func `it shows the month of today, of what the list is filtered to`() throws {
        let bench = try Self.open(filter: "gst @ravi")
        #expect(
            bench.shows("November 2026") && bench.shows("20 today") && bench.shows("!2") && bench.shows("•14")
                && bench.shows("○1"))
        #expect(bench.shows("21 to do, 6 settled this month") && bench.shows("filter: gst @ravi"))
        let asked = bench.history.compactMap { if case .loadDueDays(let query, _) = $0 { query } else { nil } }
        let query = try #require(asked.last)
        #expect(query.portals == [.gst] && query.assignee == .person("ravi"))
        #expect(query.dueFrom == LegalDate("2026-10-26") && query.dueTo == LegalDate("2026-12-06"))
    }

    @Test func `keys go by days, weeks and months; another month is read anew`() throws {
        var bench = try Self.open()
        bench.press(.down, .left)
        #expect(bench.shows("26-11-2026 · nothing falls due"))
        #expect(!bench.effects.contains { if case .loadDueDays = $0 { true } else { false } })
        bench.press(.pageDown)
        #expect(bench.shows("December 2026"))
        #expect(bench.effects.contains { if case .loadDueDays = $0 { true } else { false } })
        bench.press("t")
        #expect(bench.shows("November 2026") && bench.shows("20-11-2026"))
    }

    @Test func `a day opens its notices in the list, and Esc leads back`() throws {
        var bench = try Self.open(filter: "gst")
        bench.press(.enter)
        guard case .loadNotices(let query, _)? = bench.effects.first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(query.portals == [.gst] && query.dueFrom == LegalDate("2026-11-20") && query.dueTo == query.dueFrom)
        #expect(bench.shows("Calendar › 20-11-2026"))
        bench.press(.escape)
        #expect(bench.shows("November 2026"))
        bench.press(.down, .enter)
        #expect(bench.toasts == ["Nothing falls due on 27-11-2026"])
    }

    @Test func `a stream of commits makes one read of the month and one of the day at a time`() throws {
        var bench = try Self.open()
        /// Of months, and of days.
        func reads(_ effects: some Sequence<Effect>) -> [Int] {
            effects.reduce(into: [0, 0]) { count, effect in
                if case .loadDueDays = effect { count[0] += 1 }
                if case .loadNotices(let query, _) = effect, query.dueFrom != nil { count[1] += 1 }
            }
        }
        let before = bench.history.count
        for _ in 0..<5 { bench.input(.changed) }
        #expect(reads(bench.history.dropFirst(before)) == [1, 1])
        let (month, day) = (try Self.ticket(bench, isMonth: true), try Self.ticket(bench, isMonth: false))
        bench.input(.loaded(.dueDays(Sample.dueDays), month))
        #expect(reads(bench.effects) == [1, 0], "the commits in between are read once")
        bench.input(.loaded(.notices(Sample.noticePage([])), day))
        #expect(reads(bench.effects) == [0, 1])
        bench.input(.loaded(.failed(Sample.complaint), try Self.ticket(bench, isMonth: true)))
        #expect(bench.toasts == ["the workspace is locked"])
        bench.input(.changed)
        #expect(reads(bench.effects)[0] == 1, "a month that could not be read is read at the next commit")
    }

    @Test func `opened from the list of a day it shows every day`() throws {
        var bench = try Self.open(filter: "gst")
        bench.press(.enter)
        try bench.answer(.notices(Sample.noticePage()))
        bench.press("c")
        guard
            case .loadDueDays(let query, _)? = bench.effects.first(where: {
                if case .loadDueDays = $0 { true } else { false }
            })
        else {
            Issue.record("no month was asked for")
            return
        }
        #expect(query.portals == [.gst] && query.dueFrom == LegalDate("2026-10-26"))
        #expect(bench.shows("filter: gst ") && !bench.shows("filter: gst on:"))
    }

    @Test func `what is not read of a day is told under the rows, however tall the screen`() throws {
        var bench = try Self.open(size: Size(columns: 120, rows: 60))
        bench.input(.changed)
        var page = Sample.noticePage((1...30).map { Sample.notice($0, due: "2026-11-20") })
        page.total = 41
        bench.input(.loaded(.notices(page), try Self.ticket(bench, isMonth: false)))
        #expect(bench.shows("and 11 more; ⏎ shows them all"))
        bench.resize(Sample.narrow)
        #expect(bench.shows("more; ⏎ shows them all") && !bench.shows("and 11 more"))
    }

    @Test func `in the list of a day clearing the filter leads back to the day`() throws {
        var bench = try Self.open()
        bench.press(.enter)
        try bench.answer(.notices(Sample.noticePage([])))
        #expect(bench.shows("Nothing fits \"on:20-11-2026\".") && !bench.shows("Press Esc to clear"))
        for end: [Key] in [[.escape], [.enter, .escape]] {
            bench.press("/")
            bench.type(" gst")
            for key in end { bench.press(key) }
            guard case .loadNotices(let query, _)? = bench.effects.first else {
                Issue.record("clearing reads again")
                return
            }
            #expect(query.portals.isEmpty && query.dueFrom == LegalDate("2026-11-20"))
            #expect(bench.shows("filter: on:20-11-2026"))
        }
        bench.press(.escape)
        #expect(bench.shows("November 2026"))
    }

    @Test func `the calendar file holds the filtered list, whatever month is shown`() throws {
        var bench = try Self.open(filter: "gst")
        bench.press("x", .enter)
        guard case .exportNotices(let query, "/exports/due-dates.ics", false, _)? = bench.effects.first else {
            Issue.record("nothing was exported")
            return
        }
        #expect(query.portals == [.gst] && query.dueFrom == nil && query.perPage == nil)
    }
}
