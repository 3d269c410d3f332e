import Services
import TerminalKit

/// A form in a panel of its own: typed, checked, and saved by one effect. It closes when that is done.
protocol FormScreen: Screen {
    var state: FormState { get set }
    /// What is wrong, by field.
    var errors: [String: String] { get set }
    var message: Line { get set }
    var isSaving: Bool { get set }
    /// Number of the newest attempt to save.
    var lastTicket: Int { get set }

    var title: String { get }
    /// Its first button saves, the other one leaves.
    var form: Form { get }
    /// What saves the form; nil when a field is wrong, and `errors` then says which and why.
    mutating func saving() -> ((Ticket) -> Effect)?
}

extension FormScreen {
    var isTyping: Bool { true }
    var isPanel: Bool { true }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .key(let key): return handle(key, context)
        case .command(.back): return [.pop]
        case .paste(let text):
            _ = state.paste(text, in: form)
            return []
        case .mouse(let target, let event) where event.action == .press:
            if target.name == "field" { state.focus = target.index }
            if target.name == "button" { return target.index == 0 ? save(context) : [.pop] }
            return []
        case .loaded(.done(let text), let ticket) where ticket.number == lastTicket:
            return [.pop, .toast(Toast(.success, text))]
        case .loaded(.failed(let complaint), let ticket) where ticket.number == lastTicket:
            isSaving = false
            message = Line("✗ \(complaint.description)", .danger)
            return []
        default: return []
        }
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard !isSaving else { return [] }
        switch state.handle(key, in: form) {
        case .cancel, .submit(buttonId: "cancel"): return [.pop]
        case .submit: return save(context)
        case .changed:
            errors = [:]
            return []
        case .ignored: return []
        }
    }

    private mutating func save(_ context: ScreenContext) -> [Effect] {
        errors = [:]
        guard let effect = saving() else {
            state.focus = form.fields.firstIndex { errors[$0.id] != nil } ?? 0
            return []
        }
        isSaving = true
        lastTicket += 1
        return [effect(context.ticket(lastTicket))]
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let drawing = FormDialog(title: title, form: form, width: 76).draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isSaving ? nil : drawing.cursor)
    }
}
