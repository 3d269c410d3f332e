import TerminalKit

extension Prompt {
    /// A small dialog with one line of text; returns where the cursor stands.
    func draw(_ editor: LineEditor, isRefused: Bool, accept: String, on canvas: inout Canvas, in screen: Rect) -> Point
    {
        canvas.dimBackdrop()
        let said = isRefused ? Line("✗ \(needed)", .danger) : Line(hint, .muted)
        let frame = screen.centred(Size(columns: min(screen.width - 4, 64), rows: said.isEmpty ? 4 : 5))
        Overlay.draw(frame, title: Line(title, .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        var row = inner.sliceTop(1)
        let name = row.sliceLeft(Text.width(label) + 2)
        canvas.put(label, in: name, style: Style(.accent, on: .dialog, .bold))
        let cursor = editor.draw(on: &canvas, in: row, style: Style(.inputText, on: .inputFocused))
        if !said.isEmpty { canvas.put(said, in: inner.sliceTop(1), surface: .dialog) }
        canvas.put("\(accept) accept   Esc cancel", in: inner.bottom(1), style: Style(.muted, on: .dialog))
        return cursor
    }
}
