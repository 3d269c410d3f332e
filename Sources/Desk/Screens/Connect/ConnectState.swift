import Domain
import Services
import TerminalKit

/// The way to an API session of one GSTIN, step by step. What is done stands in the workspace, so that it can be left
/// and taken up again at any step, by anybody.
struct ConnectScreen: Screen {
    typealias Step = GspService.Connection.Step

    let identity: PortalIdentity
    let business: String
    var connection: GspService.Connection?
    var state = FormState(Form(fields: [], buttons: []))
    /// What the form asks for now; another one starts empty.
    var formKey = ""
    /// The form was made while something was under way, so without its fields.
    var isFormStale = false
    /// What is under way, in words.
    var busy = ""
    var problem = ""
    /// Numbers of secrets that are still on their way into the vault.
    var pendingSecrets = 0

    init(identity: PortalIdentity, business: String) {
        self.identity = identity
        self.business = business
    }

    var scope: CommandScope { .connect }
    var trail: [String] { ["Connect"] }
    var isTyping: Bool { true }
    var holdsUnsaved: Bool { state.isEdited && busy.isEmpty }
    var isPanel: Bool { true }

    /// A request that changes something; reading is number 0.
    static let deed = 1

    /// What the step at hand asks for.
    func form(_ context: ScreenContext) -> Form {
        let close = Form.Button(id: "close", title: "Close")
        guard let connection, busy.isEmpty else { return Form(fields: [], buttons: [close]) }
        func buttons(_ id: String, _ title: String, isEnabled: Bool = true) -> [Form.Button] {
            [Form.Button(id: id, title: title, isEnabled: isEnabled), close]
        }
        switch connection.current {
        case .provider where !connection.choices.isEmpty:
            return Form(
                fields: [.init(id: "gsp", label: "GSP", kind: .choice(connection.choices))],
                buttons: buttons("choose", "Use it", isEnabled: refusal(context) == nil))
        case .credentials where connection.username == nil:
            return Form(fields: [], buttons: buttons("login", "Enter the login"))
        case .credentials where refusal(context) == nil:
            return Form(
                fields: connection.missingSecrets.map {
                    .init(id: $0, label: $0, kind: .masked, hint: "goes into the vault; never shown, never logged")
                }, buttons: buttons("keep", "Keep"))
        case .access where !connection.isUnderWay(at: context.now):
            return Form(fields: [], buttons: buttons("begin", "Ask for the OTP", isEnabled: refusal(context) == nil))
        case .otp where connection.waitingJob != nil && refusal(context) == nil:
            return Form(
                fields: [.init(id: "otp", label: "OTP", hint: "as the taxpayer tells it; passed on once")],
                buttons: buttons("send", "Send"))
        case .firstCall where !connection.isUnderWay(at: context.now):
            return Form(fields: [], buttons: buttons("begin", "Make the call", isEnabled: refusal(context) == nil))
        default: return Form(fields: [], buttons: [close])
        }
    }

    /// Why this person may not do the step at hand; nil when they may.
    func refusal(_ context: ScreenContext) -> String? {
        switch connection?.current {
        case .provider: context.refusal(.editCredential)
        case .credentials: connection?.username == nil ? nil : context.refusal(.administer)
        case .access, .firstCall: context.refusal(.verify)
        case .otp: context.refusal(.answer)
        case nil: nil
        }
    }
}
