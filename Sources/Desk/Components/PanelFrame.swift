import TerminalKit

/// The frame of a panel, with a cross that closes it: a hit called `close`.
enum PanelFrame {
    /// - Returns: the room inside.
    static func draw(_ title: String, on canvas: inout Canvas, in rect: Rect, hits: inout HitMap) -> Rect {
        canvas.fill(rect, style: Style(on: .panel))
        canvas.box(rect, title: Line(title, .heading, .bold), style: Style(.borderFocused, on: .panel))
        let cross = Rect(x: rect.right - 5, y: rect.y, width: 3, height: 1)
        canvas.put(" × ", x: cross.x, y: cross.y, style: Style(.key, on: .panel, .bold))
        hits.add(cross, HitTarget("close"))
        return rect.inset(columns: 3, rows: 2)
    }
}
