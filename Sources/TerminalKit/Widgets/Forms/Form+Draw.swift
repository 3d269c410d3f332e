import Secrets

extension Form {
    /// What drawing a form tells: where the cursor belongs (nil on a button) and where its parts are.
    public struct Drawing: Sendable {
        public var cursor: Point?
        public var hits: HitMap
    }

    private var labelWidth: Int { fields.map { Text.width($0.label) }.max() ?? 0 }

    /// Rows for all fields with their hint lines, the message and the buttons, in `width` columns.
    public func height(width: Int) -> Int {
        let note = message.isEmpty ? 0 : 1 + Text.wrap(message.text, to: max(1, width)).count
        return fields.reduce(0) { $0 + 1 + under($1, width: width) } + note + (buttons.isEmpty ? 0 : 1)
    }

    /// Rows under a field: one for its hint, more where what is wrong takes several lines.
    private func under(_ field: Field, width: Int) -> Int { max(1, errorLines(field, width: width).count) }

    private func errorLines(_ field: Field, width: Int) -> [String] {
        field.error.map { Text.wrap("✗ \($0)", to: max(1, width - labelWidth - 2)) } ?? []
    }

    /// Hits: `field` and `button`, each with its number.
    public func draw(_ state: FormState, on canvas: inout Canvas, in rect: Rect, surface: Surface = .dialog) -> Drawing
    {
        var drawing = Drawing(cursor: nil, hits: HitMap())
        var area = rect
        let foot = buttons.isEmpty ? nil : area.sliceBottom(1)
        for (index, field) in fields.enumerated() where area.height > 0 {
            let row = area.sliceTop(1)
            let isFocused = state.focus == index
            let cursor = draw(field, state, on: &canvas, in: row, surface: surface, isFocused: isFocused)
            if isFocused { drawing.cursor = cursor }
            drawing.hits.add(row, HitTarget("field", index))
            if !field.note.isEmpty { drawing.hits.add(noteRect(field, in: row), HitTarget("note", index)) }
            drawUnder(
                field, on: &canvas, in: area.sliceTop(under(field, width: rect.width)), surface: surface,
                isFocused: isFocused)
        }
        if !message.isEmpty {
            let role = message.spans.first?.role ?? .text
            for line in Text.wrap(message.text, to: max(1, area.width), lines: area.height) {
                canvas.put(line, in: area.sliceTop(1), style: Style(role, on: surface))
            }
        }
        if let foot {
            let focused = state.focus - fields.count
            ButtonRow(buttons: buttons, focused: focused >= 0 ? focused : nil)
                .draw(on: &canvas, in: foot, surface: surface, hits: &drawing.hits)
        }
        return drawing
    }

    private func noteRect(_ field: Field, in row: Rect) -> Rect {
        row.right(min(field.note.width, (row.width - labelWidth - 2) / 2))
    }

    private func draw(
        _ field: Field, _ state: FormState, on canvas: inout Canvas, in row: Rect, surface: Surface, isFocused: Bool
    ) -> Point? {
        var rest = row
        let label = rest.sliceLeft(labelWidth + 2)
        canvas.put(
            field.label, in: label, style: Style(isFocused ? .accent : .text, on: surface, isFocused ? .bold : []))
        if !field.note.isEmpty {
            canvas.put(field.note, in: noteRect(field, in: row), surface: surface)
            _ = rest.sliceRight(noteRect(field, in: row).width + 1)
        }
        let background: Surface = field.isReadOnly ? surface : (isFocused ? .inputFocused : .input)
        let style = Style(field.isReadOnly ? .muted : .inputText, on: background)
        canvas.fill(rest, style: style)
        let inner = field.isReadOnly ? rest : rest.inset(left: 1)
        switch state.values[field.id] {
        case .text(let editor):
            return editor.draw(
                on: &canvas, in: inner, style: style, placeholder: field.placeholder, isFocused: isFocused)
        case .masked(let editor) where editor.isEmpty && field.shown != nil:
            field.shown?.withBytes { bytes in
                _ = canvas.put(String(decoding: bytes, as: UTF8.self), in: inner, style: style.with(.accent))
            }
            return Point(x: inner.x, y: inner.y)
        case .masked(let editor):
            return editor.draw(
                on: &canvas, in: inner, style: style, placeholder: field.placeholder, isFocused: isFocused)
        case .choice(let index):
            guard case .choice(let options) = field.kind, options.indices.contains(index) else { return nil }
            canvas.put(isFocused ? "‹ \(options[index]) ›" : options[index], in: inner, style: style)
            return nil
        case nil: return nil
        }
    }

    private func drawUnder(_ field: Field, on canvas: inout Canvas, in rect: Rect, surface: Surface, isFocused: Bool) {
        let area = rect.inset(left: labelWidth + 2)
        for (index, line) in errorLines(field, width: rect.width).enumerated() where index < area.height {
            canvas.put(line, in: area.row(index), style: Style(.danger, on: surface))
        }
        if field.error == nil, isFocused, !field.hint.isEmpty {
            canvas.put(field.hint, in: area, style: Style(.muted, on: surface))
        }
    }
}
