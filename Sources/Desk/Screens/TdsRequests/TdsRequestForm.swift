import Domain
import Services
import TerminalKit

/// The form for a file that TRACES is asked to make: of a default summary with its statement filled in, or of any.
struct TdsRequestForm: FormScreen {
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0
    /// What is filled in already where the form is opened for a statement.
    private let draft: TdsRequestService.Draft

    init(draft: TdsRequestService.Draft) {
        self.draft = draft
        state = FormState(
            Form(fields: Self.fields([:]), buttons: []),
            texts: [
                "kind": draft.kind.title, "tan": draft.tan, "year": draft.year, "quarter": "\(draft.quarter)",
                "form": draft.form, "token": draft.token,
            ])
        let order = ["tan": draft.tan, "year": draft.year, "form": draft.form, "token": draft.token]
        let fields = Self.fields([:])
        state.focus = fields.firstIndex { order[$0.id]?.isEmpty == true } ?? fields.count - 1
    }

    var scope: CommandScope { .tdsRequest }
    var trail: [String] { ["Ask for a file"] }
    var title: String { "Ask TRACES for a file" }

    private static func fields(_ errors: [String: String]) -> [Form.Field] {
        func text(_ id: String, _ label: String, _ hint: String, placeholder: String = "") -> Form.Field {
            .init(id: id, label: label, placeholder: placeholder, hint: hint, error: errors[id])
        }
        return [
            .init(
                id: "kind", label: "File", kind: .choice(TdsRequest.Kind.allCases.map(\.title)),
                hint: "← → change it"),
            text("tan", "TAN", "of the deductor"),
            text("year", "Year", "financial year", placeholder: "2024-25"),
            .init(id: "quarter", label: "Quarter", kind: .choice(["1", "2", "3", "4"]), hint: "← → change it"),
            text("form", "Form", "of the statement", placeholder: "26Q"),
            text("token", "Token", "of the regular statement, 15 digits"),
            text(
                "challan", "Challan", "empty for a nil or book-entry challan",
                placeholder: "BSR YYYY-MM-DD serial amount PAN=amount"),
        ]
    }

    func form(_ context: ScreenContext) -> Form {
        Form(
            fields: Self.fields(errors),
            buttons: [.init(id: "save", title: "Ask for it"), .init(id: "cancel", title: "Cancel")],
            message: message.isEmpty
                ? Line("A fetch of the TAN asks the portal; the file comes days later.", .muted) : message)
    }

    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)? {
        var wish = TdsRequestService.Draft()
        wish.kind = TdsRequest.Kind.allCases[state.choice("kind")]
        wish.quarter = state.choice("quarter") + 1
        (wish.tan, wish.year) = (state.text("tan").trimmed.uppercased(), state.text("year").trimmed)
        (wish.form, wish.token) = (state.text("form").trimmed.uppercased(), state.text("token").trimmed)
        wish.challan = state.text("challan").trimmed
        if (try? Tan(wish.tan)) == nil { errors["tan"] = "a TAN has four letters, five digits and a letter" }
        if (try? YearPeriod(.financialYear, wish.year)) == nil { errors["year"] = "write the year as 2024-25" }
        if wish.form.isEmpty { errors["form"] = "the form is needed" }
        if wish.token.isEmpty { errors["token"] = "the token is needed" }
        guard errors.isEmpty else { return nil }
        return { .tds(.ask(wish), $0) }
    }
}
