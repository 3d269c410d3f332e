import Domain
import Services
import TerminalKit

/// The form that takes a registered invoice back: why, in the portal's words and in one's own.
struct CancelInvoiceScreen: ConfirmedForm {
    struct Wish: Sendable, Hashable {
        var reason: InvoiceCancelReason
        var remark: String
    }

    let invoice: EInvoice
    var wish: Wish?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(invoice: EInvoice) {
        self.invoice = invoice
        state = FormState(Form(fields: Self.fields([:]), buttons: []))
    }

    var scope: CommandScope { .cancelInvoice }
    var trail: [String] { ["Cancel an e-invoice"] }
    var title: String { "Cancel · \(invoice.operation.title)" }

    /// The longest remark that the portal takes.
    private static let mostLetters = 100

    private static func fields(_ errors: [String: String]) -> [Form.Field] {
        [
            .init(
                id: "reason", label: "Reason", kind: .choice(InvoiceCancelReason.allCases.map(\.title)),
                hint: "← → change it"),
            .init(
                id: "remark", label: "Remark", hint: "why, at most \(mostLetters) letters; the portal keeps it",
                error: errors["remark"]),
        ]
    }

    func form(_ context: ScreenContext) -> Form {
        Form(
            fields: Self.fields(errors),
            buttons: [.init(id: "save", title: "Look it over"), .init(id: "cancel", title: "Leave it")],
            message: message.isEmpty ? note(context) : message)
    }

    private func note(_ context: ScreenContext) -> Line {
        let left = invoice.cancelUntil.map { TimeLeft.text($0.since(context.now)) } ?? ""
        return Line(
            "The portal takes it for \(left) yet. The number cannot be registered again in this year.", .warning)
    }

    mutating func checked(_ context: ScreenContext) -> Wish? {
        let remark = state.text("remark").trimmed
        if remark.isEmpty { errors["remark"] = "the portal wants to know why" }
        if remark.count > Self.mostLetters { errors["remark"] = "it has \(remark.count) letters" }
        guard errors.isEmpty else { return nil }
        return Wish(reason: InvoiceCancelReason.allCases[state.choice("reason")], remark: remark)
    }

    private var irn: String { invoice.irn ?? "" }

    func planning(_ wish: Wish, _ ticket: Ticket) -> Effect {
        .eInvoices(.cancelPlan(irn: irn, wish.reason, remark: wish.remark), ticket)
    }

    func sending(_ wish: Wish, _ ticket: Ticket) -> Effect {
        .eInvoices(.cancel(irn: irn, wish.reason, remark: wish.remark), ticket)
    }

    func question(_ plan: ActionPlan, _ wish: Wish) -> Question {
        .leaving(
            plan, title: "Cancel this invoice?", facts: [Dialog.Fact("Reason", "\(wish.reason.title): \(wish.remark)")],
            body: "It cannot be undone, and the number cannot be registered again in this year.", yes: "Cancel it")
    }
}

extension InvoiceCancelReason {
    var title: String {
        switch self {
        case .duplicate: "Duplicate"
        case .dataEntryMistake: "Data entry mistake"
        case .orderCancelled: "Order cancelled"
        case .others: "Others"
        }
    }
}
