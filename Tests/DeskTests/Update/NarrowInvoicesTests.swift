import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// What E-invoices say where room is short.
@Suite("E-invoices at 80 columns") struct NarrowInvoicesTests {
    @Test func `the heading at 80 columns says something whole, whatever stands open`() throws {
        var bench = try EInvoicesTests.drafts(size: Sample.narrow)
        func heading() -> String { bench.canvas.textRows[1].trimmed }
        #expect(heading().contains("drafts") && !heading().hasSuffix("filter: none"), "\(heading())")
        var page = Sample.eInvoicePage(Sample.eInvoices, leading: 3)
        page.standing = OperationStanding(queued: 1_200, inDoubt: 33, retrying: 410, attention: 25)
        bench.input(.changed)
        try bench.answer(.eInvoices(page))
        #expect(heading().hasSuffix("…") || heading().hasSuffix("done"), "\(heading())")
        var empty = Sample.survey
        empty.drafts = empty.drafts.filter { $0.known != nil }
        var registered = try EInvoicesTests.open(size: Sample.narrow, [])
        registered.press("a")
        registered.type("/march")
        registered.press(.enter)
        try registered.answerLast(.surveyed(empty))
        #expect(registered.canvas.textRows[1].contains("✓ 1 just registered"), "\(registered.canvas.textRows[1])")
    }

    @Test func `that it is a simulation is never cut, however long the names are`() throws {
        var survey = Sample.survey
        survey.drafts[0].source = "/home/asha/clients/prime-traders/2026-27/november/sales/invoices/ge-0000001.json"
        survey.providers[0].name = "sandbox-of-the-registration-portal-for-training"
        var bench = try EInvoicesTests.open(size: Sample.narrow)
        bench.press("a")
        bench.type("/march")
        bench.press(.enter)
        try bench.answerLast(.surveyed(survey))
        try bench.answer(.eInvoices(Sample.eInvoicePage(leading: 3)))
        for _ in 1...3 where !bench.shows("IRN will be 1a2b") { bench.press(.down) }
        let line = try #require(bench.canvas.textRows.first { $0.contains("sends through") })
        #expect(line.contains("SANDBOX") && line.contains("1.json") && line.contains("(o another)"), "\(line)")
    }

    @Test func `the name of a draft's file stays, however long its path is`() throws {
        var bench = try EInvoicesTests.drafts(size: Sample.narrow)
        var draft = Sample.survey.drafts[1]
        draft.source = "/home/asha/clients/blue-lotus-exports/2026-27/november/sales/invoices/of-the-week/ge-2.json"
        bench.model.stack.append(.init(id: 99, screen: DraftScreen(draft: draft)))
        let screen = DraftScreen(draft: draft)
        let head = screen.head(draft, bench.model.context(layer: 99))
        #expect(head[2].text.hasSuffix("ge-2.json") && head[2].width <= 78)
    }
}
