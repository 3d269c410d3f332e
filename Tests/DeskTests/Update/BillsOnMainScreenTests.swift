import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// E-way bills that end soon, told where everybody looks.
@Suite("E-way bills on the main screen") struct BillsOnMainScreenTests {
    @Test func `the main screen tells how many expire, and asks again when that changes by itself`() throws {
        var summary = Sample.summary
        #expect(!Bench(summary: summary).shows("e-way bill"))
        summary.bills = Sample.watch
        var wide = Bench(size: Sample.wide, summary: summary)
        #expect(wide.shows("! 1 e-way bill expires within 8 h  Alt-w"))
        #expect(Bench(size: Sample.narrow, summary: summary).shows("! 1 EWB expires in 8 h  Alt-w"))
        wide.input(.tick)
        #expect(!wide.effects.contains(.loadSummary))
        wide.pass(3 * 3_600)
        wide.input(.tick)
        #expect(wide.effects.contains(.loadSummary))
        try wide.click("e-way bill expires")
        #expect(wide.shows("Watch list"))
        summary.actions = OperationsTests.standing
        let both = Bench(size: Sample.narrow, summary: summary)
        #expect(both.shows("GSTN actions  ! 1 for you") && both.shows("! 1 EWB expires in 8 h"))
    }
}
