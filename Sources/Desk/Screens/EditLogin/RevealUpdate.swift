import Domain
import Secrets
import Services
import TerminalKit

extension EditLoginScreen {
    /// The eye: begins to show the password, or hides it.
    mutating func toggleReveal(_ context: ScreenContext) -> [Effect] {
        if reveal?.shown != nil { return hide() }
        guard reveal == nil, !isBusy else { return [] }
        if let refusal = context.refusal(.revealPassword) { return [.toast(Toast(.warning, refusal))] }
        guard account.isPasswordSet else { return [.toast(Toast(.warning, "No password is stored yet"))] }
        reveal = .reason
        revealState = FormState(RevealStep.reasonForm)
        return []
    }

    /// Masks the password again; an open dialog closes without having shown anything.
    mutating func hide() -> [Effect] {
        let wasShown = reveal?.shown != nil
        reveal = nil
        return wasShown ? [.hidePassword(account.identity)] : []
    }

    /// The hints are those of what lies on top: of the code's dialog while it is asked for.
    func hints(_ command: CommandId) -> Bool {
        switch command {
        case .reveal: reveal?.isDialog != true && account.isPasswordSet
        case .resendCode, .inbox: reveal?.challenge?.isMailed == true
        default: true
        }
    }

    /// What a key means while something of the reveal is on the screen; nil when it is for the form below.
    mutating func handleReveal(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        guard let step = reveal else { return nil }
        guard let form = step.form(context) else {
            // Shown: Esc hides, typing another password hides too, everything else goes on as ever.
            if key == .escape { return hide() }
            return key.typed != nil && state.focus == 1 ? hide() + handleForm(key, context) : nil
        }
        let command = context.keys.command(for: key, in: .editLogin)
        if command == .inbox, context.isDemo { return [.push(.inbox)] }
        if command == .resendCode { return resend(step, context) }
        if step.isWaiting { return key == .escape ? hide() : [] }
        switch revealState.handle(key, in: form) {
        case .cancel, .submit(buttonId: "cancel"): return hide()
        case .submit: return answer(step, context)
        case .changed:
            if case .code(let challenge, _) = step { reveal = .code(challenge, problem: "") }
            return []
        case .ignored: return []
        }
    }

    mutating func pressReveal(_ target: HitTarget, _ context: ScreenContext) -> [Effect]? {
        guard let step = reveal, step.isDialog else {
            return target.name == "note" ? toggleReveal(context) : nil
        }
        switch (target.name, target.index) {
        case ("button", 0) where !step.isWaiting: return answer(step, context)
        case ("button", 1): return hide()
        case ("field", _): revealState.focus = 0
        default: break
        }
        return []
    }

    private mutating func answer(_ step: RevealStep, _ context: ScreenContext) -> [Effect] {
        switch step {
        case .reason: return request(context)
        case .code(let challenge, _):
            let code = revealState.text("code").filter { !$0.isWhitespace }
            guard !code.isEmpty else {
                reveal = .code(challenge, problem: "Enter the code.")
                return []
            }
            revealState = FormState(RevealStep.codeForm(.empty, isBusy: false))
            reveal = .checking(challenge)
            lastTicket += 1
            return [.enterCode(challenge, SecretBytes(utf8: code), context.ticket(lastTicket))]
        case .sending, .checking, .shown: return []
        }
    }

    private mutating func request(_ context: ScreenContext) -> [Effect] {
        let text = revealState.text("reason")
        if !text.isEmpty { revealReason = text }
        reveal = .sending
        revealState = FormState(RevealStep.codeForm(.empty, isBusy: true))
        lastTicket += 1
        return [.requestCode(account.identity, reason: revealReason, context.ticket(lastTicket))]
    }

    mutating func resend(_ step: RevealStep, _ context: ScreenContext) -> [Effect] {
        guard case .code(let challenge, _) = step, challenge.isMailed else { return [] }
        let wait = RevealStep.seconds(until: challenge.resendAt, context)
        guard wait == 0 else {
            reveal = .code(challenge, problem: "Another code can be sent in \(Counted.text(wait, "second")).")
            return []
        }
        return request(context)
    }

    /// What the service answered; nil for something that is none of the reveal's.
    mutating func takeReveal(_ loaded: Loaded, _ context: ScreenContext) -> [Effect]? {
        guard let step = reveal else { return nil }
        switch (loaded, step) {
        case (.challenge(let challenge), .sending):
            revealState = FormState(RevealStep.codeForm(.empty, isBusy: false))
            reveal = .code(challenge, problem: "")
        case (.revealed(let revealed), .checking):
            reveal = .shown(revealed)
            state.focus = 1
        case (.failed(let complaint), .checking(let challenge)):
            reveal = .code(challenge, problem: complaint.description.startingUpper)
        case (.failed(let complaint), .sending):
            reveal = nil
            phase = .failed(complaint.description.startingUpper)
        default: return nil
        }
        return []
    }

    /// Time went on: what is shown long enough is masked again.
    mutating func tick(_ context: ScreenContext) -> [Effect] {
        guard let until = reveal?.shown?.until, until <= context.now else { return [] }
        return hide()
    }
}
