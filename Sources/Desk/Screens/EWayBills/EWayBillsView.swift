import Domain
import Services
import TerminalKit

extension BillWatch {
    /// `! 3 e-way bills expire within 8 h`; empty while none does. The short form fits half of 80 columns.
    func line(isShort: Bool = false) -> Line {
        guard expiring > 0 else { return .empty }
        let span = TimeLeft.brief(within)
        let verb = expiring == 1 ? "expires" : "expire"
        let words = isShort ? "EWB \(verb) in \(span)" : "e-way bill\(expiring == 1 ? "" : "s") \(verb) within \(span)"
        return Line("! \(expiring.grouped) \(words)", .warning)
    }
}

extension EWayBillsScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let isShort = context.rect.width < 100
        let next = isShort ? nil : watch.nextEnd.map { Line(" · next \(context.day($0))", .muted) }
        let quiet = Line("none expires within \(TimeLeft.brief(watch.within))", .muted)
        let note = watch.expiring > 0 ? watch.line(isShort: isShort) + (next ?? .empty) : quiet
        return ListHeading(
            title: isWatching ? "Watch list" : "E-way bills", placeholder: EWayBillFilter.placeholder,
            note: list.isLoaded ? note : .empty)
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        let states = list.width(under: "State", empty: 19) { badge($0, context).line.text }
        return [
            list.serialColumn,
            TableColumn(id: "state", title: "State", width: .fixed(states)),
            TableColumn(id: "bar", title: "Validity", width: .fixed(ValidityBar.columns)),
            TableColumn(id: "number", title: "Number", width: .fixed(12)),
            TableColumn(id: "what", title: "Document", width: .flexible(least: 14, weight: 3)),
            TableColumn(id: "vehicle", title: "Vehicle", width: .fixed(11), dropOrder: 1),
            TableColumn(id: "end", title: "Valid until", width: .fixed(11)),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15), dropOrder: 2),
        ]
    }

    private func badge(_ bill: StandingBill, _ context: ScreenContext) -> Badge {
        ValidityBar(bill, within: watch.within, context).badge
    }

    func emptyText(_ context: ScreenContext) -> String {
        if isWatching {
            return "No bill ends within \(TimeLeft.brief(watch.within)), and none can be extended that has ended. "
                + "Press \(context.label(.watch, scope)) for all bills."
        }
        return "No e-way bill was made yet. Press \(context.label(.add, scope)) to make one from a file, or "
            + "\(context.label(.makeBill, .eInvoices)) on a registered invoice "
            + "(\(context.label(.goEInvoices, .everywhere)))."
    }

    func cells(_ bill: StandingBill, serial: Int, _ context: ScreenContext) -> [Line] {
        let bar = ValidityBar(bill, within: watch.within, context)
        return [
            Line(serial.grouped, .muted), bar.badge.line, bar.line, Line(bill.number ?? ""),
            Line(bill.operation.title), Line(bill.vehicle),
            Line(bill.isOver ? "" : bill.validUntil.map(context.day) ?? "", .muted),
            Line(bill.operation.gstin.text),
        ]
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let bill = list.selected else { return [] }
        let operation = bill.operation
        let name = bill.number.map { "E-way bill \($0)" } ?? operation.kind.title
        // A sum that is cut would be read as a smaller one.
        let total = operation.total.map { " · ₹\($0.grouped)" } ?? ""
        let title = Text.clip(operation.title, to: max(1, width - Text.width("\(name) · \(total)")))
        let head = Line(name, .heading, .bold) + Line(" · \(title)\(total)", .heading)
        let own = kept?.number == bill.number ? kept : nil
        return [head, state(bill, context), validity(bill, own, context), travel(bill), changes(bill, own, context)]
    }

    /// Where it stands, and what can or will be done next.
    private func state(_ bill: StandingBill, _ context: ScreenContext) -> Line {
        let badge = ValidityBar(bill, within: watch.within, context).badge.line + Line("  ")
        let governing = bill.governing
        if bill.number == nil || bill.change != nil {
            let what = bill.change.map { "\($0.kind.title): " } ?? ""
            let waits = context.waiting(governing) != nil
            let next = waits ? "" : governing.nextStepAt.map { "next step \(context.day($0)) · " } ?? ""
            return badge + Line(next, .muted) + Line(what + governing.said)
        }
        if bill.refusesExtension(at: context.now) == nil {
            let until = bill.validUntil.map { EWayBillValidity.extensionWindow($0).upperBound }
            let refusal = context.refusal(.extendBill, scope)
            let way = Line("\(context.label(.extendBill, scope)) extends it", .accent, .bold)
            return badge + (refusal == nil ? way : Line("It can be extended, by an operator or an admin"))
                + Line(until.map { ", until \(context.dayAndMinute($0))" } ?? "")
        }
        if bill.isRejected { return badge + Line("The other party rejected it; its document may have another bill.") }
        if bill.isCancelled { return badge + Line("It was taken back.") }
        guard let end = bill.validUntil else { return badge + Line("It holds as soon as a vehicle is entered.") }
        let window = EWayBillValidity.extensionWindow(end)
        return badge
            + Line(
                context.now < window.lowerBound
                    ? "It can be extended from \(context.full(window.lowerBound))"
                    : "It cannot be extended any more; goods on the way need a new bill", .muted)
    }

    private func validity(_ bill: StandingBill, _ kept: KeptBill?, _ context: ScreenContext) -> Line {
        let made = bill.madeAt.map { Line("made ", .muted) + Line(context.full($0)) } ?? Line("not made yet", .muted)
        guard let end = bill.validUntil, !bill.isOver else { return made }
        let line = made + Line(" · valid until ", .muted) + Line(context.full(end))
        guard let kept, kept.isAgainstRule, let rule = kept.expectedUntil else { return line }
        return line + Line(" · by the rule until \(context.full(rule))", .warning)
    }

    private func travel(_ bill: StandingBill) -> Line {
        let parts = [
            bill.vehicle.isEmpty ? nil : "vehicle \(bill.vehicle)",
            bill.transporter.isEmpty ? nil : "transporter \(bill.transporter)",
            bill.distance.flatMap { $0 > 0 ? "\($0) km" : nil },
            bill.operation.gstin.text, bill.operation.provider,
        ]
        return Line(parts.compactMap(\.self).joined(separator: " · "), .muted)
    }

    private func changes(_ bill: StandingBill, _ kept: KeptBill?, _ context: ScreenContext) -> Line {
        if let waiting = context.waiting(bill.governing) { return Line(waiting, .info) }
        guard bill.number != nil else { return .empty }
        if bill.number == awaited { return Line("◌ the system is asked how it stands", .running) }
        guard let kept else { return Line("…", .muted) }
        guard !kept.changes.isEmpty else { return unchanged(bill, kept, context) }
        if let last = kept.changes.first, last.state == .rejected {
            return Badge.operation(last.state).line + Line(" \(last.kind.title): ", .muted) + Line(last.said, .danger)
        }
        let shown = kept.changes.prefix(2).map { change in
            Badge.operation(change.state).line + Line(" \(change.kind.title) \(context.day(change.createdAt))", .muted)
        }
        let trip = tripOnTheWay(bill, kept).map { Line("goes on in consolidated bill \($0) · ") } ?? .empty
        let more = kept.changes.count > 2 ? Line(" · \(kept.changes.count - 2) earlier", .muted) : .empty
        let asked = kept.shown.map { Line(" · asked \(context.moment($0.readAt))", .muted) } ?? .empty
        return trip + shown.dropFirst().reduce(shown[0]) { $0 + Line(" · ", .muted) + $1 } + more + asked
    }

    /// What goes on in it no more is cancelled.
    private func tripOnTheWay(_ bill: StandingBill, _ kept: KeptBill) -> String? {
        bill.isCancelled ? nil : kept.consolidated
    }

    /// A consolidated bill is an action of its own, and none of those of its bills.
    private func unchanged(_ bill: StandingBill, _ kept: KeptBill, _ context: ScreenContext) -> Line {
        let asked = kept.shown.map { Line("asked \(context.moment($0.readAt))", .muted) }
        guard let trip = tripOnTheWay(bill, kept) else {
            return asked.map { Line("nothing was changed from here · ", .muted) + $0 }
                ?? Line("nothing was changed since", .muted)
        }
        return Line("goes on in consolidated bill \(trip)") + (asked.map { Line(" · ", .muted) + $0 } ?? .empty)
    }
}
