import Domain
import Secrets
import Services
import TerminalKit

extension FirstRunState {
    /// - Parameter target: what a click fell on.
    mutating func handle(_ event: InputEvent, target: HitTarget? = nil) -> Effect? {
        switch event {
        case .hangup, .terminate: return .quit
        case .resize(let size): self.size = size
        case .key(.control("l")): return .redraw
        case .key(.control("z")): return .suspend
        case .key(let key): return handle(key)
        case .paste(let text):
            if step == .filling, !isTooSmall { edit { $0.paste(text, in: $1) } }
        case .mouse(let mouse):
            if mouse.action == .press, let target { return press(target) }
        case .focusIn, .focusOut, .resumed, .graphics: break
        }
        return nil
    }

    var isTooSmall: Bool { !size.holds(DeskModel.smallestSize) }

    private mutating func handle(_ key: Key) -> Effect? {
        // Half a workspace is of no use to anybody: what is being made is made to its end.
        if isMaking { return nil }
        if key == .control("c") { return .quit }
        if isTooSmall { return key == "q" ? .quit : nil }
        switch step {
        case .choosing(let index): return choose(key, index)
        case .filling: return fill(key)
        case .code: return key == RecoveryCodePage.key ? .open : nil
        case .makingWorkspace, .makingDemo: return nil
        }
    }

    private var isMaking: Bool {
        switch step {
        case .makingWorkspace, .makingDemo: true
        case .choosing, .filling, .code: false
        }
    }

    private mutating func choose(_ key: Key, _ index: Int) -> Effect? {
        let count = Self.choices.count
        switch key {
        case .up, .backtab, "k": step = .choosing((index + count - 1) % count)
        case .down, .tab, "j": step = .choosing((index + 1) % count)
        case .enter, .space: return take(index)
        case .escape: return .quit
        default:
            guard let letter = Self.choices.firstIndex(where: { key == .character($0.key) }) else { return nil }
            return take(letter)
        }
        return nil
    }

    private mutating func take(_ index: Int) -> Effect? {
        problem = ""
        switch index {
        case 0: step = .filling
        case 1:
            step = .makingDemo(done: 0, of: 0)
            return .makeDemo
        default: return .quit
        }
        return nil
    }

    private mutating func fill(_ key: Key) -> Effect? {
        switch edit({ $0.handle(key, in: $1) }) {
        case .cancel, .submit(buttonId: "back"):
            // A password does not wait behind another screen.
            state = FormState(form, texts: typed)
            (errors, problem, step) = ([:], "", .choosing(0))
        case .submit: return submit()
        case .changed, .ignored: break
        }
        return nil
    }

    private var typed: [String: String] {
        [Field.name, Field.email, Field.provider].reduce(into: [:]) { $0[$1] = state.text($1) }
    }

    /// An edit takes away what was wrong with the field that it is made in.
    @discardableResult
    private mutating func edit(_ body: (inout FormState, Form) -> FormOutcome) -> FormOutcome {
        let (form, focus) = (form, state.focus)
        let before = state
        let outcome = body(&state, form)
        if state != before, state.focus == focus, form.fields.indices.contains(focus) {
            errors[form.fields[focus].id] = nil
            problem = ""
        }
        return outcome
    }

    private mutating func press(_ target: HitTarget) -> Effect? {
        switch (step, target.name) {
        case (.choosing, "choice"): return take(target.index)
        case (.filling, "field"): state.focus = target.index
        case (.filling, "button"): return target.index == 0 ? submit() : fill(.escape)
        case (.code, _): return nil
        default: break
        }
        return nil
    }

    private mutating func submit() -> Effect? {
        let draft = FirstRunDraft(
            name: state.text(Field.name).filter { !$0.isWhitespace },
            email: state.text(Field.email).filter { !$0.isWhitespace },
            password: secret(Field.password) ?? SecretBytes(utf8: ""),
            provider: state.text(Field.provider))
        problem = ""
        errors = faults(draft)
        guard errors.isEmpty else {
            focusFault()
            return nil
        }
        step = .makingWorkspace
        return .create(draft)
    }

    private func faults(_ draft: FirstRunDraft) -> [String: String] {
        var errors: [String: String] = [:]
        func check(_ field: String, _ body: () throws(Complaint) -> Void) {
            do throws(Complaint) {
                try body()
            } catch {
                errors[field] = error.description
            }
        }
        check(Field.name) { () throws(Complaint) in try SetupService.check(name: draft.name) }
        check(Field.email) { () throws(Complaint) in try SetupService.check(email: draft.email) }
        check(Field.password) { () throws(Complaint) in
            try SetupService.check(newPassword: draft.password, of: draft.name)
        }
        if draft.email.isEmpty { errors[Field.email] = "the e-mail address is needed" }
        if draft.password.isEmpty { errors[Field.password] = "a password is needed" }
        if errors[Field.password] == nil, !Self.areSame(draft.password, secret(Field.again)) {
            errors[Field.again] = "the two passwords differ"
        }
        return errors
    }

    private static func areSame(_ one: SecretBytes, _ other: SecretBytes?) -> Bool {
        one.withBytes { left in other?.withBytes { right in left.elementsEqual(right) } ?? false }
    }

    private mutating func focusFault() {
        if let index = form.fields.firstIndex(where: { errors[$0.id] != nil }) { state.focus = index }
    }

    // What comes back from the world.

    mutating func made(_ code: SecretBytes) {
        state = FormState(form)
        step = .code(code)
    }

    mutating func refused(_ refusal: FirstRunRefusal) {
        let text = refusal.complaint.description
        if case .makingDemo = step {
            (step, problem) = (.choosing(1), text.startingUpper)
            return
        }
        step = .filling
        if let field = refusal.field {
            errors[field] = text
            focusFault()
        } else {
            problem = text.startingUpper
        }
    }

    mutating func progressed(_ done: Int, of total: Int) {
        if case .makingDemo = step { step = .makingDemo(done: done, of: total) }
    }
}
