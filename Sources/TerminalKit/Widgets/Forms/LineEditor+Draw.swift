extension LineEditor {
    /// Draws the text so that the cursor is always visible, and returns the cursor's place.
    @discardableResult
    public func draw(
        on canvas: inout Canvas, in rect: Rect, style: Style, placeholder: String = "", isFocused: Bool = true
    ) -> Point {
        guard !rect.isEmpty else { return Point(x: rect.x, y: rect.y) }
        canvas.fill(rect.top(1), style: style)
        if isEmpty {
            canvas.put(placeholder, in: rect, style: style.with(.placeholderText))
            return Point(x: rect.x, y: rect.y)
        }
        let window = isFocused ? window(columns: rect.width) : (text: text, cursor: 0)
        canvas.put(window.text, in: rect, style: style)
        return Point(x: rect.x + window.cursor, y: rect.y)
    }

    /// The part of the text that fits around the cursor (which needs a column of its own), and the cursor's column.
    private func window(columns: Int) -> (text: String, cursor: Int) {
        let before = String(text.prefix(cursor))
        let beforeWidth = Text.width(before)
        if beforeWidth < columns {
            return (
                beforeWidth + Text.width(text.dropFirst(cursor)) < columns ? text : fitted(text, columns), beforeWidth
            )
        }
        var used = 0
        var start = before.endIndex
        while start > before.startIndex {
            let previous = before.index(before: start)
            let width = Text.width(of: before[previous])
            // One column for `…` on the left, one for the cursor.
            if used + width > columns - 2 { break }
            used += width
            start = previous
        }
        let shown = "…" + before[start...]
        return (fitted(shown + text.dropFirst(cursor), columns), used + 1)
    }

    private func fitted(_ text: String, _ columns: Int) -> String { Text.clip(text, to: columns) }
}
