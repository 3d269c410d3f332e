import Domain
import Secrets
import Services
import TerminalKit

extension ConnectScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return [.gsp(.connection(identity), context.ticket(0))]
        case .key(let key): return handle(key, context)
        case .command(.back): return [.pop]
        case .paste(let text):
            if busy.isEmpty { _ = state.paste(text, in: form(context)) }
            return []
        case .mouse(let target, let event) where event.action == .press: return press(target, context)
        case .locked:
            // Answers that are under way do not come any more.
            (busy, pendingSecrets) = ("", 0)
            begin(context)
            return []
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        default: return []
        }
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        let isDeed = ticket.number == Self.deed
        switch loaded {
        case .connection(let connection):
            if isDeed { busy = "" }
            self.connection = connection
            let key = key(connection)
            if key != formKey { problem = "" }
            if key != formKey || isFormStale { begin(context) }
            formKey = key
            return []
        case .account(let account): return openLogin(account)
        case .done:
            // The last of several secrets brings the next step.
            state.markKept()
            pendingSecrets = max(0, pendingSecrets - 1)
            if pendingSecrets > 0 { return [] }
            busy = ""
            return [.gsp(.connection(identity), context.ticket(0))]
        case .failed(let complaint):
            if isDeed {
                busy = ""
                pendingSecrets = 0
            }
            problem = complaint.description.startingUpper
            return isDeed ? [.gsp(.connection(identity), context.ticket(0))] : []
        default: return []
        }
    }

    /// What the form is about: with another step, other secrets or another question it starts empty.
    private func key(_ connection: GspService.Connection) -> String {
        let step = connection.current.map { "\($0.rawValue)" } ?? "done"
        let job = connection.waitingJob.map { "\($0.id) \($0.message)" } ?? ""
        return ([step, job] + connection.missingSecrets + connection.choices).joined(separator: "\n")
    }

    private mutating func begin(_ context: ScreenContext) {
        state = FormState(form(context))
        isFormStale = !busy.isEmpty
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if key == .escape { return [.pop] }
        if !busy.isEmpty { return [] }
        problem = ""
        switch state.handle(key, in: form(context)) {
        case .submit(let button): return give(button ?? form(context).buttons.first?.id ?? "close", context)
        case .cancel: return [.pop]
        case .changed, .ignored: return []
        }
    }

    private mutating func press(_ target: HitTarget, _ context: ScreenContext) -> [Effect] {
        switch target.name {
        case "close": return [.pop]
        case "field": state.focus = target.index
        case "button":
            let button = form(context).buttons.dropFirst(target.index).first
            return button.map { give($0.id, context) } ?? []
        default: break
        }
        return []
    }

    private mutating func give(_ button: String, _ context: ScreenContext) -> [Effect] {
        guard let connection, button != "close" else { return [.pop] }
        if button == "login" { return [.loadAccount(identity, context.ticket(0))] }
        if let refusal = refusal(context) { return [.toast(Toast(.warning, refusal))] }
        let ticket = context.ticket(Self.deed)
        switch button {
        case "choose":
            let index = state.choice("gsp")
            guard connection.choices.indices.contains(index) else { return [] }
            busy = "Choosing \(connection.choices[index])…"
            return [.gsp(.choose(connection.choices[index], identity), ticket)]
        case "keep": return keep(connection, ticket)
        case "begin":
            busy = connection.current == .firstCall ? "Making the first call…" : "Asking GSTN…"
            return [.gsp(.begin(identity), ticket)]
        case "send":
            let otp = state.text("otp").filter { !$0.isWhitespace }
            guard !otp.isEmpty, let job = connection.waitingJob else {
                problem = "Enter the OTP that the taxpayer got."
                return []
            }
            state.setText("otp", "")
            busy = "Passing the OTP on…"
            return [.relay(.answer(job.id, SecretBytes(utf8: otp)), ticket)]
        default: return []
        }
    }

    private mutating func keep(_ connection: GspService.Connection, _ ticket: Ticket) -> [Effect] {
        if let index = connection.missingSecrets.firstIndex(where: { state.isEmpty($0) }) {
            state.focus = index
            problem = "\(connection.missingSecrets[index]) is needed."
            return []
        }
        let effects = connection.missingSecrets.compactMap { field in
            state.takeSecret(field).map {
                Effect.gsp(.keep($0, field: field, provider: connection.standing.provider), ticket)
            }
        }
        pendingSecrets = effects.count
        busy = "Into the vault…"
        return effects
    }
}
