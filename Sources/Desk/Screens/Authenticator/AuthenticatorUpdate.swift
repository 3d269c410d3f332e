import Domain
import Secrets
import Services
import TerminalKit

extension AuthenticatorScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return ask(context)
        case .key(let key): return handle(key, context)
        case .command(.back): return leave()
        case .paste(let text):
            switch phase {
            case .enrolling, .set: _ = state.paste(text, in: form)
            default: break
            }
            return []
        case .mouse(let target, let event) where event.action == .press: return press(target, context)
        case .locked:
            // Another secret takes the place of this one when the desk is open again.
            phase = .idle
            state = FormState(Self.codeForm(.empty, isBusy: false))
            return []
        case .loaded(let loaded, let ticket): return take(loaded, ticket)
        default: return []
        }
    }

    private mutating func ask(_ context: ScreenContext) -> [Effect] {
        guard phase == .idle else { return [] }
        phase = .waiting
        lastTicket += 1
        return [.openAuthenticator(context.ticket(lastTicket))]
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if key == .escape { return leave() }
        if case .checking = phase { return [] }
        if case .submit(let button) = state.handle(key, in: form) { return give(button ?? usualButton, context) }
        problem = ""
        return []
    }

    private mutating func press(_ target: HitTarget, _ context: ScreenContext) -> [Effect] {
        switch target.name {
        case "close": return leave()
        case "field": state.focus = target.index
        case "button":
            return form.buttons.dropFirst(target.index).first.map { give($0.id, context) } ?? []
        default: break
        }
        return []
    }

    private mutating func give(_ button: String, _ context: ScreenContext) -> [Effect] {
        switch (button, phase) {
        case ("close", _): return leave()
        case ("confirm", .enrolling(let offer)):
            let code = state.text("code").filter { !$0.isWhitespace }
            guard !code.isEmpty else {
                problem = "Enter the code that the app shows."
                return []
            }
            state = FormState(Self.codeForm(.empty, isBusy: false))
            phase = .checking(offer)
            lastTicket += 1
            return [.confirmAuthenticator(SecretBytes(utf8: code), context.ticket(lastTicket))]
        case ("remove", .set(let since)):
            let code = state.text("code").filter { !$0.isWhitespace }
            guard !code.isEmpty else {
                problem = "Enter a code that the app shows."
                return []
            }
            state = FormState(Self.setForm(.empty))
            phase = .removing(since: since)
            lastTicket += 1
            return [.removeAuthenticator(SecretBytes(utf8: code), context.ticket(lastTicket))]
        default: return []
        }
    }

    private var usualButton: String { if case .set = phase { "remove" } else { "confirm" } }

    /// A secret whose first code never came is forgotten.
    private func leave() -> [Effect] {
        switch phase {
        case .idle, .waiting, .enrolling: [.abandonAuthenticator, .pop]
        // The code on its way may be the right one: what it sets up then stays.
        case .checking, .set, .removing, .failed: [.pop]
        }
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket) -> [Effect] {
        guard ticket.number == lastTicket else { return [] }
        switch (loaded, phase) {
        case (.authenticator(.offered(let offer), let isAskedFor), .waiting):
            self.isAskedFor = isAskedFor
            phase = .enrolling(offer)
        case (.authenticator(.set(let since), let isAskedFor), _):
            self.isAskedFor = isAskedFor
            phase = .set(since: since)
            state = FormState(Self.setForm(.empty))
        case (.done(let text), _): return [.pop, .toast(Toast(.success, text))]
        case (.failed(let complaint), .checking(let offer)):
            problem = complaint.description.startingUpper
            phase = .enrolling(offer)
        case (.failed(let complaint), .removing(let since)):
            problem = complaint.description.startingUpper
            phase = .set(since: since)
        case (.failed(let complaint), _):
            phase = .failed(complaint.description.startingUpper)
            state = FormState(form)
        default: break
        }
        return []
    }
}
