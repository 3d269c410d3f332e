import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// Actions at authorities: where each stands, its evidence, and what a person can do.
@Suite("GSTN actions") struct OperationsTests {
    static func operation(_ number: Int, _ state: OperationState) throws -> PortalOperation {
        let isDone = state == .filed
        return PortalOperation(
            id: OperationId(at: Sample.now, random: [UInt8](repeating: UInt8(number), count: 10)),
            kind: number % 3 == 2 ? .ewaybillGenerate : .einvoiceGenerate, gstin: try Gstin(Sample.gstins[0]),
            businessKey: "key/\(number)", provider: "sandbox-irp", state: state,
            fingerprint: String(repeating: "ab", count: 32),
            reference: isDone ? String(repeating: "\(number)", count: 64) : nil,
            expectedReference: String(repeating: "\(number)", count: 64),
            title: "INV GE-\(number) · \(Sample.businesses[number])", total: Rupees("70\(number)8.50"),
            attempts: state == .queued ? 0 : 1, createdAt: Sample.now - .seconds(90), createdBy: "asha",
            updatedAt: Sample.now, nextStepAt: state == .unknown ? Sample.now + .seconds(600) : nil,
            code: state == .attention ? "2150" : nil,
            message: state == .unknown ? "the connection was closed before an answer" : "")
    }

    static func rows() throws -> [PortalOperation] {
        try [OperationState.unknown, .attention, .queued, .filed].enumerated().map { try operation($0, $1) }
    }

    @Test func `numbers of bills and documents stand whole where nothing stands beside them`() throws {
        var done = try Self.operation(2, .filed)
        done.title = "EWB 331001000002 · data entry mistake"
        var invoice = try Self.operation(3, .filed)
        invoice.title = "INV GE/2026-27/000123 · Blue Lotus Enterprises"
        let bench = try Self.open(size: Sample.narrow, [done, invoice])
        #expect(bench.shows("EWB 331001000002 · data") && bench.shows("INV GE/2026-27/000123 ·"))
        #expect(!bench.shows("Next step"))
        let waiting = try Self.open(size: Sample.narrow, [done, try Self.operation(0, .unknown)])
        #expect(waiting.shows("EWB 331001000002") && waiting.shows("Next step"))
    }

    static let standing = OperationStanding(
        queued: 1, inDoubt: 1, attention: 1, nextStepAt: Sample.now + .seconds(600))

    static func page(_ rows: [PortalOperation]) -> OperationPage {
        OperationPage(
            rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: rows.isEmpty ? 0 : 1)
    }

    static func open(size: Size = Sample.wide, _ given: [PortalOperation]? = nil) throws -> Bench {
        let rows = try given ?? rows()
        var bench = Bench(size: size)
        bench.press(.alt("x"))
        try bench.answerLast(.operations(page(rows), rows.isEmpty ? OperationStanding() : standing))
        return bench
    }

    static func evidence(size: Size = Sample.wide, answers: [Int: [UInt8]] = [:]) throws -> Bench {
        var bench = try open(size: size)
        bench.press(.enter)
        let attempt = OperationAttempt(
            number: 1, purpose: .send, provider: "sandbox-irp", call: "POST Invoice",
            beganAt: Sample.now - .seconds(80),
            deadline: Sample.now - .seconds(20), endedAt: Sample.now - .seconds(70), event: .lost, status: 502,
            message: "Bad Gateway", answerHash: String(repeating: "cd", count: 32))
        try bench.answerLast(
            .operation(
                OperationService.Evidence(
                    dossier: OperationService.Dossier(
                        operation: try rows()[0], attempts: [attempt], request: Array(#"{"Version":"1.1"}"#.utf8),
                        result: nil, answers: answers),
                    lengths: answers.mapValues(\.count), open: answers.keys.max())))
        return bench
    }

    @Test func `each action tells its state, and what is known of the selected one`() throws {
        var bench = try Self.open()
        #expect(bench.shows("! 1 for a person · ? 1 in doubt · 1 queued"))
        #expect(bench.shows("? In doubt") && bench.shows("! Attention") && bench.shows("✓ Done"))
        #expect(bench.shows("the connection was closed before an answer") && bench.shows("will be 0000"))
        bench.press(.down)
        #expect(bench.shows("2150: It does not go on by itself."))
        #expect(try Self.open([]).shows("No action was asked for yet."))
    }

    @Test func `one that cannot be read is named below the others, and counted`() throws {
        var bench = Bench(size: Sample.wide)
        bench.press(.alt("x"))
        let rows = try Self.rows()
        let damaged = DamagedOperation(id: "0199d1c2-damaged", what: "its state cannot be read: fiied")
        let page = OperationPage(
            rows: rows, page: 1, pageCount: 1, total: rows.count + 1, firstSerial: 1, damaged: [damaged])
        try bench.answerLast(.operations(page, OperationStanding(queued: 1, damaged: 1)))
        #expect(bench.shows("! damaged: 0199d1c2-damaged (its state cannot be read: fiied)"))
        #expect(bench.shows("! 1 damaged · 1 queued") && bench.shows("Total 5 items") && bench.shows("? In doubt"))
    }

    @Test func `one key asks the portal, and what is finished is not asked for`() throws {
        var bench = try Self.open()
        let id = try Self.rows()[0].id
        bench.press("R")
        #expect(bench.effects.contains { if case .operations(.reconcile(id), _) = $0 { true } else { false } })
        bench.press(.down, .down, .down, "R")
        #expect(bench.toasts.last == "It is done: nothing is open")
    }

    @Test func `what may be at the portal is not given up, and what is not there is, after a question`() throws {
        var bench = try Self.open()
        bench.press("x")
        #expect(bench.toasts.last == "It is in doubt: it may be at the portal")
        bench.press(.down, .down, "x")
        #expect(bench.shows("Give it up?"))
        bench.press(.enter)
        #expect(!bench.effects.contains { if case .operations(.discard, _) = $0 { true } else { false } })
        bench.press("x", .left, .enter)
        let id = try Self.rows()[2].id
        #expect(bench.effects.contains { if case .operations(.discard(id), _) = $0 { true } else { false } })
    }

    @Test func `a person says what stands at the portal, and sending again is asked twice`() throws {
        var bench = try Self.open()
        bench.press("n")
        #expect(bench.toasts.last == "It goes on by itself; a person is asked once the portal cannot tell")
        bench.press(.down, "n")
        bench.type("112610100000001")
        bench.press(.enter)
        let id = try Self.rows()[1].id
        #expect(
            bench.effects.contains {
                if case .operations(.settle(id, .found("112610100000001"), _), _) = $0 { true } else { false }
            })
        bench.press("n", .enter)
        #expect(bench.shows("Send it again?"))
        bench.press(.left, .enter)
        #expect(
            bench.effects.contains { if case .operations(.settle(id, .sendAgain, _), _) = $0 { true } else { false } })
    }

    @Test func `what waits for a person is given up with a reason, a conflict too`() throws {
        for state in [OperationState.attention, .conflict] {
            var bench = try Self.open([try Self.operation(0, state)])
            bench.press("x")
            #expect(bench.shows("Why, for the record"))
            bench.type("the buyer wants no invoice")
            bench.press(.enter)
            let id = try Self.rows()[0].id
            #expect(
                bench.effects.contains {
                    if case .operations(.settle(id, .giveUp, "the buyer wants no invoice"), _) = $0 {
                        true
                    } else {
                        false
                    }
                }, "\(state)")
        }
    }

    @Test func `a conflict is sent again with a reason alone`() throws {
        var bench = try Self.open([try Self.operation(0, .conflict)])
        bench.press("n", .enter)
        #expect(bench.shows("the portal was seen to hold something else"))
        bench.type("the other one was cancelled")
        bench.press(.enter)
        #expect(
            bench.effects.contains {
                if case .operations(.settle(_, .sendAgain, "the other one was cancelled"), _) = $0 {
                    true
                } else {
                    false
                }
            })
    }

    @Test func `the evidence holds every exchange, and what was asked`() throws {
        var bench = try Self.evidence()
        #expect(bench.shows("Request 1 · POST Invoice · sandbox-irp") && bench.shows("no usable answer: in doubt"))
        #expect(bench.shows("HTTP 502") && bench.shows("SHA-256 cdcd") && bench.shows(#""Version": "1.1""#))
        bench.press(.escape)
        #expect(bench.shows("GSTN actions"))
    }

    @Test func `the evidence holds what came to each attempt`() throws {
        let bench = try Self.evidence(answers: [1: Array(#"{"Status":"0","Data":{"AckNo":"1124"}}"#.utf8)])
        #expect(bench.shows("What came to attempt 1") && bench.shows(#""AckNo": "1124""#))
    }

    @Test func `of several answers the last one is shown, and keys lead to the others`() throws {
        var bench = try Self.open()
        bench.press(.enter)
        let attempts = (1...3).map { number in
            OperationAttempt(
                number: number, purpose: .look, provider: "sandbox-irp", call: "GET Invoice",
                beganAt: Sample.now - .seconds(80), deadline: Sample.now - .seconds(20))
        }
        let operation = try Self.rows()[0]
        func evidence(_ open: Int) -> Loaded {
            .operation(
                OperationService.Evidence(
                    dossier: OperationService.Dossier(
                        operation: operation, attempts: attempts, request: [],
                        answers: [open: Array("answer \(open)".utf8)]),
                    lengths: [1: 8, 3: 150_000], open: open))
        }
        func asked(_ attempt: Int?) -> Bool {
            bench.effects.contains {
                if case .operations(.evidence(operation.id, attempt: attempt, unless: _), _) = $0 {
                    true
                } else {
                    false
                }
            }
        }
        #expect(asked(nil))
        try bench.answerLast(evidence(3))
        #expect(bench.shows("1,50,000 bytes, below") && bench.shows("8 bytes, [ ] lead there"))
        #expect(bench.shows("[ answer before"))
        bench.press("]")
        #expect(bench.toasts.last == "This is the last answer")
        bench.press("[")
        #expect(asked(1))
        try bench.answerLast(evidence(1))
        #expect(bench.shows("What came to attempt 1") && bench.shows("answer 1") && !bench.shows("attempt 3"))
        // A commit asks only whether it has changed, and for the same answer.
        bench.input(.changed)
        #expect(
            bench.effects.contains {
                if case .operations(.evidence(operation.id, attempt: 1, unless: let mark?), _) = $0 {
                    mark
                        == OperationService.Evidence(
                            dossier: OperationService.Dossier(operation: operation, attempts: attempts, request: []),
                            open: 1
                        ).mark
                } else {
                    false
                }
            })
    }

    @Test func `the filter stays for whoever goes to another module and comes back, and Esc clears it`() throws {
        var bench = try Self.open()
        bench.press("/")
        bench.type("doubt")
        bench.press(.enter)
        try bench.answerLast(.operations(Self.page([]), Self.standing))
        bench.press(.alt("i"), .alt("x"))
        guard
            case .operations(.page(let query), _)? = bench.effects.first(where: {
                if case .operations(.page, _) = $0 { true } else { false }
            })
        else {
            Issue.record("\(bench.effects)")
            return
        }
        #expect(query.states == [.unknown, .reconciling] && bench.shows("doubt"))
        bench.press(.escape, .escape, .alt("x"))
        guard case .operations(.page(let anew), _)? = bench.effects.last else {
            Issue.record("\(bench.effects)")
            return
        }
        #expect(anew.states.isEmpty && anew.order == .openFirst)
    }

    @Test func `the filter knows states and kinds by their words`() {
        let query = OperationFilter.query("in doubt attention e-invoice Blue Lotus", page: 1, perPage: 20)
        #expect(query.states == [.unknown, .reconciling, .conflict, .attention])
        #expect(query.kinds == [.einvoiceGenerate, .einvoiceCancel] && query.text == "Blue Lotus")
        #expect(
            OperationFilter.query("", page: 1, perPage: 20) == OperationQuery(order: .openFirst, page: 1, perPage: 20))
    }

    @Test func `what an action does has its column at 80 columns too`() throws {
        let bench = try Self.open(size: Sample.narrow)
        let heading = try #require(bench.canvas.textRows.first { $0.contains("State") })
        #expect(heading.contains("Action") && heading.contains("Document") && heading.contains("Next step"))
        #expect(bench.shows("Register ") && bench.shows("Make EWB"))
        #expect(OperationKind.allCases.allSatisfy { $0.shortTitle.count <= OperationKind.longestShort })
        #expect(Set(OperationKind.allCases.map(\.shortTitle)).count == OperationKind.allCases.count)
    }

    @Test func `what waits for an outage says what happened, since when, when it goes on, and that nobody is needed`()
        throws
    {
        var operation = try Self.operation(0, .notSent)
        (operation.message, operation.nextStepAt) = ("the provider answered 503", Sample.now + .seconds(45))
        for size in [Sample.narrow, Sample.wide] {
            var bench = try Self.open(size: size, [operation])
            #expect(bench.shows("the provider answered 503"))
            #expect(
                bench.shows("waits since 18:40 · next try 18:42 by itself, nothing needs to be done"),
                "\(bench.screen)")
            bench.press(.enter)
            try bench.answerLast(
                .operation(
                    OperationService.Evidence(
                        dossier: OperationService.Dossier(
                            operation: operation, attempts: [], request: [], result: nil))))
            #expect(bench.shows("the provider answered 503") && bench.shows("nothing needs to be done"))
        }
        let waiting = try Self.operation(0, .attention)
        #expect(!(try Self.open([waiting])).shows("by itself, nothing needs to be done"))
    }

    @Test func `the main screen tells what stands open, and only then`() throws {
        var summary = Sample.summary
        #expect(!Bench(summary: summary).shows("GSTN actions"))
        summary.actions = Self.standing
        let wide = Bench(size: Sample.wide, summary: summary)
        #expect(wide.shows("GSTN actions  ! 1 for a person · ? 1 in doubt · 1 queued · next 18:52  Alt-x"))
        let narrow = Bench(size: Sample.narrow, summary: summary)
        #expect(narrow.shows("GSTN actions  ! 1 for you · ? 1 doubt · 1 queued  Alt-x"))
    }
}
