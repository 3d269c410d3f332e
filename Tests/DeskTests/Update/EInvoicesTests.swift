import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// Invoices that the desk knows, their pages, and what leaves the house only after a yes.
@Suite("E-invoices") struct EInvoicesTests {
    static func open(size: Size = Sample.wide, _ rows: [EInvoice] = Sample.eInvoices) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.alt("i"))
        try bench.answer(.eInvoices(Sample.eInvoicePage(rows)))
        if let first = rows.first { try bench.answerLast(.eInvoice(Sample.dossier(first))) }
        return bench
    }

    /// The list with its third invoice selected, which is registered and young.
    static func registered(size: Size = Sample.wide) throws -> Bench {
        var bench = try open(size: size)
        bench.press(.down, .down)
        try bench.answerLast(.eInvoice(Sample.dossier(Sample.eInvoices[2])))
        return bench
    }

    static func page(size: Size = Sample.wide, hasQr: Bool = false) throws -> Bench {
        var bench = try registered(size: size)
        bench.press(.enter)
        try bench.answerLast(.eInvoice(Sample.dossier(Sample.eInvoices[2], hasQr: hasQr)))
        return bench
    }

    @Test func `a page that is longer than the screen says how much lies below, until its end is shown`() throws {
        var bench = try Self.registered(size: Sample.narrow)
        bench.press(.enter)
        var dossier = Sample.dossier(Sample.eInvoices[2], hasQr: false)
        let item = try #require(dossier.sent?.items.first)
        dossier.sent?.items += Array(repeating: item, count: 12)
        try bench.answerLast(.eInvoice(dossier))
        #expect(bench.canvas.textRows[22].contains(" more") && bench.canvas.textRows[22].contains("▼ "))
        bench.press(.end)
        #expect(!bench.canvas.textRows[22].contains("▼") && bench.shows("Action "))
        var evidence = try OperationsTests.evidence(size: Sample.narrow)
        #expect(evidence.shows("▼ 3 more"))
        evidence.press(.end)
        #expect(!evidence.shows("▼"))
    }

    /// A folder was chosen: three of its four invoices are no invoices of the desk yet.
    static func drafts(size: Size = Sample.wide, _ rows: [EInvoice] = Sample.eInvoices) throws -> Bench {
        var bench = try open(size: size, rows)
        bench.press("a")
        bench.type("/march")
        bench.press(.enter)
        try bench.answerLast(.surveyed(Sample.survey))
        try bench.answer(.eInvoices(Sample.eInvoicePage(rows, leading: 3)))
        return bench
    }

    private static func query(_ bench: Bench) -> EInvoiceQuery? {
        for case .eInvoices(.page(let query), _) in bench.history.reversed() { return query }
        return nil
    }

    private static func sends(_ bench: Bench) -> Bool {
        bench.history.contains {
            switch $0 {
            case .eInvoices(.register, _), .eInvoices(.cancel, _): true
            default: false
            }
        }
    }

    @Test func `each invoice tells where it stands, with its number and what happens next`() throws {
        var bench = try Self.open()
        for badge in ["? In doubt", "· Queued", "✓ Registered", "– Cancelled", "✗ Refused"] {
            #expect(bench.shows(badge), "\(badge)")
        }
        #expect(bench.shows("? In doubt  the connection was closed before an answer"))
        #expect(bench.shows("asked 18:40 · next look 18:52 by itself, nothing needs to be done"))
        #expect(bench.shows("IRN will be 1e5b"))
        bench.press(.down, .down)
        try bench.answerLast(.eInvoice(Sample.dossier(Sample.eInvoices[2])))
        #expect(bench.shows("Ack. 112610100000003 of 20-11-2026 17:42:00 · 23 h left to cancel"))
        #expect(bench.shows("taxable 6,278.00 · IGST 1,130.00"))
        #expect(try Self.open([]).shows("No invoice was registered yet. Press a"))
    }

    @Test func `the selection stays on its invoice when it moves in the list`() throws {
        var bench = try Self.registered()
        bench.input(.changed)
        try bench.answer(
            .eInvoices(Sample.eInvoicePage([EInvoice(operation: Sample.registration(9, .queued))] + Sample.eInvoices)))
        #expect(bench.selectedRow.contains("GE-3"))
    }

    @Test func `the filter knows standings, a client and the rest`() throws {
        let filter = EInvoiceFilter("in doubt refused \(Sample.gstins[1]) Blue Lotus")
        let query = filter.query(leading: 0, page: 2, perPage: 50)
        #expect(query.standings == [.inDoubt, .refused] && query.gstin == Sample.gstin(1))
        #expect(query.text == "Blue Lotus" && query.page == 2 && query.perPage == 50 && !query.isLeadingOnly)
        #expect(EInvoiceFilter("").query(leading: 0, page: 1, perPage: 20) == EInvoiceQuery(page: 1, perPage: 20))
        #expect(EInvoiceFilter("draft").query(leading: 2, page: 1, perPage: 20).isLeadingOnly)
        func titles(_ typed: String) -> [String] { EInvoiceFilter(typed).drafts(Sample.survey.drafts).map(\.source) }
        #expect(titles("").count == 4 && titles("registered").isEmpty)
        #expect(titles("findings") == ["/march/ge-2.json", "/march/ge-3.json"])
        #expect(titles("draft \(Sample.gstins[1])") == ["/march/sales.csv line 12"])
        #expect(titles("blue lotus") == ["/march/ge-2.json"])
    }

    @Test func `only a registered invoice of the last day can be cancelled, and the reason is said`() throws {
        var bench = try Self.open()
        for (steps, reason) in [
            (0, "It is in doubt: that is settled first"), (1, "It is not registered yet"),
            (2, "It is cancelled already"), (1, "It is not registered"),
            (1, "24 hours since its registration are over; issue a credit note"),
        ] {
            for _ in 0..<steps { bench.press(.down) }
            bench.press("X")
            #expect(bench.toasts.last == reason)
        }
    }

    @Test func `a cancellation leaves only after its question was answered with yes`() throws {
        var bench = try Self.registered()
        bench.press("X")
        #expect(bench.shows("The portal takes it for 23 h yet."))
        bench.press(.right, .tab, .enter)
        #expect(bench.shows("the portal wants to know why") && !Self.sends(bench))
        bench.type("wrong rate")
        bench.press(.enter)
        guard case .eInvoices(.cancelPlan(let irn, .dataEntryMistake, remark: "wrong rate"), _)? = bench.effects.last
        else {
            Issue.record("\(bench.effects)")
            return
        }
        let invoice = Sample.eInvoices[2].operation
        #expect(irn == invoice.reference)
        try bench.answerLast(
            .planned(
                ActionPlan(
                    kind: .einvoiceCancel, gstins: [invoice.gstin], documents: [invoice.title], total: invoice.total,
                    calls: 1, provider: ActionProvider(name: "sandbox-irp", isSimulated: true), reference: irn)))
        for text in [
            "Cancel this invoice?", Sample.gstins[0], "INV GE-3", "₹7,308.00", "Data entry mistake: wrong rate",
            "1 to the Invoice Registration Portal", "sandbox-irp", "SANDBOX: a simulation",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.enter)
        #expect(!Self.sends(bench) && bench.shows("Cancel · INV GE-3"))
        bench.press(.enter)
        try bench.answerLast(
            .planned(
                ActionPlan(
                    kind: .einvoiceCancel, gstins: [invoice.gstin], documents: [invoice.title], calls: 1,
                    provider: ActionProvider(name: "sandbox-irp", isSimulated: true))))
        bench.press("y")
        #expect(
            bench.effects.contains {
                if case .eInvoices(.cancel(irn, .dataEntryMistake, remark: "wrong rate"), _) = $0 {
                    true
                } else {
                    false
                }
            })
        try bench.answerLast(.done("The cancellation is queued"))
        #expect(bench.shows("E-invoices") && bench.toasts.last == "The cancellation is queued")
    }

    @Test func `files are checked first, and their drafts stand before the invoices with what is wrong`() throws {
        var bench = try Self.drafts()
        #expect(bench.shows("○ 2 drafts · ✗ 1 with findings · ? 1 in doubt · 1 queued · ✓ 1 just registered"))
        #expect(
            bench.shows("✗ Findings") && bench.shows("! Draft") && bench.shows("○ Draft") && bench.shows("? In doubt"))
        #expect(bench.shows("Total 9 items"))
        // What is registered already is the invoice of the list, and no draft.
        #expect(Self.query(bench)?.leading == 3 && !bench.shows("GE-3 · Kaveri"))
        bench.press(.home)
        #expect(bench.shows("✗ ItemList[0].TotItemVal: is 999.00, its parts make 708.00 (2194). Write 708.00"))
        bench.press(.enter)
        for text in [
            "✗ ItemList[0].TotItemVal · 2194", "is 999.00, its parts make 708.00", "→ Write 708.00", "SellerDtls.Pin",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.escape, .down)
        #expect(bench.shows("○ Draft  from /march/ge-1.json · s sends through SANDBOX sandbox-irp (o another)"))
        #expect(!Self.sends(bench))
    }

    @Test func `without marks only what the filter shows is offered`() throws {
        var bench = try Self.drafts()
        bench.press("/")
        bench.type("no such client")
        bench.press(.enter, "s")
        #expect(bench.toasts.last == "Nothing of it is in order and not registered yet" && !Self.sends(bench))
    }

    @Test func `what a draft cannot do is said, and an invoice is not removed from the list`() throws {
        var bench = try Self.drafts()
        bench.press(.home, "X")
        #expect(bench.toasts.last == "It is a draft: nothing of it was sent yet")
        bench.press(.end, "D")
        #expect(bench.toasts.last == "Only a draft can be removed from the list")
        var none = try Self.open()
        none.press("s")
        #expect(none.toasts.last == "There are no drafts: add files first")
        none.press("U")
        #expect(none.toasts.last == "Nothing was removed here")
    }

    @Test func `a removed draft is neither shown nor sent, and one key brings it back`() throws {
        var bench = try Self.drafts()
        bench.press(.home, .down, "D")
        #expect(bench.toasts.last == "1 draft removed from the list" && Self.query(bench)?.leading == 2)
        try bench.answer(.eInvoices(Sample.eInvoicePage(leading: 2)))
        #expect(bench.selectedRow.contains("GE-4"))
        bench.press("s")
        #expect(bench.shows("Register this invoice?") && bench.shows("INV GE-4 · Sundar Auto"))
        bench.press(.enter, "U")
        #expect(Self.query(bench)?.leading == 3)
    }

    @Test func `the chosen files are kept while other screens are looked at, and read again on coming back`() throws {
        var bench = try Self.drafts()
        bench.press(.home, "D", .alt("x"), .alt("i"))
        #expect(
            bench.effects.contains { if case .eInvoices(.survey(paths: ["/march"]), _) = $0 { true } else { false } })
        try bench.answer(.surveyed(Sample.survey))
        #expect(Self.query(bench)?.leading == 2)
        bench.press("U")
        #expect(Self.query(bench)?.leading == 3)
    }

    @Test func `of marked drafts only those in order are sent`() throws {
        var bench = try Self.drafts()
        bench.press(.home, .space, .space, "s")
        #expect(bench.shows("Register this invoice?") && bench.shows("INV GE-1 · Prime Traders"))
        #expect(bench.shows("2 other drafts"))
    }

    @Test func `a file that cannot be read is told, and nothing is added`() throws {
        var bench = try Self.open()
        bench.press("a")
        bench.type("/nowhere")
        bench.press(.enter)
        try bench.answerLast(.failed(Complaint("/nowhere cannot be read", why: "no such file", status: .badData)))
        #expect(bench.toasts.last == "/nowhere cannot be read" && bench.shows("INV GE-1"))
        bench.press("s")
        #expect(bench.toasts.last == "There are no drafts: add files first")
    }

    @Test func `registering asks with sum, calls and provider; Enter alone sends nothing, y does`() throws {
        var bench = try Self.drafts([])
        bench.press("o", "o", "s")
        for text in [
            "Register 2 invoices?", Sample.gstins[0], Sample.gstins[1], "₹1,908.50", "2 to the Invoice", "sandbox-irp",
            "SANDBOX", "1 other draft",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.enter)
        #expect(!Self.sends(bench) && !bench.shows("Register 2 invoices?"))
        bench.press("o", "s")
        #expect(bench.shows("firm-irp") && bench.shows("REAL: the authority takes it"))
        bench.press(.escape, .home, .down, "s", "y")
        #expect(
            bench.effects.contains {
                guard case .eInvoices(.register(["/march"], let provider, let isChosen, let confirmed), _) = $0 else {
                    return false
                }
                return provider == "firm-irp" && isChosen && confirmed == ["f1", "f4"]
            })
        bench.press("s")
        #expect(bench.toasts.last == "They are being queued")
        try bench.answerLast(
            .queued(
                InvoiceBatch.Queued(
                    operations: [Sample.registration(1, .queued)],
                    refusals: ["it was changed since it was checked"], refused: 1)))
        #expect(bench.toasts.last == "1 invoice queued, 1 not" && bench.shows("E-invoices"))
        // The files are looked at again, and the selection goes on to the invoice that the draft became.
        var survey = Sample.survey
        survey.drafts[0].known = .queued
        try bench.answerLast(.surveyed(survey))
        try bench.answer(
            .eInvoices(Sample.eInvoicePage([EInvoice(operation: Sample.registration(1, .queued))], leading: 2)))
        #expect(bench.selectedRow.contains("· Queued") && bench.selectedRow.contains("GE-1"))
    }

    @Test func `the page to print is written where one says`() throws {
        var bench = try Self.registered()
        bench.press("P", .enter)
        #expect(
            bench.effects.contains {
                if case .eInvoices(.export(irn: _, file: "/exports/GE-3.html", replaces: false), _) = $0 {
                    true
                } else {
                    false
                }
            })
        try bench.answerLast(.done("Written to /exports/GE-3.html"))
        #expect(bench.toasts.last == "Written to /exports/GE-3.html")
    }

    @Test func `a provider that nobody chose is no pin`() throws {
        var bench = try Self.drafts()
        bench.press("s", "y")
        #expect(
            bench.effects.contains {
                guard case .eInvoices(.register(_, _, let isChosen, _), _) = $0 else { return false }
                return !isChosen
            })
    }

    @Test func `a file is compared with what was signed, and the first difference is told`() throws {
        var bench = try Self.registered()
        bench.press("v")
        bench.type("/books/ge-3.json")
        bench.press(.enter)
        #expect(
            bench.effects.contains {
                if case .eInvoices(.verify(irn: _, file: "/books/ge-3.json"), _) = $0 { true } else { false }
            })
        bench.press("x", .enter)
        #expect(
            bench.effects.contains {
                if case .eInvoices(.export(irn: _, file: "/exports/GE-3.png", replaces: false), _) = $0 {
                    true
                } else {
                    false
                }
            })
        try bench.answerLast(.fileExists("/exports/GE-3.png"))
        bench.press("y")
        #expect(
            bench.effects.contains {
                if case .eInvoices(.export(irn: _, file: _, replaces: true), _) = $0 { true } else { false }
            })
    }

    @Test func `its page shows parties, items and sums, and says why there is no QR`() throws {
        var bench = try Self.page(hasQr: true)
        #expect(bench.shows("Buyer        \(Sample.businesses[3])") && bench.shows("Steel boxes · HSN 732690"))
        bench.press("l")
        #expect(bench.shows("Evidence"))
        var none = try Self.page()
        none.press("z")
        #expect(none.toasts.last == "The portal gave no signed QR.")
    }

    @Test func `the QR begins with the largest size that is whole, and says what can be scanned`() throws {
        var bench = try Self.page(size: Sample.wide, hasQr: true)
        bench.press(.enter)
        #expect(bench.shows("Signed QR · INV GE-3") && bench.shows("✓ whole: it can be scanned · size 1 of 4"))
        bench.press("+")
        #expect(bench.shows("! a part: it cannot be scanned · size 2 of 4 needs 134x"))
        let corner = bench.screen
        bench.press(.right, .down)
        #expect(bench.screen != corner)
        bench.press("+", "+", "+")
        #expect(bench.toasts.last == "This is the largest")
        bench.press("-", "-", "-")
        #expect(bench.shows("✓ whole"))
        bench.press(.escape)
        #expect(bench.shows("Steel boxes"))

        var narrow = try Self.page(size: Sample.narrow, hasQr: true)
        narrow.press("+")
        #expect(
            narrow.shows("! too fine to scan unless the terminal draws pixels") && narrow.shows("size 1 needs 80x37"))
        narrow.press("-")
        #expect(narrow.toasts.last == "The whole of it is shown")
        narrow.press("+")
        #expect(narrow.shows("! a part: it cannot be scanned"))
        narrow.resize(Sample.wide)
        #expect(narrow.shows("✓ whole: it can be scanned"))
    }

    @Test func `who may not act sees everything, and no key sends`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = Bench(user: sam)
        bench.press(.alt("i"))
        try bench.answer(.eInvoices(Sample.eInvoicePage()))
        bench.press("a")
        #expect(bench.toasts.last?.hasPrefix("Not permitted") == true)
        bench.press(.down, .down, "X")
        #expect(bench.toasts.last?.hasPrefix("Not permitted") == true && !bench.shows("Remark"))
    }
}
