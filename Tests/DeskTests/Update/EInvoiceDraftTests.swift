import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// Files that are prepared, when a person goes away and comes back.
@Suite("Drafts of e-invoices") struct EInvoiceDraftTests {
    private static func reads(_ bench: Bench) -> Bool {
        bench.effects.contains { if case .eInvoices(.survey(paths: ["/march"]), _) = $0 { true } else { false } }
    }

    private static func leading(_ bench: Bench) -> Int? {
        for case .eInvoices(.page(let query), _) in bench.history.reversed() { return query.leading }
        return nil
    }

    @Test func `files that were being read when the desk was locked are read after it`() throws {
        var bench = try EInvoicesTests.open()
        bench.press("a")
        bench.type("/march")
        bench.press(.enter, .function(12))
        #expect(bench.model.isLocked)
        let login = LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)
        bench.input(.loggedIn(login))
        #expect(Self.reads(bench))
        try bench.answer(.surveyed(Sample.survey))
        #expect(Self.leading(bench) == 3)
        // Once is enough.
        bench.input(.changed)
        #expect(!Self.reads(bench))
    }

    @Test func `a large book shows how far its check is, and Esc stops it and stays`() throws {
        var bench = try EInvoicesTests.open()
        bench.press("a")
        bench.type("/march")
        bench.press(.enter)
        var tickets: [Ticket] = []
        for case .eInvoices(.survey, let ticket) in bench.effects { tickets.append(ticket) }
        let ticket = try #require(tickets.first)
        bench.input(.loaded(.surveying(done: 12_000, total: 60_000), ticket))
        #expect(bench.shows("checking 12,000 of 60,000…"))
        bench.press(.escape)
        #expect(bench.effects.contains { if case .eInvoices(.stopSurvey, _) = $0 { true } else { false } })
        #expect(bench.shows("E-invoices") && bench.shows("The check was stopped") && !bench.shows("checking"))
        // What was on its way when it was stopped changes nothing.
        bench.input(.loaded(.surveying(done: 13_000, total: 60_000), ticket))
        #expect(!bench.shows("checking"))
        bench.press("a")
        #expect(bench.shows("Prepare e-invoices"))
    }

    @Test func `files whose invoices stand at attention are not called done`() throws {
        var bench = try EInvoicesTests.open()
        bench.press("a")
        bench.type("/march")
        bench.press(.enter)
        var survey = Sample.survey
        let states: [OperationState] = [.filed, .filed, .attention, .attention, .conflict, .attention]
        survey.drafts = states.enumerated().map { index, state in
            var draft = Sample.survey.drafts[2]
            (draft.source, draft.known) = ("/march/ge-\(index).json", state)
            return draft
        }
        try bench.answerLast(.surveyed(survey))
        try bench.answer(.eInvoices(Sample.eInvoicePage(Sample.eInvoices)))
        #expect(bench.shows("✓ 2 just registered") && !bench.shows("6 just registered"))
        #expect(bench.shows("of these files 2 registered · 4 for a person"))
    }

    @Test func `coming back leaves the selection where it is, and says nothing about files that are done`() throws {
        var bench = try EInvoicesTests.drafts()
        func comeBack(_ survey: InvoiceSurvey, _ leading: Int, selecting: Key...) {
            bench.press(.alt("x"), .alt("i"))
            var tickets: (page: Ticket?, survey: Ticket?)
            for effect in bench.effects {
                if case .eInvoices(.page, let ticket) = effect { tickets.page = ticket }
                if case .eInvoices(.survey, let ticket) = effect { tickets.survey = ticket }
            }
            guard let page = tickets.page, let read = tickets.survey else {
                Issue.record("\(bench.effects)")
                return
            }
            bench.input(.loaded(.eInvoices(Sample.eInvoicePage(Sample.eInvoices)), page))
            for key in selecting { bench.press(key) }
            bench.input(.loaded(.surveyed(survey), read))
            for case .eInvoices(.page, let ticket) in bench.effects {
                bench.input(.loaded(.eInvoices(Sample.eInvoicePage(Sample.eInvoices, leading: leading)), ticket))
            }
        }
        comeBack(Sample.survey, 3, selecting: .down, .down)
        #expect(bench.selectedRow.contains("GE-3"))
        var done = Sample.survey
        done.drafts = done.drafts.filter { $0.known != nil }
        comeBack(done, 0)
        #expect(!bench.toasts.contains("Nothing is left to send"))
    }
}
