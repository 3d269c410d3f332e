import Domain
import Services
import TerminalKit

/// The form for one business: a new one, or the edit of one that stands.
struct EditBusinessScreen: Screen {
    let business: Business?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(business: Business?) {
        self.business = business
        state = FormState(
            Self.form([:], .empty),
            texts: [
                "name": business?.name ?? "", "pan": business?.pan?.text ?? "",
                "gstins": business?.gstins.joined(separator: " ") ?? "",
                "tans": business?.tans.joined(separator: " ") ?? "", "group": business?.group ?? "",
                "formedOn": business?.formedOn.map(TimeText.date) ?? "",
            ])
    }

    var scope: CommandScope { .editBusiness }
    var trail: [String] { [business == nil ? "Add" : "Edit"] }
    var isTyping: Bool { true }
    var isPanel: Bool { true }

    private static func form(_ errors: [String: String], _ message: Line) -> Form {
        Form(
            fields: [
                .init(id: "name", label: "Name", hint: "as it shall stand everywhere", error: errors["name"]),
                .init(
                    id: "pan", label: "PAN", placeholder: "AAAPA1234A", hint: "its Income Tax account is made from it",
                    error: errors["pan"]),
                .init(
                    id: "gstins", label: "GSTINs", placeholder: "one or several, blank between",
                    hint: "each becomes an account of the GST Portal", error: errors["gstins"]),
                .init(
                    id: "tans", label: "TANs", placeholder: "one or several, blank between",
                    hint: "each becomes an account of TRACES", error: errors["tans"]),
                .init(id: "group", label: "Group", hint: "a word by which you group clients", error: nil),
                .init(
                    id: "formedOn", label: "Formed on", placeholder: "DD-MM-YYYY",
                    hint: "date of birth or incorporation; opens some documents", error: errors["formedOn"]),
            ],
            buttons: [.init(id: "save", title: "Save"), .init(id: "cancel", title: "Cancel")], message: message)
    }

    var form: Form { Self.form(errors, message) }

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
        guard let edit = checked() else {
            state.focus = form.fields.firstIndex { errors[$0.id] != nil } ?? 0
            return []
        }
        isSaving = true
        lastTicket += 1
        return [.saveBusiness(edit, existing: business?.id, context.ticket(lastTicket))]
    }

    /// nil when a field is wrong; `errors` then says which and why.
    private mutating func checked() -> BusinessEdit? {
        errors = [:]
        let name = state.text("name").trimmingCharacters()
        if name.isEmpty { errors["name"] = "the name is needed" }
        var edit = BusinessEdit(
            name: HarmlessText.line(name, limit: 200),
            group: HarmlessText.line(state.text("group").trimmingCharacters(), limit: 60),
            formedOn: day())
        let pans = read("pan", Pan.init)
        if pans.count > 1 { errors["pan"] = "a business has one PAN" }
        edit.pan = pans.first
        edit.gstins = read("gstins", Gstin.init)
        edit.tans = read("tans", Tan.init)
        if edit.pan == nil, errors["pan"] == nil {
            edit.pan = edit.gstins.lazy.compactMap { try? Pan($0.panText) }.first
        }
        if let pan = edit.pan, let other = edit.gstins.first(where: { $0.panText != pan.text }) {
            errors["gstins"] = "\(other) belongs to PAN \(other.panText), not \(pan)"
        }
        return errors.isEmpty ? edit : nil
    }

    private mutating func day() -> LegalDate? {
        let text = state.text("formedOn").filter { !$0.isWhitespace }
        let day = LegalDate(typed: text)
        if day == nil, !text.isEmpty { errors["formedOn"] = "write the day as 27-11-1985" }
        return day
    }

    private mutating func read<T>(_ id: String, _ make: (String) throws(IdentifierProblem) -> T) -> [T] {
        var values: [T] = []
        for word in state.text(id).split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            do {
                values.append(try make(String(word)))
            } catch {
                errors[id] = "\(word) \(error.message)"
            }
        }
        return values
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let title = business == nil ? "Add a business" : "Edit business"
        let drawing = FormDialog(title: title, form: form, width: 76).draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isSaving ? nil : drawing.cursor)
    }
}

extension String {
    fileprivate func trimmingCharacters() -> String {
        var slice = Substring(self)
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
