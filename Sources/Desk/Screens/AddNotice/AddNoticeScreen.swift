import Domain
import Services
import TerminalKit

/// The form for a notice that came by post or e-mail.
struct AddNoticeScreen: FormScreen {
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(identity: PortalIdentity?) {
        state = FormState(Self.form([:], .empty), texts: ["identity": identity?.text ?? ""])
        // Who the notice is for is known already.
        if identity != nil { state.focus = 1 }
    }

    var scope: CommandScope { .addNotice }
    var trail: [String] { ["Enter a notice"] }
    var title: String { "Enter a notice" }
    var form: Form { Self.form(errors, message) }

    private static func form(_ errors: [String: String], _ message: Line) -> Form {
        func text(_ id: String, _ label: String, _ placeholder: String = "", hint: String = "") -> Form.Field {
            Form.Field(id: id, label: label, placeholder: placeholder, hint: hint, error: errors[id])
        }
        return Form(
            fields: [
                text("identity", "For", "GSTIN, PAN or TAN", hint: "an identity of the register; it names the portal"),
                text("reference", "Reference", hint: "as printed; a later fetch of it joins this entry"),
                text("kind", "Form or section", "DRC-01, or 143(2)"),
                text("summary", "About", hint: "what it wants"),
                text("issued", "Issued", "DD-MM-YYYY"), text("served", "Served", "DD-MM-YYYY"),
                text("due", "Due", "DD-MM-YYYY", hint: "empty: computed where a rule is known"),
                text("demand", "Demand ₹", "412300.00"),
            ],
            buttons: [.init(id: "save", title: "Save"), .init(id: "cancel", title: "Cancel")], message: message)
    }

    mutating func saving() -> ((Ticket) -> Effect)? {
        checked().map { entry in { .addNotice(entry, $0) } }
    }

    /// nil when a field is wrong; `errors` then says which and why.
    private mutating func checked() -> NoticeEntry? {
        guard var found = identity().map(NoticeEntry.init(identity:)) else { return nil }
        let kind = state.text("kind")
        // Sections begin with a number, forms with letters.
        if kind.first?.isNumber == true { found.section = kind } else { found.form = kind }
        found.reference = state.text("reference")
        found.summary = state.text("summary")
        (found.issuedOn, found.servedOn, found.dueOn) = (day("issued"), day("served"), day("due"))
        let demand = state.text("demand").filter { !$0.isWhitespace && $0 != "," }
        found.demand = Rupees(demand)
        if found.demand == nil, !demand.isEmpty { errors["demand"] = "write it as 412300.00" }
        return errors.isEmpty ? found : nil
    }

    /// A GSTIN is of the GST Portal, a PAN of Income Tax, a TAN of TRACES.
    private mutating func identity() -> PortalIdentity? {
        let text = state.text("identity").filter { !$0.isWhitespace }
        if (try? Tan(text)) != nil { return try? PortalIdentity(.traces, text) }
        if (try? Pan(text)) != nil { return try? PortalIdentity(.incomeTax, text) }
        do {
            return try PortalIdentity(.gst, text)
        } catch {
            errors["identity"] = text.count == 10 ? "this is neither a PAN nor a TAN" : "the GSTIN \(error.message)"
            return nil
        }
    }

    private mutating func day(_ id: String) -> LegalDate? {
        let text = state.text(id).filter { !$0.isWhitespace }
        let day = LegalDate(typed: text)
        if day == nil, !text.isEmpty { errors[id] = "write the day as 27-11-2026" }
        return day
    }
}
