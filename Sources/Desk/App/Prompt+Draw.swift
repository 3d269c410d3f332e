import TerminalKit

extension Prompt {
    /// A small dialog with one line of text; returns where the cursor stands.
    func draw(_ editor: LineEditor, isRefused: Bool, accept: String, on canvas: inout Canvas, in screen: Rect) -> Point
    {
        canvas.dimBackdrop()
        let width = min(screen.width - 4, 64)
        let said = isRefused ? "✗ \(refusal.isEmpty ? needed : refusal)" : hint
        let lines = said.isEmpty ? [] : Text.wrap(said, to: width - 4, lines: 4)
        let frame = screen.centred(Size(columns: width, rows: 4 + lines.count))
        Overlay.draw(frame, title: Line(title, .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        var row = inner.sliceTop(1)
        let name = row.sliceLeft(Text.width(label) + 2)
        canvas.put(label, in: name, style: Style(.accent, on: .dialog, .bold))
        let cursor = editor.draw(on: &canvas, in: row, style: Style(.inputText, on: .inputFocused))
        for line in lines {
            canvas.put(Line(line, isRefused ? .danger : .muted), in: inner.sliceTop(1), surface: .dialog)
        }
        canvas.put("\(accept) accept   Esc cancel", in: inner.bottom(1), style: Style(.muted, on: .dialog))
        return cursor
    }
}
