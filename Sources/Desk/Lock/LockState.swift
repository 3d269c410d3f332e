import Domain
import Secrets
import Services
import TerminalKit

/// What lies over the whole desk while nobody is logged in: nothing of any screen shows, and nothing but a login goes.
struct LockState: Equatable, Sendable {
    enum Reason: Hashable, Sendable {
        /// The desk was opened without a session.
        case start
        /// Nobody touched it for so many minutes.
        case idle(minutes: Int)
        case byPerson
        /// The session ran out or was ended by an admin.
        case ended

        var text: String {
            switch self {
            case .start: "Log in to open the desk."
            case .idle(let minutes): "Locked: nobody touched it for \(Counted.text(minutes, "minute")). Keys are wiped."
            case .byPerson: "Locked. Keys are wiped; background work goes on."
            case .ended: "Your session has ended. Log in again."
            }
        }
    }

    var reason: Reason
    /// Who may take up the desk where it was left; anybody else begins anew. nil when nobody was there.
    var owner: String?
    var isDemo: Bool
    var state: FormState
    var isBusy = false
    var problem = ""
    /// Shown once, after a login that gave an older workspace its vault, until a key is pressed.
    var recoveryCode: SecretBytes?

    init(_ reason: Reason, owner: String?, isDemo: Bool) {
        self.reason = reason
        self.owner = owner
        self.isDemo = isDemo
        let name = owner ?? (isDemo ? "demo" : "")
        state = FormState(Self.form("", isBusy: false, isError: false), texts: ["user": name])
        state.focus = name.isEmpty ? 0 : 1
    }

    static func form(_ message: String, isBusy: Bool, isError: Bool) -> Form {
        Form(
            fields: [
                .init(id: "user", label: "User"), .init(id: "password", label: "Password", kind: .masked),
            ],
            buttons: [
                .init(id: "login", title: "Log in", isEnabled: !isBusy), .init(id: "quit", title: "Quit"),
            ],
            message: Line(message, isError ? .danger : isBusy ? .running : .muted))
    }

    var form: Form { Self.form(message, isBusy: isBusy, isError: !problem.isEmpty && !isBusy) }

    private var message: String {
        if isBusy { return "Opening the vault…" }
        if !problem.isEmpty { return "✗ \(problem)" }
        return reason.text + (isDemo ? " This is the demo: user demo, password demo." : "")
    }

    mutating func handle(_ key: Key) -> [Effect] {
        if recoveryCode != nil { return key == RecoveryCodePage.key ? [.unlocked] : [] }
        if isBusy { return [] }
        problem = ""
        switch state.handle(key, in: form) {
        case .submit(buttonId: "quit"): return [.quit]
        case .submit: return submit()
        case .cancel, .changed, .ignored: return []
        }
    }

    mutating func press(_ target: HitTarget) -> [Effect] {
        if recoveryCode != nil { return [] }
        switch (target.name, target.index) {
        case ("field", let index) where !isBusy: state.focus = index
        case ("button", 0) where !isBusy: return submit()
        case ("button", 1): return [.quit]
        default: break
        }
        return []
    }

    mutating func paste(_ text: String) {
        if !isBusy { _ = state.paste(text, in: form) }
    }

    private mutating func submit() -> [Effect] {
        let name = state.text("user").filter { !$0.isWhitespace }
        guard !name.isEmpty, !state.isEmpty("password"), let password = state.takeSecret("password") else {
            state.focus = name.isEmpty ? 0 : 1
            problem = name.isEmpty ? "Enter your user name." : "Enter your password."
            return []
        }
        isBusy = true
        return [.logIn(name, password)]
    }

    mutating func refuse(_ complaint: Complaint) {
        isBusy = false
        problem = complaint.description.startingUpper
        state.focus = 1
    }
}
