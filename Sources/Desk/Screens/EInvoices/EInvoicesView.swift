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
        ListHeading(
            title: "E-invoices", placeholder: EInvoiceFilter.placeholder, notes: list.isLoaded ? notes : [])
    }

    /// What is to be done, the drafts first; what was done comes last.
    private var notes: [[Line]] {
        let done = tray.registered > 0 ? Line("✓ \(tray.registered.grouped) just registered", .muted) : .empty
        let wordings = [false, true].map { isShort in
            drafts(isShort: isShort) + standing.parts(isShort: isShort) + [done]
        }
        return wordings[0].allSatisfy(\.isEmpty) ? [[Line("nothing is open", .muted)]] : wordings
    }

    private func drafts(isShort: Bool) -> [Line] {
        let wrong = tray.drafts.count - tray.ready
        return [
            tray.isChecking ? Line(checking, .running) : .empty,
            tray.ready > 0 ? Line("○ \(Counted.text(tray.ready, "draft"))", .info) : .empty,
            wrong > 0 ? Line(isShort ? "✗ \(wrong.grouped)" : "✗ \(wrong.grouped) with findings", .danger) : .empty,
        ]
    }

    /// How far it is, where it takes long enough to be seen.
    private var checking: String {
        guard let (done, total) = tray.progress, total > 1, done < total else { return "checking…" }
        return "checking \(done.grouped) of \(total.grouped)…"
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            list.serialColumn,
            TableColumn(id: "state", title: "State", width: .fixed(12)),
            TableColumn(id: "what", title: "Document", width: .flexible(least: 16, weight: 4)),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15)),
            TableColumn(id: "total", title: "Total ₹", width: .fixed(14), alignment: .right),
            TableColumn(id: "ack", title: "Registered", width: .fixed(11), dropOrder: 1),
            TableColumn(id: "number", title: "Ack. number", width: .fixed(15), dropOrder: 2),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        "No invoice was registered yet. Press \(context.label(.add, scope)) to check files and prepare them."
    }

    func cells(_ row: EInvoiceRow, serial: Int, _ context: ScreenContext) -> [Line] {
        switch row {
        case .draft(let draft):
            [
                Line(serial.grouped, .muted), Badge.draft(draft).line, Line(DraftWords.name(draft)),
                Line(draft.gstin?.text ?? ""), Line(draft.total?.grouped ?? ""), .empty, .empty,
            ]
        case .invoice(let invoice):
            [
                Line(serial.grouped, .muted), Badge.eInvoice(invoice).line, Line(invoice.operation.title),
                Line(invoice.operation.gstin.text), Line(invoice.operation.total?.grouped ?? ""),
                Line(invoice.ackAt.map(context.day) ?? "", .muted), Line(invoice.ackNumber, .muted),
            ]
        }
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        switch list.selected {
        case .draft(let draft): return detail(draft, context, width)
        case .invoice(let invoice):
            let own = dossier?.invoice.rowKey == invoice.rowKey ? dossier : nil
            return EInvoiceWords(invoice: invoice, dossier: own, context: context).lines
        case nil: return []
        }
    }

    private func detail(_ draft: InvoiceSurvey.Draft, _ context: ScreenContext, _ width: Int) -> [Line] {
        let total = draft.total.map { " · ₹\($0.grouped)" } ?? ""
        let state = Badge.draft(draft).line + from(draft, context, width - Badge.draft(draft).line.width)
        let irn = draft.irn.map { [Line("IRN will be ", .muted) + Line($0)] } ?? []
        let room = Self.detailRows - 2 - irn.count
        let open = context.label(.open, scope)
        return [Line(DraftWords.name(draft), .heading, .bold) + Line(total, .heading), state] + irn
            + DraftWords.findings(draft, rows: room, width: width, open: open)
    }
}

extension EInvoicesScreen {
    /// From which file, and through whom it would go. Where room is short the file's name gives way, then the provider's:
    /// that it is a simulation is never cut.
    private func from(_ draft: InvoiceSurvey.Draft, _ context: ScreenContext, _ width: Int) -> Line {
        let lead = Line("  from ", .muted)
        guard draft.isInOrder, let provider = tray.provider else {
            return lead + Line(Text.clipInside(draft.source, to: max(16, width - lead.width)), .muted)
        }
        let key = context.label(.register, scope)
        let sends =
            Line(" · \(key) sends through ", .muted)
            + (provider.isSimulated ? Line("SANDBOX ", .accent, .bold) : .empty)
        let other = tray.hasOtherProvider ? Line(" (\(context.label(.provider, scope)) another)", .muted) : .empty
        let room = width - lead.width - sends.width - other.width
        let file = min(Text.width(draft.source), max(12, room - Text.width(provider.name)))
        let name = Line(Text.clipInside(provider.name, to: max(8, room - file)))
        return lead + Line(Text.clipInside(draft.source, to: file), .muted) + sends + name + other
    }
}

extension EInvoice {
    /// What the document is known by, however often it was asked for.
    fileprivate var rowKey: String { operation.businessKey }
}

/// What is known of an invoice, as lines that both its list and its page show.
struct EInvoiceWords {
    let invoice: EInvoice
    let dossier: EInvoiceService.Dossier?
    let context: ScreenContext

    var lines: [Line] { [head, state, number, acknowledgement, totals] }

    var head: Line {
        let operation = invoice.operation
        let total = operation.total.map { " · ₹\($0.grouped)" } ?? ""
        // A sum that is cut would be read as a smaller one.
        let title = Text.clip(operation.title, to: max(1, context.rect.width - 4 - Text.width(total)))
        return Line(title, .heading, .bold) + Line(total, .heading)
    }

    /// Where it stands, and what happens next.
    var state: Line {
        let governing = invoice.governing
        let said = governing.state == .filed || governing.message.isEmpty ? meaning : governing.said
        let waits = context.waiting(governing) != nil
        let next = waits ? "" : governing.nextStepAt.map { "next step \(context.day($0)) · " } ?? ""
        return Badge.eInvoice(invoice).line + Line("  \(next)", .muted) + Line(said)
    }

    private var meaning: String {
        switch invoice.standing {
        case .registered: "The portal registered it."
        case .cancelled: "It was taken back. Its number cannot be used again in this year."
        case .cancelling: "Its cancellation is queued and goes on by itself."
        default: invoice.governing.meaning
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
            if let waiting = context.waiting(invoice.governing) { return Line(waiting, .info) }
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
