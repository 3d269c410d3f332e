import Services
import TerminalKit

/// A form in a panel of its own: typed, checked, and saved by one effect. It closes when that is done.
protocol FormScreen: Screen {
    var state: FormState { get set }
    /// What is wrong, by field.
    var errors: [String: String] { get set }
    /// Why the last attempt to save did not work; until something else is typed.
    var message: Line { get set }
    var isSaving: Bool { get set }
    /// Number of the newest attempt to save.
    var lastTicket: Int { get set }

    var title: String { get }
    /// Its first button saves, the other one leaves.
    func form(_ context: ScreenContext) -> Form
    /// What saves the form; nil when a field is wrong, and `errors` then says which and why.
    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)?
}

extension FormScreen {
    var isTyping: Bool { true }
    var holdsUnsaved: Bool { state.isEdited && !isSaving }
    var isPanel: Bool { true }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] { updateForm(event, context) }

    /// What every form does with an event; a form looks before at what it has of its own.
    mutating func updateForm(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .key(let key): return handle(key, context)
        case .command(.back): return [.pop]
        case .paste(let text):
            if !isSaving { _ = state.paste(text, in: form(context)) }
            return []
        case .mouse(let target, let event) where event.action == .press:
            if target.name == "field" { state.focus = target.index }
            if target.name == "button" { return target.index == 0 ? save(context) : [.pop] }
            return []
        case .locked:
            unlearn()
            return []
        case .loaded(.done(let text), let ticket) where ticket.number == lastTicket:
            return [.pop, .toast(Toast(.success, text))]
        case .loaded(.told(let text, let detail), let ticket) where ticket.number == lastTicket:
            return [.pop, .toast(Toast(.warning, text, detail: detail))]
        case .loaded(.failed(let complaint), let ticket) where ticket.number == lastTicket:
            isSaving = false
            message = Line("✗ \(complaint.description)", .danger)
            return []
        default: return []
        }
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard !isSaving else { return key == .escape ? [.pop] : [] }
        switch state.handle(key, in: form(context)) {
        case .cancel, .submit(buttonId: "cancel"): return [.pop]
        case .submit: return save(context)
        case .changed:
            errors = [:]
            message = .empty
            return []
        case .ignored: return []
        }
    }

    private mutating func save(_ context: ScreenContext) -> [Effect] {
        // A second click would make the same thing twice.
        guard !isSaving else { return [] }
        errors = [:]
        message = .empty
        guard let effect = saving(context) else {
            state.focus = form(context).fields.firstIndex { errors[$0.id] != nil } ?? 0
            return []
        }
        isSaving = true
        lastTicket += 1
        return [effect(context.ticket(lastTicket))]
    }

    /// The desk was locked: the answer to what is being saved does not come any more.
    private mutating func unlearn() {
        guard isSaving else { return }
        isSaving = false
        message = Line(
            "! The desk was locked while this was saved. Look whether it is there before saving again.", .warning)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var form = form(context)
        if !form.buttons.isEmpty { form.buttons[0].isEnabled = !isSaving }
        let drawing = FormDialog(title: title, form: form, width: 76).draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isSaving ? nil : drawing.cursor)
    }
}
