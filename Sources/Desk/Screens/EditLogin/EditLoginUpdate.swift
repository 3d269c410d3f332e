import Domain
import Services
import TerminalKit

extension EditLoginScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared: return account.portal == .gst ? [.gsp(.server(account.identity), context.ticket(0))] : []
        case .key(let key): return handle(key, context)
        case .command(.back): return reveal == nil ? [.pop] : hide()
        case .command(.reveal): return toggleReveal(context)
        case .command(.resendCode): return reveal.map { resend($0, context) } ?? []
        case .paste(let text):
            return paste(text, context)
        case .mouse(let target, let event) where event.action == .press: return press(target, context)
        case .changed: return watch(context)
        case .locked:
            _ = state.takeSecret("password")
            if phase == .saving {
                phase = .failed(
                    "The desk was locked while the login was stored. Look how it stands before trying again.")
            }
            return hide()
        case .focusLost: return reveal?.shown == nil ? [] : hide()
        case .tick: return tick(context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        default: return []
        }
    }

    func form(_ context: ScreenContext) -> Form {
        Self.form(
            account, phase: phase, usernameError, passwordError, message(context),
            needsPassword: needsPassword, eye: eye(context), shown: reveal?.shown?.password)
    }

    /// What stands beside the password: how to see it, or how long it still shows.
    private func eye(_ context: ScreenContext) -> Line {
        guard account.isPasswordSet else { return .empty }
        let key = context.label(.reveal, .editLogin)
        guard let until = reveal?.shown?.until else { return Line("◉ show \(key)", .link) }
        return Line("◉ hide \(key) · \(RevealStep.seconds(until: until, context)) s", .warning)
    }

    private mutating func paste(_ text: String, _ context: ScreenContext) -> [Effect] {
        if let step = reveal, let form = step.form(context) {
            if !step.isWaiting { _ = revealState.paste(text, in: form) }
            return []
        }
        if !isBusy { _ = state.paste(text, in: form(context)) }
        return reveal == nil ? [] : hide()
    }

    func message(_ context: ScreenContext) -> String {
        switch phase {
        case .saving: return "Storing the login…"
        case .verifying: return "Asking the portal: exactly one attempt… Esc leaves; the verification goes on."
        case .postponed(_, let text): return text
        case .refused(let text): return "✗ Not Verified: \(text)"
        case .failed(let text): return "✗ \(text)"
        case .editing: break
        }
        guard account.isConfigured, account.status == .notVerified, let reason = account.reason, reason != .neverChecked
        else {
            return attempt("One attempt is made at the portal on Submit.")
        }
        let said = account.reasonMessage.isEmpty ? reason.title : account.reasonMessage
        let at = account.checkedAt.map { " on \(context.full($0))" } ?? ""
        let stop = said.hasSuffix(".") ? "" : "."
        return "✗ Not Verified\(at): \(said)\(stop) " + attempt("One attempt is made on Submit.")
    }

    /// What Submit does at the portal: `usual`, but where a GSP serves the login.
    private func attempt(_ usual: String) -> String {
        guard let server, server.isGsp else { return usual }
        return "\(server.name) is a GSP: GSTN never gets this password; it serves the bridge and people only. "
            + "Submit asks for the API session."
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if context.keys.command(for: key, in: .editLogin) == .reveal { return toggleReveal(context) }
        return handleReveal(key, context) ?? handleForm(key, context)
    }

    mutating func handleForm(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if isBusy { return key == .escape ? [.pop] : [] }
        usernameError = nil
        passwordError = nil
        switch state.handle(key, in: form(context)) {
        case .cancel, .submit(buttonId: "cancel"): return hide() + [.pop]
        case .submit: return hide() + submit(context)
        case .changed, .ignored: return []
        }
    }

    private mutating func press(_ target: HitTarget, _ context: ScreenContext) -> [Effect] {
        if let effects = pressReveal(target, context) { return effects }
        switch (target.name, target.index) {
        case ("field", let index) where !isBusy: state.focus = index
        case ("button", 0) where !isBusy: return hide() + submit(context)
        case ("button", 1), ("close", _): return hide() + [.pop]
        default: break
        }
        return []
    }

    private mutating func submit(_ context: ScreenContext) -> [Effect] {
        if let refusal = context.refusal(.editCredential) {
            phase = .failed(refusal)
            return []
        }
        let username = state.text("username")
        if username.allSatisfy(\.isWhitespace) { usernameError = "the user name is needed" }
        if state.isEmpty("password"), !account.isPasswordSet, needsPassword { passwordError = "the password is needed" }
        guard usernameError == nil, passwordError == nil else {
            state.focus = usernameError == nil ? 1 : 0
            return []
        }
        phase = .saving
        lastTicket += 1
        let password = state.isEmpty("password") ? nil : state.takeSecret("password")
        storesPassword = password != nil
        return [.saveLogin(account.identity, username: username, password: password, context.ticket(lastTicket))]
    }

    /// Something was committed: look how the verification goes.
    private mutating func watch(_ context: ScreenContext) -> [Effect] {
        switch phase {
        case .verifying(let id), .postponed(let id, _): return [.loadJob(id, context.ticket(lastTicket))]
        default: return []
        }
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        if case .server(let found) = loaded {
            server = found
            return []
        }
        guard ticket.number == lastTicket else { return [] }
        if let effects = takeReveal(loaded, context) { return effects }
        switch loaded {
        case .loginSaved(let job):
            state.markKept()
            guard let job else { return [.pop, .toast(Toast(.success, "Saved"))] }
            account.isPasswordSet = account.isPasswordSet || storesPassword
            account.username = state.text("username")
            phase = .verifying(job)
            return watch(context)
        case .told(let text, let detail): return [.pop, .toast(Toast(.warning, text, detail: detail))]
        case .job(let job): return job.map { verdict($0, context) } ?? []
        case .failed(let complaint):
            phase = .failed(complaint.description)
            state.focus = 1
            return []
        default: return []
        }
    }

    private mutating func verdict(_ job: Job, _ context: ScreenContext) -> [Effect] {
        let cause = job.cause ?? .internal
        switch job.status {
        case .done:
            let detail = "\(account.portal.title) accepted \(account.identity)"
            return [.pop, .toast(Toast(.success, "Verified", detail: detail))]
        case .failed:
            phase = .refused(Self.sentence(cause, job.message))
            // What is wrong is most often the password: it waits for the next one.
            state.focus = cause == .notRegistered ? 0 : 1
        case .needsInput: phase = .refused("\((job.cause ?? .otpRequired).title): the job waits for an answer")
        case .cancelled: phase = .failed("The verification was cancelled.")
        case .retrying:
            let next = job.nextTryAt.map { " at \(context.minute($0))" } ?? ""
            phase = .postponed(
                job.id,
                "! \(Self.sentence(cause, job.message)). It is tried again\(next) by itself; Esc closes this form.")
        case .queued, .running: break
        }
        return []
    }

    private static func sentence(_ cause: Cause, _ message: String) -> String {
        message.isEmpty || message == cause.title ? cause.title : "\(cause.title): \(message)"
    }
}
