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

    static func drafts(size: Size = Sample.wide) throws -> Bench {
        var bench = try open(size: size)
        bench.press("a")
        bench.type("/march")
        bench.press(.enter)
        try bench.answerLast(.surveyed(Sample.survey))
        return bench
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
        #expect(bench.shows("next step today 18:52 · the connection was closed before an answer"))
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
        let query = EInvoiceFilter.query("in doubt refused \(Sample.gstins[1]) Blue Lotus", page: 2, perPage: 50)
        #expect(query.standings == [.inDoubt, .refused] && query.gstin == Sample.gstin(1))
        #expect(query.text == "Blue Lotus" && query.page == 2 && query.perPage == 50)
        #expect(EInvoiceFilter.query("", page: 1, perPage: 20) == EInvoiceQuery(page: 1, perPage: 20))
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

    @Test func `files are checked first, and what is wrong is told with field, figures and remedy`() throws {
        var bench = try Self.drafts()
        #expect(bench.shows("✓ 2 in order · ✗ 1 not · 1 done"))
        #expect(bench.shows("✗ 1 mistake") && bench.shows("! 1 warning") && bench.shows("✓ Registered"))
        #expect(bench.shows("✗ ItemList[0].TotItemVal: is 999.00, its parts make 708.00 (2194). Write 708.00"))
        #expect(!Self.sends(bench))
        bench.press(.tab)
        #expect(bench.shows("GE-2") && !bench.shows("GE-1") && !bench.shows("GE-3"))
        bench.press(.tab)
        #expect(bench.shows("GE-1") && bench.shows("GE-4") && !bench.shows("GE-2"))
    }

    @Test func `registering asks with sum, calls and provider; Enter alone sends nothing, y does`() throws {
        var bench = try Self.drafts()
        bench.press("o", "o", "a")
        for text in [
            "Register 2 invoices?", Sample.gstins[0], Sample.gstins[1], "₹1,908.50", "2 to the Invoice", "sandbox-irp",
            "SANDBOX", "2 others in these files stay as they are",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.enter)
        #expect(!Self.sends(bench) && !bench.shows("Register 2 invoices?"))
        bench.press("o", "a")
        #expect(bench.shows("firm-irp") && bench.shows("REAL: the authority takes it"))
        bench.press("y")
        #expect(
            bench.effects.contains {
                guard case .eInvoices(.register("/march", let provider, let isChosen, let confirmed), _) = $0 else {
                    return false
                }
                return provider == "firm-irp" && isChosen && confirmed == ["f1", "f4"]
            })
        bench.press("a")
        #expect(bench.toasts.last == "They are being queued")
        try bench.answerLast(
            .queued(
                InvoiceBatch.Queued(
                    operations: [Sample.registration(1, .queued)],
                    refusals: ["it was changed since it was checked"], refused: 1)))
        #expect(bench.toasts.last == "1 invoice queued, 1 not" && bench.shows("E-invoices"))
    }

    @Test func `a provider that nobody chose is no pin`() throws {
        var bench = try Self.drafts()
        bench.press("a", "y")
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

    @Test func `its page shows parties, items and sums, and the QR large where there is room`() throws {
        var bench = try Self.page(hasQr: true)
        #expect(bench.shows("Buyer        \(Sample.businesses[3])") && bench.shows("Steel boxes · HSN 732690"))
        bench.press(.enter)
        #expect(bench.shows("Signed QR · INV GE-3") || bench.shows("Too fine for this window"))
        bench.press(.escape)
        #expect(bench.shows("Steel boxes"))
        bench.press("l")
        #expect(bench.shows("Evidence"))
        var none = try Self.page()
        none.press("z")
        #expect(none.toasts.last == "The portal gave no signed QR.")
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
