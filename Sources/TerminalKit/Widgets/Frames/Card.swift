/// A framed summary with its title in the border, an icon beside the heading, lines, and a button at the bottom right.
public struct Card: Hashable, Sendable {
    /// One row inside: something on the left, something on the right.
    public struct Row: Hashable, Sendable {
        public var left: Line
        public var right: Line

        public init(_ left: Line, right: Line = .empty) {
            self.left = left
            self.right = right
        }
    }

    /// The key that reaches it, drawn before the title.
    public var key: String
    public var title: String
    public var icon: Character
    /// Wrapped beside the icon over at most two rows.
    public var heading: String
    public var rows: [Row]
    public var button: Line
    /// Beside the button, at the left.
    public var foot: Line
    public var isFocused: Bool
    /// Rows kept for the heading; two keep cards side by side level.
    public var headingRows: Int

    public init(
        key: String = "", title: String, icon: Character, heading: String, rows: [Row], button: Line = .empty,
        foot: Line = .empty, isFocused: Bool = false, headingRows: Int = 2
    ) {
        self.key = key
        self.title = title
        self.icon = icon
        self.heading = heading
        self.rows = rows
        self.button = button
        self.foot = foot
        self.isFocused = isFocused
        self.headingRows = headingRows
    }

    /// Rows that a whole card takes, frame included.
    public var height: Int { 2 + headingRows + 1 + rows.count + (button.isEmpty ? 0 : 1) }

    /// Draws the card; the hits are `card` for the whole and `configure` for the button, both with `index`.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, index: Int = 0) -> HitMap {
        var hits = HitMap()
        hits.add(rect, HitTarget("card", index))
        let border: Role = isFocused ? .borderFocused : .border
        canvas.fill(rect, style: Style(on: .panel))
        canvas.box(rect, title: titleLine, style: Style(border, on: .panel))
        var inner = rect.inset(columns: 2, rows: 1)
        drawHeading(on: &canvas, in: inner.sliceTop(headingRows))
        if inner.height > rows.count + (button.isEmpty ? 0 : 1) { _ = inner.sliceTop(1) }
        let foot = button.isEmpty ? Rect(x: 0, y: 0, width: 0, height: 0) : inner.bottom(inner.height > 0 ? 1 : 0)
        for row in rows where inner.height > foot.height {
            Card.draw(row, on: &canvas, in: inner.sliceTop(1))
        }
        let width = min(button.width, foot.width)
        let place = foot.right(width)
        canvas.put(button, in: place, surface: .panel)
        canvas.put(self.foot, in: foot.left(max(0, foot.width - width - 1)), surface: .panel)
        hits.add(place, HitTarget("configure", index))
        return hits
    }

    private var titleLine: Line {
        let number: Line = key.isEmpty ? .empty : [Span(key + " ", .key)]
        return number + Line(title, isFocused ? .accent : .heading, .bold)
    }

    private func drawHeading(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        canvas.put(String(icon), x: rect.x, y: rect.y, style: Style(.accent, on: .panel))
        let text = rect.inset(left: 2)
        for (offset, line) in Text.wrap(heading, to: text.width, lines: rect.height).enumerated() {
            canvas.put(line, in: text.row(offset), style: Style(.text, on: .panel))
        }
    }

    /// The right part keeps its place; the left part is what gets cut.
    static func draw(_ row: Row, on canvas: inout Canvas, in rect: Rect, surface: Surface = .panel) {
        let right = min(row.right.width, rect.width)
        canvas.put(row.right, in: rect.right(right), surface: surface)
        let room = rect.width - right - (right > 0 ? 1 : 0)
        canvas.put(row.left, in: rect.left(max(0, room)), surface: surface)
    }
}
