import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// E-way bills with how long they hold, the watch list, and the one key that extends.
@Suite("E-way bills of the desk") struct EWayBillsTests {
    static func open(size: Size = Sample.wide, _ rows: [StandingBill] = Sample.bills) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.alt("w"))
        try bench.answer(.eWayBills(Sample.billPage(rows)))
        return bench
    }

    /// The second bill selected, which ends in three hours.
    static func expiring(size: Size = Sample.wide) throws -> Bench {
        var bench = try open(size: size)
        bench.press(.down)
        return bench
    }

    static func extending(size: Size = Sample.wide) throws -> Bench {
        var bench = try expiring(size: size)
        bench.press("e")
        return bench
    }

    static let plan = ActionPlan(
        kind: .ewaybillExtend, gstins: [Sample.gstin(0)], documents: ["INV GE-2 · Blue Lotus Exports"],
        total: Rupees("7208.00"), calls: 1, provider: ActionProvider(name: "sandbox-ewb", isSimulated: true),
        reference: Sample.billNumber(2))

    private static func sent(_ bench: Bench) -> EWayBillChange? {
        for case .eWayBills(.change(let change), _) in bench.history { return change }
        return nil
    }

    @Test func `each bill tells in words, glyph and bar how long it holds`() throws {
        let bench = try Self.open()
        for text in [
            "! Expires soon 3 h", "✓ Valid 2 d", "✗ Expired", "– Cancelled", "? In doubt", "○ No vehicle", "· Queued",
            "█░░░░░░░", "███████░", "! 1 e-way bill expires within 8 h · next today 21:42",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        #expect(try Self.open([]).shows("No e-way bill was made yet."))
    }

    @Test func `a bill that the other party rejected says so, and shows no end`() throws {
        var rejected = Sample.bill(6, made: -6, ends: 53)
        rejected.isRejected = true
        let bench = try Self.open(size: Sample.wide, [rejected])
        #expect(bench.shows("✗ Rejected") && bench.shows("The other party rejected it"))
        #expect(!bench.shows("can be extended") && !bench.shows("valid until"), "\(bench.screen)")
        #expect(!bench.shows(TimeText.date(LegalDate.inIndia(try #require(rejected.validUntil)))), "\(bench.screen)")
    }

    @Test func `the bar shrinks as time passes, and something left is never drawn as nothing`() throws {
        var bench = try Self.open(size: Sample.wide, [Sample.bill(1, made: 0, ends: 100)])
        #expect(bench.shows("████████"))
        bench.pass(50 * 3_600)
        bench.input(.tick)
        #expect(bench.shows("████░░░░") && bench.shows("✓ Valid 2 d"))
        bench.pass(49 * 3_600)
        bench.input(.tick)
        #expect(bench.shows("█░░░░░░░") && bench.shows("! Expires soon 1 h"))
        bench.pass(3_600)
        bench.input(.tick)
        #expect(bench.shows("░░░░░░░░") && bench.shows("✗ Expired"))
    }

    @Test func `the list is read again when a minute has passed, not with every second`() throws {
        var bench = try Self.open()
        func asks() -> Bool {
            bench.effects.contains { if case .eWayBills(.page, _) = $0 { true } else { false } }
        }
        bench.input(.tick)
        #expect(asks())
        try bench.answer(.eWayBills(Sample.billPage()))
        bench.pass(1)
        bench.input(.tick)
        #expect(!asks())
        bench.pass(60)
        bench.input(.tick)
        #expect(asks())
    }

    @Test func `the watch list asks for what ends soon or can still be extended, by its end`() throws {
        var bench = try Self.open()
        bench.press("w")
        guard case .eWayBills(.page(let query), _)? = bench.effects.last else {
            Issue.record("\(bench.effects)")
            return
        }
        #expect(query.standings.isEmpty && query.order == .end)
        #expect(query.endsAfter == Sample.now - .seconds(8 * 3_600))
        #expect(bench.shows("Watch list"))
        try bench.answer(.eWayBills(Sample.billPage([])))
        #expect(bench.shows("Press w for all bills"))
    }

    @Test func `a registered invoice gets its bill by a form, and only after a yes`() throws {
        var bench = try EInvoicesTests.open()
        bench.press("b")
        #expect(bench.toasts.last == "Only a registered invoice has its e-way bill by IRN")
        bench.press(.down, .down, "b")
        #expect(bench.shows("E-way bill · INV GE-3"))
        bench.press(.backtab, .backtab, .enter)
        #expect(bench.shows("0 to 4000 kilometres") && bench.shows("the number plate is needed"))
        bench.type("450")
        bench.press(.tab, .tab, .tab)
        bench.type("up32 ab 1234")
        bench.press(.tab, .enter)
        guard case .eWayBills(.planNew(let request), _)? = bench.effects.last else {
            Issue.record("\(bench.effects)\n\(bench.screen)")
            return
        }
        #expect(request.irn == Sample.eInvoices[2].irn && request.transport.distance == 450)
        #expect(request.transport.vehicleNumber == "UP32AB1234" && request.transport.vehicleType == "R")
        try bench.answerLast(.planned(Self.plan))
        #expect(bench.shows("Make this e-way bill?") && bench.shows("450 km, by road, UP32AB1234"))
        bench.press(.enter)
        #expect(!bench.history.contains { if case .eWayBills(.make, _) = $0 { true } else { false } })
        bench.press(.enter)
        try bench.answerLast(.planned(Self.plan))
        bench.press("y")
        #expect(bench.effects.contains { if case .eWayBills(.make(request), _) = $0 { true } else { false } })
    }

    private static func chosen(_ survey: EWayBillService.Survey) throws -> Bench {
        var bench = try open()
        bench.press("a")
        bench.type("/books/dc-7.json")
        bench.press(.enter)
        #expect(
            bench.effects.contains {
                if case .eWayBills(.survey(file: "/books/dc-7.json"), _) = $0 { true } else { false }
            })
        try bench.answerLast(.surveyedBill(survey))
        return bench
    }

    @Test func `a bill is made from a file, after a yes that shows what would be sent`() throws {
        let draft = InvoiceSurvey.Draft(
            source: "/books/dc-7.json", title: "CHL DC-7",
            findings: [
                Finding(.warning, at: "fromPincode", rule: "pin.state", "is not usual for state 09")
            ], fingerprint: "f7")
        var plan = Self.plan
        (plan.kind, plan.documents, plan.reference) = (.ewaybillGenerate, ["CHL DC-7 · Bela Stores"], nil)
        var bench = try Self.chosen(EWayBillService.Survey(draft: draft, plan: plan))
        for text in [
            "Make this e-way bill?", "CHL DC-7 · Bela Stores", "₹7,208.00", "1 to the E-Way Bill System", "sandbox-ewb",
            "fromPincode: is not usual for state 09",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        func makes() -> Bool {
            bench.history.contains {
                if case .eWayBills(.makeFrom(file: "/books/dc-7.json", confirmed: "f7"), _) = $0 { true } else { false }
            }
        }
        bench.press(.enter)
        #expect(!makes())
        bench = try Self.chosen(EWayBillService.Survey(draft: draft, plan: plan))
        bench.press("y")
        #expect(makes())
    }

    @Test func `a file that the system would refuse is shown with every field, and nothing is asked`() throws {
        let draft = InvoiceSurvey.Draft(
            source: "/books/dc-7.json", title: "CHL DC-7",
            findings: [
                Finding(.error, at: "totInvValue", rule: "total", code: "204", "is 99, its parts make 118"),
                Finding(.error, at: "vehicleNo", rule: "plate", "is no number plate", remedy: "Write UP32AB1234"),
            ])
        let bench = try Self.chosen(EWayBillService.Survey(draft: draft))
        #expect(bench.toasts.last == "The bill is not made")
        for text in ["✗ totInvValue · 204", "✗ vehicleNo", "→ Write UP32AB1234", "2 mistakes"] {
            #expect(bench.shows(text), "\(text)")
        }
    }

    @Test func `a change that was refused is told with what the system said`() throws {
        var bench = try Self.expiring()
        var change = Sample.registration(2, .rejected)
        (change.kind, change.code, change.message) = (.ewaybillExtend, "390", "390 the distance is too far")
        let bill = Sample.bills[1]
        try bench.answerLast(
            .eWayBill(
                KeptBill(
                    number: Sample.billNumber(2), gstin: Sample.gstin(0), made: bill.operation, madeAt: bill.madeAt,
                    validUntil: bill.validUntil, changes: [change])))
        #expect(bench.shows("✗ Rejected Extend e-way bill: 390 the distance is too far"))
    }

    @Test func `a cancelled bill tells no end that it has not any more`() throws {
        let bench = try Self.open(size: Sample.wide, [Sample.bill(8, made: -3, ends: 40, isCancelled: true)])
        #expect(bench.shows("It was taken back.") && !bench.shows("valid until") && !bench.shows("22-11-2026"))
    }

    @Test func `the question before a bill of a file says when its validity begins`() throws {
        for (entersVehicle, words) in [(true, "begins as soon"), (false, "begins when a")] {
            var bench = try Self.open()
            bench.press("a")
            bench.type("/bill.json")
            bench.press(.enter)
            var draft = Sample.survey.drafts[0]
            draft.fingerprint = "f"
            var survey = EWayBillService.Survey(draft: draft, plan: Self.plan)
            survey.entersVehicle = entersVehicle
            try bench.answerLast(.surveyedBill(survey))
            #expect(bench.shows(words), "\(bench.screen)")
        }
    }

    @Test func `a bill that goes on with others says in which consolidated bill`() throws {
        var bench = try Self.expiring()
        let bill = Sample.bills[1]
        var kept = KeptBill(
            number: Sample.billNumber(2), gstin: Sample.gstin(0), made: bill.operation, madeAt: bill.madeAt,
            validUntil: bill.validUntil)
        kept.consolidated = "3310000012"
        try bench.answerLast(.eWayBill(kept))
        #expect(bench.shows("goes on in consolidated bill 3310000012") && !bench.shows("nothing was changed"))
    }

    @Test func `the system is asked about the selected bill by one key, and about others by their number`() throws {
        var bench = try Self.expiring()
        bench.press("g")
        func asked(_ number: String, _ asker: Gstin?) -> Bool {
            bench.effects.contains { if case .eWayBills(.ask(number, asker: asker), _) = $0 { true } else { false } }
        }
        #expect(asked(Sample.billNumber(2), nil))
        bench.press(":")
        bench.type("by its number")
        bench.press(.enter)
        bench.type("331009999999 \(Sample.gstins[1])")
        bench.press(.enter)
        #expect(asked("331009999999", Sample.gstin(1)))
        bench.press(.up, "g")
        #expect(bench.toasts.last == "It has no number yet")
    }

    @Test func `a bill to fill in is written for the selected client, and replaces nothing unasked`() throws {
        var bench = try Self.expiring()
        bench.press("T", .enter)
        let file = "/exports/e-way-bill.json"
        func writes(replacing: Bool) -> Bool {
            bench.effects.contains {
                if case .eWayBills(.template(Sample.gstin(0), file: file, replaces: replacing), _) = $0 {
                    true
                } else {
                    false
                }
            }
        }
        #expect(writes(replacing: false), "\(bench.effects)")
        try bench.answerLast(.fileExists(file))
        #expect(bench.shows("Replace the file?"))
        bench.press("y")
        #expect(writes(replacing: true))
    }

    @Test func `the filter knows standings, a client and the rest`() throws {
        let query = EWayBillFilter.query(
            "expires soon in doubt \(Sample.gstins[1]) UP32", isWatching: false, now: Sample.now, page: 1, perPage: 20)
        #expect(query.standings == [.expiring, .inDoubt] && query.gstin == Sample.gstin(1) && query.text == "UP32")
        let watched = EWayBillFilter.query("expired", isWatching: true, now: Sample.now, page: 1, perPage: 20)
        #expect(watched.standings == [.expired] && watched.order == .end && watched.endsAfter != nil)
    }

    @Test func `a bill is extended from eight hours before its end to eight hours after, else the reason is said`()
        throws
    {
        var bench = try Self.open()
        for (steps, reason) in [
            (0, "It is not made yet"), (2, "A change of it is under way"),
            (1, "The system takes it from 8 hours before its end"), (2, "8 hours since its end are over"),
            (1, "No end of it is known: enter the vehicle, or ask how it stands"), (1, "It is cancelled"),
        ] {
            for _ in 0..<steps { bench.press(.down) }
            bench.press("e")
            #expect(bench.toasts.last == reason)
        }
        // Ended two hours ago.
        bench.press("k", "k", "k", "e")
        #expect(bench.shows("Extend e-way bill · \(Sample.billNumber(5))"))
    }

    @Test func `what is missing in an extension is told at its field, and nothing is asked`() throws {
        var bench = try Self.extending()
        bench.press(.backtab, .backtab, .enter)
        for text in [
            "the system wants to know why", "where the goods are is needed", "a PIN has six digits",
            "1 to 420 km: the whole way is no longer",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        #expect(Self.sent(bench) == nil)
    }

    @Test func `an extension leaves only after a yes that shows all of it`() throws {
        var bench = try Self.extending()
        #expect(bench.shows("Uttar Pradesh (09)") && bench.shows("UP32AB1232"))
        bench.press(.right, .tab)
        bench.type("road closed")
        bench.press(.tab)
        bench.type("Kanpur")
        bench.press(.tab, .tab)
        bench.type("208001")
        bench.press(.tab)
        bench.type("150")
        #expect(bench.shows("150 km give 1 day"))
        bench.press(.tab, .tab, .enter)
        guard case .eWayBills(.plan(.extend(let request)), _)? = bench.effects.last else {
            Issue.record("\(bench.effects)\n\(bench.screen)")
            return
        }
        #expect(request.number == Int(Sample.billNumber(2)) && request.reason == "2" && request.remark == "road closed")
        #expect(request.fromPlace == "Kanpur" && request.fromState == 9 && request.fromPin == 208_001)
        #expect(request.transport.distance == 150 && request.transport.vehicleNumber == "UP32AB1232")
        #expect(request.consignmentStatus == "M" && request.transport.mode == "1")
        try bench.answerLast(.planned(Self.plan))
        for text in [
            "Extend e-way bill?", "Bill", Sample.billNumber(2), "Law and order: road closed",
            "150 km, by road, UP32AB1232",
            "1 to the E-Way Bill System", "SANDBOX: a simulation",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.enter)
        #expect(Self.sent(bench) == nil && bench.shows("Kanpur"))
        bench.press(.enter)
        try bench.answerLast(.planned(Self.plan))
        bench.press("y")
        #expect(Self.sent(bench) == .extend(request))
        try bench.answerLast(.done("Extend e-way bill: queued"))
        #expect(bench.shows("E-way bills") && !bench.shows("Kanpur"))
    }

    @Test func `goods that stand still are extended with their address in place of a vehicle`() throws {
        var bench = try Self.extending()
        bench.press(.tab)
        bench.type("flood")
        bench.press(.tab)
        bench.type("Kanpur")
        bench.press(.tab, .tab)
        bench.type("208001")
        bench.press(.tab)
        bench.type("20")
        bench.press(.tab, .left, .left)
        #expect(bench.shows("standing in a warehouse") && bench.shows("Address"))
        bench.press(.tab)
        bench.type("Shed 4")
        bench.press(.enter)
        guard case .eWayBills(.plan(.extend(let request)), _)? = bench.effects.last else {
            Issue.record("\(bench.effects)\n\(bench.screen)")
            return
        }
        #expect(request.consignmentStatus == "T" && request.transitType == "W" && request.address1 == "Shed 4")
        #expect(request.transport.mode == "5" && request.transport.vehicleNumber == nil)
    }

    @Test func `vehicle, transporter and cancellation have forms of their own`() throws {
        var bench = try Self.expiring()
        bench.press("v")
        #expect(bench.shows("Update vehicle (Part B)") && bench.shows("over-dimensional") == false)
        bench.press(.escape, "t")
        bench.type("29aagcb1286q1z0")
        bench.press(.enter)
        #expect(
            bench.effects.contains {
                guard case .eWayBills(.plan(.transporter(let request)), _) = $0 else { return false }
                return request.transporterId == Sample.gstins[2]
            })
        bench.press(.escape, "X")
        #expect(bench.toasts.last == "24 hours since it was made are over")
        bench.press(.down, .down, "X", .tab, .enter)
        #expect(
            bench.effects.contains {
                guard case .eWayBills(.plan(.cancel(let request)), _) = $0 else { return false }
                return request.number == Int(Sample.billNumber(4)) && request.reason == "1"
            })
    }
}
