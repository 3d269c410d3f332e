import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// What is done with marked rows is done with all of them, after a question that counts them, and with none that nobody
/// sees.
@Suite("Marked rows") struct MarkedActionsTests {
    private static func several(_ bench: Bench) -> (choice: OperationChoice, ids: [OperationId], reason: String)? {
        for case .operations(.several(let choice, let ids, let reason), _) in bench.history {
            return (choice, ids, reason)
        }
        return nil
    }

    /// Six that wait for a person, and one that is done.
    private static func stopped() throws -> [PortalOperation] {
        try (1...6).map { try OperationsTests.operation($0, .attention) } + [try OperationsTests.operation(7, .filed)]
    }

    @Test func `the portal is asked about all marked actions after a question whose answer is No`() throws {
        let rows = try Self.stopped()
        var bench = try OperationsTests.open(rows)
        bench.press("A", "R")
        #expect(bench.shows("Ask the portal about 6 actions now?") && bench.shows("1 more is marked and stays"))
        bench.press(.enter)
        #expect(Self.several(bench) == nil, "No is the answer that stands")
        bench.press("R", "y")
        let asked = try #require(Self.several(bench))
        #expect(asked.choice == .hurry && asked.ids == rows.prefix(6).map(\.id))
        try bench.answerLast(.done("6 actions are asked for now"))
        #expect(!bench.shows("marked"))
    }

    @Test func `marked actions are given up with one reason, and sent again with one`() throws {
        let rows = try Self.stopped()
        for (key, title, choice) in [
            (Key.character("x"), "Give 6 actions up?", OperationChoice.giveUp),
            ("n", "Send 6 actions again?", .sendAgain),
        ] {
            var bench = try OperationsTests.open(rows)
            bench.press("A", key)
            #expect(bench.shows("Why, for the record"))
            bench.press(.enter)
            #expect(bench.shows("a reason is needed"))
            bench.type("looked at the portal")
            bench.press(.enter)
            #expect(bench.shows(title) && Self.several(bench) == nil)
            bench.press("y")
            let asked = try #require(Self.several(bench))
            #expect(asked.choice == choice && asked.ids.count == 6 && asked.reason == "looked at the portal")
        }
    }

    @Test func `one marked action is meant, not the selected one`() throws {
        let rows = try Self.stopped()
        var bench = try OperationsTests.open(rows)
        bench.press(.space, .down, "R")
        let first = rows[0].id
        #expect(bench.effects.contains { if case .operations(.reconcile(first), _) = $0 { true } else { false } })
    }

    @Test func `settling is offered where a person is asked, and nowhere else`() throws {
        var bench = try OperationsTests.open()
        #expect(!bench.shows("n settle"), "in doubt")
        bench.press(.down)
        #expect(bench.shows("n settle"), "with a person")
        bench.press(.down, .down)
        #expect(!bench.shows("n settle"), "done")
        bench.press("n")
        #expect(bench.toasts.last == "It is done: nothing is open")
    }

    @Test func `an action that was stopped for its API user names the cure`() throws {
        var operation = try OperationsTests.operation(1, .attention)
        (operation.stoppedBy, operation.message) = (.wrongPassword, "1008: the password is wrong")
        let bench = try OperationsTests.open([operation])
        #expect(bench.shows("Alt-u sets its API user right; then it goes on by itself"))
    }

    @Test func `marked invoices are looked up together`() throws {
        var bench = try EInvoicesTests.open()
        bench.press("A", "R")
        #expect(bench.shows("Ask the portal about 2 actions now?"))
        bench.press("y")
        #expect(Self.several(bench)?.ids.count == 2)
    }

    @Test(arguments: [false, true])
    func `after a No the marks stay, whatever else is done then`(areBills: Bool) throws {
        var bench = try areBills ? EWayBillsTests.open() : EInvoicesTests.open()
        bench.press("A", "R")
        #expect(bench.shows("Ask the portal about"))
        bench.press(.enter)
        try bench.answerLast(.done("Written to /exports/invoice.json"))
        #expect(bench.shows("marked"), "\(bench.screen)")
        bench.press("R", "y")
        #expect(Self.several(bench) != nil)
        try bench.answerLast(.done("They are asked for now"))
        #expect(!bench.shows("marked"), "\(bench.screen)")
    }

    @Test func `a mark goes with its row when the filter takes that away`() throws {
        var bench = try OperationsTests.open()
        bench.press("A")
        #expect(bench.shows("4 marked"))
        bench.press("/")
        bench.type("attention")
        bench.press(.enter)
        let left = try OperationsTests.rows().filter { $0.state == .attention }
        try bench.answer(.operations(OperationsTests.page(left), OperationsTests.standing))
        #expect(bench.shows("1 marked"), "\(bench.screen)")
    }

    @Test func `a mark goes with a row that leaves the list by what was done to it`() throws {
        var bench = try Bench.notices()
        let rows = Sample.notices
        bench.press(.space, .space)
        #expect(bench.shows("2 marked"))
        bench.input(.changed)
        try bench.answer(.notices(Sample.noticePage(Array(rows.dropFirst(2)))))
        #expect(!bench.shows("marked"))
    }

    @Test func `a mark stays while other pages are looked at`() throws {
        var bench = Bench(page: Sample.page(Sample.fullPage()))
        bench.press(.space, .right)
        try bench.answer(.activity(Sample.page(Sample.fullPage(from: 70), page: 2)))
        #expect(bench.shows("1 marked"))
        bench.press(.left)
        try bench.answer(.activity(Sample.page(Sample.fullPage())))
        #expect(bench.shows("1 marked"))
    }

    @Test func `the marks of consolidated bills go when their bill is asked for`() throws {
        var bench = try TripTests.marked()
        bench.press("c", .backtab, .backtab, .enter)
        bench.type("up32 cd 5678")
        bench.press(.tab)
        bench.type("Kanpur")
        bench.press(.tab, .tab, .enter)
        try bench.answerLast(
            .planned(
                ActionPlan(
                    kind: .ewaybillConsolidate, gstins: [Sample.gstin(0)], documents: ["2 bills"], calls: 1,
                    provider: ActionProvider(name: "sandbox-ewb", isSimulated: true))))
        bench.press("y")
        try bench.answerLast(.done("The consolidated bill is queued"))
        #expect(!bench.shows("marked") && bench.shows("E-way bills"))
    }
}
