import Secrets

/// What has been typed into a form and where the focus is.
public struct FormState: Equatable, Sendable {
    public enum Value: Equatable, Sendable {
        case text(LineEditor)
        case masked(MaskedEditor)
        case choice(Int)
    }

    /// By field id.
    public private(set) var values: [String: Value] = [:]
    /// Index of the field with the focus; buttons follow after the fields.
    public var focus: Int
    /// Whether a person has typed, pasted or chosen something since the form began.
    public private(set) var isEdited = false

    /// Starts with the texts and choices given, everything else empty, and the focus on the first editable field.
    public init(_ form: Form, texts: [String: String] = [:]) {
        focus = form.fields.firstIndex { !$0.isReadOnly } ?? form.fields.count
        for field in form.fields {
            switch field.kind {
            case .text: values[field.id] = .text(LineEditor(texts[field.id] ?? ""))
            case .masked: values[field.id] = .masked(MaskedEditor())
            case .choice(let options):
                values[field.id] = .choice(texts[field.id].flatMap { options.firstIndex(of: $0) } ?? 0)
            }
        }
    }

    public func text(_ id: String) -> String {
        if case .text(let editor) = values[id] { editor.text } else { "" }
    }
    public func choice(_ id: String) -> Int {
        if case .choice(let index) = values[id] { index } else { 0 }
    }
    public func isEmpty(_ id: String) -> Bool {
        switch values[id] {
        case .text(let editor): editor.isEmpty
        case .masked(let editor): editor.isEmpty
        default: false
        }
    }
    public mutating func setText(_ id: String, _ text: String) {
        if case .text = values[id] { values[id] = .text(LineEditor(text)) }
    }
    public mutating func fillSecret(_ id: String, _ secret: SecretBytes) {
        guard case .masked(var editor) = values[id] else { return }
        editor.fill(secret)
        values[id] = .masked(editor)
    }
    /// Hands out what was typed into a masked field and empties it.
    public mutating func takeSecret(_ id: String) -> SecretBytes? {
        guard case .masked(var editor) = values[id] else { return nil }
        let secret = editor.take()
        values[id] = .masked(editor)
        return secret
    }

    /// What was typed so far is kept elsewhere now: leaving loses nothing of it.
    public mutating func markKept() { isEdited = false }

    public mutating func handle(_ key: Key, in form: Form) -> FormOutcome {
        switch key {
        case .escape: return .cancel
        case .tab, .down: return moveFocus(by: 1, in: form)
        case .backtab, .up: return moveFocus(by: -1, in: form)
        case .enter: return enter(in: form)
        default: break
        }
        guard focus < form.fields.count else { return handleOnButton(key, in: form) }
        return editField(form.fields[focus], key: key)
    }

    /// A paste goes into the focused field as one edit and never submits.
    public mutating func paste(_ text: String, in form: Form) -> FormOutcome {
        guard focus < form.fields.count, !form.fields[focus].isReadOnly else { return .ignored }
        let id = form.fields[focus].id
        switch values[id] {
        case .text(var editor):
            editor.paste(text)
            values[id] = .text(editor)
        case .masked(var editor):
            editor.paste(text)
            values[id] = .masked(editor)
        default: return .ignored
        }
        isEdited = true
        return .changed
    }

    private mutating func moveFocus(by step: Int, in form: Form) -> FormOutcome {
        let places = (0..<form.fields.count + form.buttons.count).filter { place in
            place < form.fields.count
                ? !form.fields[place].isReadOnly : form.buttons[place - form.fields.count].isEnabled
        }
        guard !places.isEmpty else { return .ignored }
        let here = places.firstIndex(of: focus) ?? (step > 0 ? -1 : 0)
        focus = places[(here + step + places.count) % places.count]
        return .changed
    }

    private mutating func enter(in form: Form) -> FormOutcome {
        if focus >= form.fields.count {
            let button = focus - form.fields.count
            return button < form.buttons.count ? .submit(buttonId: form.buttons[button].id) : .submit(buttonId: nil)
        }
        let last = form.fields.lastIndex { !$0.isReadOnly } ?? 0
        return focus >= last ? .submit(buttonId: nil) : moveFocus(by: 1, in: form)
    }

    private mutating func handleOnButton(_ key: Key, in form: Form) -> FormOutcome {
        switch key {
        case .left: moveFocus(by: -1, in: form)
        case .right: moveFocus(by: 1, in: form)
        case .space: enter(in: form)
        default: .ignored
        }
    }

    /// The next option that begins with a letter, in whatever case; the same letter again goes on to the one after.
    private static func option(after index: Int, beginningWith letter: Character?, _ options: [String]) -> Int? {
        (1...options.count).map { (index + $0) % options.count }
            .first { options[$0].first?.lowercased() == letter?.lowercased() }
    }

    private mutating func editField(_ field: Form.Field, key: Key) -> FormOutcome {
        guard !field.isReadOnly else { return .ignored }
        switch (values[field.id], field.kind) {
        case (.text(var editor), _):
            guard editor.handle(key) else { return .ignored }
            values[field.id] = .text(editor)
        case (.masked(var editor), _):
            guard editor.handle(key) else { return .ignored }
            values[field.id] = .masked(editor)
        case (.choice(let index), .choice(let options)) where !options.isEmpty:
            switch key {
            case .left: values[field.id] = .choice((index + options.count - 1) % options.count)
            case .right, .space: values[field.id] = .choice((index + 1) % options.count)
            case _ where key.typed != nil:
                guard let next = Self.option(after: index, beginningWith: key.typed, options) else { return .ignored }
                values[field.id] = .choice(next)
            default: return .ignored
            }
        default: return .ignored
        }
        isEdited = true
        return .changed
    }
}
