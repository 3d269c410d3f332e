import TerminalKit

/// The line above a list: what it is, its filter, and at the right how it is sorted or how many rows are marked.
struct ListHeading {
    var title: String
    /// What the filter understands, shown in its empty field; nil where nothing is filtered.
    var placeholder: String?
    var note: Line
    /// What is wrong with the filter; it comes before everything else.
    var warning = ""
    var surface = Surface.base

    /// Returns where the text cursor stands while the filter is typed.
    func draw<Row>(_ list: ListControl<Row>, on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap) -> Point? {
        var rest = rect
        if !title.isEmpty {
            let place = rest.sliceLeft(Text.width(title) + 3)
            canvas.put(title, in: place, style: Style(.heading, on: surface, .bold))
        }
        let marked = list.markCount
        var right = marked > 0 ? Line("\(marked) marked", .accent, .bold) : note
        // The one who types needs the room, and what is wrong.
        if !warning.isEmpty { right = Line(warning, .warning) } else if list.filter.isEditing { right = .empty }
        let place = rest.sliceRight(min(right.width, rest.width / 2))
        canvas.put(right, in: place, surface: surface, alignment: .right)
        guard let placeholder else { return nil }
        let field = rest.inset(right: 2)
        hits.add(field, HitTarget("filter"))
        return list.filter.draw(on: &canvas, in: field, surface: surface, placeholder: placeholder)
    }
}
