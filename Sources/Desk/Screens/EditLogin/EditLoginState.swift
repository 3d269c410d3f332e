import Domain
import Secrets
import Services
import TerminalKit

/// The form for one login: user name, masked password, Submit that verifies, Cancel that discards.
struct EditLoginScreen: Screen {
    enum Phase: Hashable, Sendable {
        case editing
        case saving
        /// The portal is being asked; the job tells how it goes.
        case verifying(JobId)
        /// The portal gave no verdict yet; the job tries again by itself.
        case postponed(JobId, String)
        case refused(String)
        case failed(String)

        var isEditable: Bool {
            switch self {
            case .saving, .verifying, .postponed: false
            case .editing, .refused, .failed: true
            }
        }
    }

    var account: PortalAccount
    var state: FormState
    var phase = Phase.editing
    /// Who serves the login; nil until it is known.
    var server: IdentityServer?
    var usernameError: String?
    var passwordError: String?
    var lastTicket = 0
    /// Whether the save under way stores a password.
    var storesPassword = false
    var reveal: RevealStep?
    var revealState = FormState(RevealStep.reasonForm)
    var revealReason = ""

    init(account: PortalAccount) {
        self.account = account
        state = FormState(
            Self.form(account, phase: .editing, nil, nil, ""), texts: ["username": account.username ?? ""])
        if account.username != nil, !account.isPasswordSet, account.needsPassword { state.focus = 1 }
    }

    var scope: CommandScope { .editLogin }
    var trail: [String] { [] }
    var isTyping: Bool { true }
    var holdsUnsaved: Bool { state.isEdited && !isBusy }
    var isPanel: Bool { true }

    var isBusy: Bool { !phase.isEditable }
    var showsSeconds: Bool { reveal?.showsSeconds ?? false }

    /// Whether who serves the login wants the portal's password.
    var needsPassword: Bool { server.map { !$0.isGsp } ?? account.needsPassword }

    static func form(
        _ account: PortalAccount, phase: Phase, _ usernameError: String?, _ passwordError: String?, _ message: String,
        needsPassword: Bool = true, eye: Line = .empty, shown: SecretBytes? = nil
    ) -> Form {
        Form(
            fields: [
                .init(
                    id: "username", label: "Username", hint: "the login at the \(account.portal.title)",
                    error: usernameError),
                .init(
                    id: "password", label: "Password", kind: .masked,
                    placeholder: account.isPasswordSet ? "•••••••• kept unless you type a new one" : "",
                    hint: passwordHint(account, needsPassword: needsPassword),
                    error: passwordError, note: eye, shown: shown),
            ],
            buttons: [
                .init(id: "submit", title: "Submit", isEnabled: phase.isEditable), .init(id: "cancel", title: "Cancel"),
            ],
            message: Line(message, role(phase)))
    }

    private static func passwordHint(_ account: PortalAccount, needsPassword: Bool) -> String {
        if account.isPasswordSet { return "leave empty to keep the stored password" }
        return needsPassword ? "never shown, never logged" : "not needed under a GSP; may be left empty"
    }

    private static func role(_ phase: Phase) -> Role {
        switch phase {
        case .editing: .muted
        case .saving, .verifying: .running
        case .postponed: .warning
        case .refused, .failed: .danger
        }
    }
}
