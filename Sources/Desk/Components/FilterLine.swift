import TerminalKit

/// The filter of a list: filters while it is typed; Enter keeps it, Esc clears it.
struct FilterLine: Sendable, Hashable {
    private(set) var editor: LineEditor?
    private(set) var text: String
    /// What the filter said when the screen came up: a part of where one is, so clearing leads back to it.
    let preset: String

    init(preset: String = "") {
        self.preset = preset
        text = preset
    }

    var isEditing: Bool { editor != nil }
    /// Whether there is nothing that a person has typed here.
    var isCleared: Bool { text == preset }

    mutating func begin() { editor = LineEditor(text) }
    mutating func set(_ text: String) {
        self.text = text
        editor = nil
    }
    mutating func clear() { set(preset) }

    /// Whether the text changed.
    mutating func handle(_ key: Key) -> Bool {
        guard var line = editor else { return false }
        switch key {
        case .enter, .tab, .down:
            editor = nil
            return false
        case .escape:
            defer { clear() }
            return !isCleared
        default:
            guard line.handle(key) else { return false }
            return take(line)
        }
    }

    mutating func paste(_ pasted: String) -> Bool {
        guard var line = editor else { return false }
        line.paste(pasted)
        return take(line)
    }

    private mutating func take(_ line: LineEditor) -> Bool {
        editor = line
        defer { text = line.text }
        return text != line.text
    }

    /// Columns that it takes while nobody types.
    var width: Int { Text.width("filter: ") + Text.width(text.isEmpty ? "none" : text) }

    /// `filter: none`, or the text with its cursor. Returns where the cursor stands while it is typed.
    func draw(on canvas: inout Canvas, in rect: Rect, surface: Surface, placeholder: String) -> Point? {
        let label = canvas.put("filter: ", x: rect.x, y: rect.y, style: Style(.muted, on: surface), width: rect.width)
        let field = rect.inset(left: label)
        if let editor {
            return editor.draw(
                on: &canvas, in: field, style: Style(.inputText, on: .inputFocused), placeholder: placeholder)
        }
        let style = Style(text.isEmpty ? .muted : .accent, on: surface, text.isEmpty ? [] : .bold)
        canvas.put(text.isEmpty ? "none" : text, in: field, style: style)
        return nil
    }
}
