import TerminalKit

/// A form in a frame in the middle of its screen, as wide as asked or as there is room.
struct FormDialog {
    var title: String
    var form: Form
    var width: Int

    func draw(_ state: FormState, on canvas: inout Canvas, in rect: Rect) -> Form.Drawing {
        // A wide screen has room for what is wrong in one line.
        let columns = min(max(width, rect.width * 5 / 6), 96, rect.width - 2)
        let frame = rect.centred(Size(columns: columns, rows: form.height(width: columns - 4) + 4))
        Overlay.draw(frame, title: Line(Text.clip(title, to: columns - 6), .heading, .bold), on: &canvas)
        return form.draw(state, on: &canvas, in: frame.inset(columns: 2, rows: 2))
    }
}
