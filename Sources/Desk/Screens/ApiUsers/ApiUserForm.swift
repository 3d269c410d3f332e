import Domain
import Services
import TerminalKit

/// The form for one API user: a new one, or another name and password for one that is kept.
struct ApiUserForm: FormScreen {
    /// nil for a new one.
    let existing: ApiUserService.Entry?
    let providers: [String]
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(existing: ApiUserService.Entry?, providers: [String]) {
        self.existing = existing
        self.providers = providers
        var texts: [String: String] = [:]
        if let existing { texts = ["gstin": existing.gstin.text, "name": existing.name] }
        state = FormState(Form(fields: Self.fields(existing, providers, [:]), buttons: []), texts: texts)
        if existing != nil { state.focus = 3 }
    }

    var scope: CommandScope { .apiUser }
    var trail: [String] { [title] }
    var title: String { existing == nil ? "Add an API user" : "Set an API user anew" }

    private static func fields(
        _ existing: ApiUserService.Entry?, _ providers: [String], _ errors: [String: String]
    ) -> [Form.Field] {
        [
            .init(
                id: "gstin", label: "GSTIN", hint: "whose actions it asks for", error: errors["gstin"],
                isReadOnly: existing != nil),
            .init(
                id: "provider", label: "Provider", kind: .choice(providers),
                hint: providers.count > 1 ? "← → change it" : "through whom the actions go"),
            .init(
                id: "name", label: "User name", hint: "made at the authority's pages under API registration",
                error: errors["name"]),
            .init(
                id: "password", label: "Password", kind: .masked, hint: "never shown, never logged",
                error: errors["password"]),
        ]
    }

    func form(_ context: ScreenContext) -> Form {
        let refused = existing?.refusal.map { Line("✗ Refused: \(HarmlessText.line($0, limit: 200))", .danger) }
        return Form(
            fields: Self.fields(existing, providers, errors),
            buttons: [.init(id: "save", title: "Keep"), .init(id: "cancel", title: "Cancel")],
            message: message.isEmpty
                ? refused ?? Line("It is tried with the next action. What was stopped for it goes on then.", .muted)
                : message)
    }

    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)? {
        let gstin = try? Gstin(state.text("gstin").trimmed.uppercased())
        if gstin == nil { errors["gstin"] = "this is no GSTIN: 15 letters and digits with a check letter" }
        let name = state.text("name").trimmed
        if name.isEmpty { errors["name"] = "the user name is needed" }
        if state.isEmpty("password") { errors["password"] = "the password is needed" }
        let choice = state.choice("provider")
        guard errors.isEmpty, let gstin, providers.indices.contains(choice),
            let password = state.takeSecret("password")
        else { return nil }
        let provider = providers[choice]
        return { .apiUsers(.set(gstin, provider: provider, name: name, password), $0) }
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        // What was typed into the masked field does not outlive the person at the desk.
        if case .locked = event { _ = state.takeSecret("password") }
        return updateForm(event, context)
    }
}
