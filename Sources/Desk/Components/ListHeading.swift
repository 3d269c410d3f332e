import Domain
import TerminalKit

/// The line above a list: what it is, its filter, and at the right how it is sorted or how many rows are marked.
struct ListHeading {
    var title: String
    /// What the filter understands, shown in its empty field; nil where nothing is filtered.
    var placeholder: String?
    /// What is told at the right in parts, the most important first: each wording shorter than the one before.
    var notes: [[Line]] = []
    /// What is wrong with the filter; it comes before everything else.
    var warning = ""
    var surface = Surface.base

    init(
        title: String, placeholder: String? = nil, notes: [[Line]], warning: String = "", surface: Surface = .base
    ) {
        (self.title, self.placeholder, self.notes) = (title, placeholder, notes)
        (self.warning, self.surface) = (warning, surface)
    }

    init(
        title: String, placeholder: String? = nil, note: Line, warning: String = "", surface: Surface = .base
    ) {
        self.init(title: title, placeholder: placeholder, notes: [[note]], warning: warning, surface: surface)
    }

    /// Returns where the text cursor stands while the filter is typed.
    func draw<Row>(_ list: ListControl<Row>, on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap) -> Point? {
        var rest = rect
        if !title.isEmpty {
            let place = rest.sliceLeft(Text.width(title) + 3)
            canvas.put(title, in: place, style: Style(.heading, on: surface, .bold))
        }
        let marked = list.markCount
        let room = placeholder == nil ? rest.width : max(rest.width / 2, rest.width - list.filter.width - 2)
        var right = marked > 0 ? Line("\(marked.grouped) marked", .accent, .bold) : Line.fitting(notes, in: room)
        // The one who types needs the room, and what is wrong.
        if !warning.isEmpty { right = Line(warning, .warning) } else if list.filter.isEditing { right = .empty }
        let place = rest.sliceRight(min(right.width, room))
        canvas.put(right, in: place, surface: surface, alignment: .right)
        guard let placeholder else { return nil }
        let field = rest.inset(right: 2)
        hits.add(field, HitTarget("filter"))
        return list.filter.draw(on: &canvas, in: field, surface: surface, placeholder: placeholder)
    }
}

extension Line {
    /// Short notes side by side; empty ones are left out.
    static func joined(_ parts: [Line]) -> Line {
        let parts = parts.filter { !$0.isEmpty }
        guard let first = parts.first else { return .empty }
        return parts.dropFirst().reduce(first) { $0 + Line(" · ", .muted) + $1 }
    }

    /// The fullest wording that fits; of the last one what has room, with `…` for the rest: a number that is cut would be
    /// read as a smaller one.
    static func fitting(_ wordings: [[Line]], in room: Int) -> Line {
        let whole = wordings.map(joined)
        if let fits = whole.first(where: { $0.width <= room }) { return fits }
        var parts = (wordings.last ?? []).filter { !$0.isEmpty }
        while parts.count > 1 {
            parts.removeLast()
            let line = joined(parts) + Line(" · …", .muted)
            if line.width <= room { return line }
        }
        return parts.first ?? .empty
    }
}
