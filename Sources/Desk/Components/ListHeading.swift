import TerminalKit

/// The line above a list: what it is, its filter, and at the right how it is sorted or how many rows are marked.
struct ListHeading {
    var title: String
    /// What the filter understands, shown in its empty field.
    var placeholder: String
    var note: Line
    var surface = Surface.base

    private static let noteWidth = 30

    /// Returns where the text cursor stands while the filter is typed.
    func draw<Row>(_ list: ListControl<Row>, on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap) -> Point? {
        var rest = rect
        if !title.isEmpty {
            let place = rest.sliceLeft(Text.width(title) + 3)
            canvas.put(title, in: place, style: Style(.heading, on: surface, .bold))
        }
        let marked = list.markCount
        let right = marked > 0 ? Line("\(marked) marked", .accent, .bold) : note
        let place = rest.sliceRight(min(max(right.width, Self.noteWidth), rest.width / 2))
        canvas.put(right, in: place, surface: surface, alignment: .right)
        let field = rest.inset(right: 2)
        hits.add(field, HitTarget("filter"))
        return list.filter.draw(on: &canvas, in: field, surface: surface, placeholder: placeholder)
    }
}
