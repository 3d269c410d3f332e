import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// Questions that have more to say than there is room for, prompts that need an answer, and forms that are left.
@Suite("What the desk asks") struct AskingTests {
    static func offered(_ count: Int, size: Size) throws -> Bench {
        var bench = try EWayBillsTests.open(size: size)
        bench.press("a")
        bench.type("/books/dc-7.json")
        bench.press(.enter)
        let findings = (1...count).map { number in
            Finding(.warning, at: "itemList[\(number)].hsnCode", rule: "hsn", "is unusual for goods of kind \(number)")
        }
        let draft = InvoiceSurvey.Draft(
            source: "/books/dc-7.json", title: "CHL DC-7", findings: findings, fingerprint: "f7")
        try bench.answerLast(.surveyedBill(EWayBillService.Survey(draft: draft, plan: EWayBillsTests.plan)))
        return bench
    }

    @Test(arguments: [Sample.narrow, Sample.wide])
    func `every warning of a bill can be read before the yes, and the question stays whole`(size: Size) throws {
        var bench = try Self.offered(40, size: size)
        #expect(bench.shows("itemList[1].hsnCode") && !bench.shows("itemList[40].hsnCode"))
        #expect(bench.shows("of 40 · ↑ ↓ for the others"))
        for text in ["Calls", "SANDBOX: a simulation", "Make it", "No", "It can be cancelled for 24 hours"] {
            #expect(bench.shows(text), "\(text)")
        }
        for _ in 1...10 { bench.press(.pageDown) }
        #expect(bench.shows("itemList[40].hsnCode") && bench.shows("to 40 of 40"))
        bench.press(.up)
        #expect(bench.shows("to 39 of 40"), "the last place is not run over")
        bench.press(.enter)
        #expect(!bench.history.contains { if case .eWayBills(.makeFrom, _) = $0 { true } else { false } })
    }

    @Test func `warnings that have room stand there whole`() throws {
        let bench = try Self.offered(4, size: Sample.narrow)
        #expect(bench.shows("itemList[4].hsnCode") && !bench.shows("for the others"))
    }

    @Test func `a reason that is needed is asked for until there is one`() throws {
        var bench = try OperationsTests.open([try OperationsTests.operation(0, .attention)])
        bench.press("x", .enter)
        #expect(bench.shows("✗ a reason is needed: it stays with the action") && bench.shows("Give it up?"))
        bench.type("  ")
        bench.press(.enter)
        #expect(bench.shows("✗ a reason is needed"))
        bench.type("made twice")
        #expect(!bench.shows("✗ a reason is needed"))
        bench.press(.enter)
        #expect(!bench.shows("Give it up?"))
        #expect(
            bench.effects.contains {
                if case .operations(.settle(_, .giveUp, let why), _) = $0 { why.contains("made twice") } else { false }
            })
    }

    @Test func `a note and a file are asked for until they are named`() throws {
        var notices = try Bench.notices()
        notices.press("n", .enter)
        #expect(notices.shows("✗ write the note") && notices.shows("Note about"))
        notices.press(.escape, "x", .control("u"), .enter)
        #expect(notices.shows("✗ name the file") && notices.shows("Export"))
        #expect(!notices.history.contains { if case .exportNotices = $0 { true } else { false } })
    }

    @Test func `a click on the breadcrumb asks before it drops what was typed`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab)
        bench.type("half a pass")
        try bench.click("PortalDesk")
        #expect(bench.shows("Discard what you typed?"))
        bench.press("n")
        #expect(bench.shows("•••••••••••") && bench.shows("Submit"))
        try bench.click("PortalDesk")
        bench.press("y")
        #expect(!bench.shows("Submit") && bench.shows("Recent Sync Activity"))
        var untouched = try Bench.editLogin()
        try untouched.click("PortalDesk")
        #expect(!untouched.shows("Discard what you typed?") && untouched.shows("Recent Sync Activity"))
    }

    @Test func `help from within a field lists what works there, and nothing else`() {
        var bench = Bench()
        bench.press("/", .function(1))
        for text in ["while you type", "In the field", "Keep the filter", "Ctrl-W", "F5"] {
            #expect(bench.shows(text), "\(text)")
        }
        for text in ["Error log of a failed job", "Fetch every configured account", "Sort by the next column"] {
            #expect(!bench.shows(text), "\(text)")
        }
        bench.press(.escape, .escape, .function(1))
        #expect(bench.shows("Error log of a failed job") && !bench.shows("In the field"))
    }

    @Test func `a note that has no room loses its last parts, never a digit`() {
        let parts = [Line("! 12 for you"), Line("? 3 doubt"), .empty, Line("140 queued")]
        #expect(Line.fitting([parts], in: 40).text == "! 12 for you · ? 3 doubt · 140 queued")
        #expect(Line.fitting([parts], in: 30).text == "! 12 for you · ? 3 doubt · …")
        #expect(Line.fitting([parts], in: 20).text == "! 12 for you · …")
        #expect(Line.fitting([], in: 20).isEmpty)
    }
}
