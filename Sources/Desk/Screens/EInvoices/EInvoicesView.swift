import Domain
import Services
import TerminalKit

extension Badge {
    static func eInvoice(_ invoice: EInvoice) -> Badge {
        switch invoice.standing {
        // Queued, being sent and not sent are different things to whoever waits.
        case .inWork: operation(invoice.operation.state)
        case .inDoubt: Badge(glyph: "?", word: invoice.standing.title, role: .warning)
        case .attention: Badge(glyph: "!", word: invoice.standing.title, role: .danger)
        case .registered: Badge(glyph: "✓", word: invoice.standing.title, role: .success)
        case .cancelling: Badge(glyph: "◌", word: invoice.standing.title, role: .running)
        case .cancelled: Badge(glyph: "–", word: invoice.standing.title, role: .muted)
        case .refused: Badge(glyph: "✗", word: invoice.standing.title, role: .danger)
        case .discarded: Badge(glyph: "–", word: invoice.standing.title, role: .muted)
        }
    }
}

extension EInvoicesScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let note = standing.isQuiet ? Line("nothing is open", .muted) : standing.line(isShort: context.rect.width < 100)
        return ListHeading(
            title: "E-invoices", placeholder: EInvoiceFilter.placeholder, note: list.isLoaded ? note : .empty)
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            TableColumn(id: "sr", title: "Sr.", width: .fixed(4), alignment: .right),
            TableColumn(id: "state", title: "State", width: .fixed(12)),
            TableColumn(id: "what", title: "Document", width: .flexible(least: 16, weight: 4)),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15)),
            TableColumn(id: "total", title: "Total ₹", width: .fixed(14), alignment: .right),
            TableColumn(id: "ack", title: "Registered", width: .fixed(11), dropOrder: 1),
            TableColumn(id: "number", title: "Ack. number", width: .fixed(15), dropOrder: 2),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        "No invoice was registered yet. Press \(context.label(.add, scope)) to check files and register them."
    }

    func cells(_ invoice: EInvoice, serial: Int, _ context: ScreenContext) -> [Line] {
        let operation = invoice.operation
        return [
            Line(String(serial), .muted), Badge.eInvoice(invoice).line, Line(operation.title),
            Line(operation.gstin.text), Line(operation.total?.grouped ?? ""),
            Line(invoice.ackAt.map(context.day) ?? "", .muted), Line(invoice.ackNumber, .muted),
        ]
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let invoice = list.selected else { return [] }
        let own = dossier?.invoice.rowId == invoice.rowId ? dossier : nil
        return EInvoiceWords(invoice: invoice, dossier: own, context: context).lines
    }
}

/// What is known of an invoice, as lines that both its list and its page show.
struct EInvoiceWords {
    let invoice: EInvoice
    let dossier: EInvoiceService.Dossier?
    let context: ScreenContext

    var lines: [Line] { [head, state, number, acknowledgement, totals] }

    var head: Line {
        let operation = invoice.operation
        return Line(operation.title, .heading, .bold)
            + Line(operation.total.map { " · ₹\($0.grouped)" } ?? "", .heading)
    }

    /// Where it stands, and what happens next.
    var state: Line {
        let governing = invoice.governing
        let said = governing.state == .filed || governing.message.isEmpty ? meaning : governing.said
        let next = governing.nextStepAt.map { "next step \(context.day($0)) · " } ?? ""
        return Badge.eInvoice(invoice).line + Line("  \(next)", .muted) + Line(said)
    }

    private var meaning: String {
        switch invoice.standing {
        case .registered: "The portal registered it."
        case .cancelled: "It was taken back. Its number cannot be used again in this year."
        case .cancelling: "Its cancellation is queued and goes on by itself."
        default: invoice.governing.state.meaning
        }
    }

    var number: Line {
        guard let irn = invoice.irn else {
            let wanted = invoice.operation.expectedReference ?? ""
            return wanted.isEmpty ? Line("no IRN", .muted) : Line("IRN will be ", .muted) + Line(wanted)
        }
        return Line("IRN ", .muted) + Line(irn)
    }

    var acknowledgement: Line {
        guard let at = invoice.ackAt else {
            let tries = Counted.text(invoice.governing.attempts, "request")
            return Line(
                "\(tries) · \(invoice.operation.createdBy), \(context.day(invoice.operation.createdAt))", .muted)
        }
        let ack = Line("Ack. ", .muted) + Line(invoice.ackNumber) + Line(" of ", .muted) + Line(context.full(at))
        guard let until = invoice.cancelUntil else { return ack }
        let left = until.since(context.now)
        if left < .zero { return ack + Line(" · too late to cancel", .muted) }
        return ack + Line(" · \(TimeLeft.text(left)) left to cancel", .muted)
    }

    var totals: Line {
        guard let dossier else { return Line("…", .muted) }
        var parts = dossier.sent.map(Self.amounts) ?? []
        if let verdict = dossier.verdict {
            parts.append(verdict.isTrue ? Line("✓ signed as sent", .success) : Line("✗ \(verdict.sentence)", .danger))
        }
        parts.append(Line(invoice.operation.provider, .muted))
        return parts.dropFirst().reduce(parts[0]) { $0 + Line(" · ", .muted) + $1 }
    }

    /// Those that are not zero.
    static func amounts(_ sent: Invoice) -> [Line] {
        let totals = sent.totals
        let named = [
            ("taxable", totals.assessable), ("IGST", totals.igst), ("CGST", totals.cgst), ("SGST", totals.sgst),
            ("cess", totals.cess),
        ]
        return named.compactMap { name, amount in
            guard let amount, let rupees = Rupees(amount.description), rupees.paise != 0 else { return nil }
            return Line("\(name) ", .muted) + Line(rupees.grouped)
        }
    }
}
