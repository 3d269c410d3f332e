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
        let taxpayer = identity.map { Self.choiceOfTan.titles[$0.portal == .incomeTax ? 1 : 0] } ?? ""
        state = FormState(
            Form(fields: Self.fields([:], asksPortal: true), buttons: []),
            texts: ["identity": identity?.text ?? "", "portal": taxpayer])
        // Who the notice is for is known already.
        if identity != nil { state.focus = fields.firstIndex { $0.id == "reference" } ?? 0 }
    }

    var scope: CommandScope { .addNotice }
    var trail: [String] { ["Enter a notice"] }
    var title: String { "Enter a notice" }

    func form(_ context: ScreenContext) -> Form {
        Form(
            fields: fields, buttons: [.init(id: "save", title: "Save"), .init(id: "cancel", title: "Cancel")],
            message: message)
    }

    private var typedIdentity: String { state.text("identity").filter { !$0.isWhitespace } }
    /// A TAN stands at TRACES, and at the Income Tax Portal for the deductor; every other identity at one portal only.
    private var isTan: Bool { (try? Tan(typedIdentity)) != nil }
    private static let choiceOfTan = (
        portals: [Portal.traces, .incomeTax], titles: [Portal.traces.title, Portal.incomeTax.title]
    )

    private var fields: [Form.Field] { Self.fields(errors, asksPortal: isTan) }

    private static func fields(_ errors: [String: String], asksPortal: Bool) -> [Form.Field] {
        func text(_ id: String, _ label: String, _ placeholder: String = "", hint: String = "") -> Form.Field {
            Form.Field(id: id, label: label, placeholder: placeholder, hint: hint, error: errors[id])
        }
        let portal = Form.Field(
            id: "portal", label: "Portal", kind: .choice(choiceOfTan.titles),
            hint: "← → change it: a TAN stands at both")
        return [
            text("identity", "For", "GSTIN, PAN or TAN", hint: "an identity of the register; it names the portal")
        ] + (asksPortal ? [portal] : []) + [
            text("reference", "Reference", hint: "as printed; a later fetch of it joins this entry"),
            text("kind", "Form or section", "DRC-01, or 143(2)"),
            text("summary", "About", hint: "what it wants"),
            text("issued", "Issued", "DD-MM-YYYY"), text("served", "Served", "DD-MM-YYYY"),
            text("due", "Due", "DD-MM-YYYY", hint: "empty: computed where a rule is known"),
            text("demand", "Demand ₹", "412300.00"),
        ]
    }

    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)? {
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

    /// A GSTIN is of the GST Portal, a PAN of Income Tax, a TAN of what was chosen.
    private mutating func identity() -> PortalIdentity? {
        let text = typedIdentity
        if isTan { return try? PortalIdentity(Self.choiceOfTan.portals[state.choice("portal")], text) }
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
