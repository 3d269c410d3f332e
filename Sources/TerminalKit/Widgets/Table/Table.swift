/// A table that knows a row count and a function for one row, nothing else; only visible rows are asked for.
public struct Table {
    public enum Content {
        /// `row(i)` gives one line for each column of `columns`, dropped ones too.
        case rows(count: Int, row: (Int) -> [Line])
        /// Grey bars where rows will stand, so that nothing jumps when they come.
        case loading(rows: Int)
        /// Why there is nothing and what to do about it; or what went wrong.
        case message(Line)
    }

    public struct Sort: Hashable, Sendable {
        public var columnId: String
        public var isAscending: Bool

        public init(columnId: String, isAscending: Bool) {
            self.columnId = columnId
            self.isAscending = isAscending
        }
    }

    public var columns: [TableColumn]
    public var content: Content
    public var sort: Sort?
    public var isFocused: Bool
    public var surface: Surface
    /// Rows that carry a mark, drawn as `•` in the margin.
    public var isMarked: (Int) -> Bool

    public init(
        columns: [TableColumn], content: Content, sort: Sort? = nil, isFocused: Bool = true, surface: Surface = .base,
        isMarked: @escaping (Int) -> Bool = { _ in false }
    ) {
        self.columns = columns
        self.content = content
        self.sort = sort
        self.isFocused = isFocused
        self.surface = surface
        self.isMarked = isMarked
    }

    public var rowCount: Int {
        if case .rows(let count, _) = content { count } else { 0 }
    }

    public static let headerRows = 1

    /// Rows of data that a rectangle shows below the header.
    public static func visibleRows(in rect: Rect) -> Int { max(0, rect.height - headerRows) }

    /// Draws header and visible rows. Hits: `row` with the row's number, `header` with the column's.
    @discardableResult
    public func draw(_ state: TableState, on canvas: inout Canvas, in rect: Rect) -> HitMap {
        var hits = HitMap()
        guard !rect.isEmpty else { return hits }
        let layout = TableLayout(columns: columns, x: rect.x + 1, width: max(0, rect.width - 2))
        canvas.fill(rect, style: Style(on: surface))
        drawHeader(layout, on: &canvas, in: rect.top(1), hits: &hits)
        let body = rect.inset(top: 1)
        switch content {
        case .rows(let count, let row):
            let shown = state.clamped(rowCount: count, visibleRows: body.height)
            for line in 0..<min(body.height, max(0, count - shown.offset)) {
                let index = shown.offset + line
                let place = body.row(line)
                hits.add(place, HitTarget("row", index))
                draw(row(index), layout, on: &canvas, in: place, isSelected: index == shown.selectedIndex)
                if isMarked(index) { canvas.put("•", x: place.x, y: place.y, style: markStyle(canvas, place)) }
            }
            drawScrollNote(shown, count: count, on: &canvas, in: body)
        case .loading(let count): drawSkeleton(count, layout, on: &canvas, in: body)
        case .message(let text): drawMessage(text, on: &canvas, in: body)
        }
        return hits
    }

    private func markStyle(_ canvas: Canvas, _ place: Rect) -> Style {
        Style(.accent, on: canvas.style(x: place.x, y: place.y)?.surface ?? surface, .bold)
    }

    private func drawHeader(_ layout: TableLayout, on canvas: inout Canvas, in rect: Rect, hits: inout HitMap) {
        for place in layout.places {
            let column = columns[place.column]
            // The arrow may stand in the gap after the column, where the title needs all of it.
            let isTight = sort?.columnId == column.id && Text.width(column.title) >= place.width
            let width = place.width + (isTight && place.x + place.width < rect.right ? 1 : 0)
            let line = header(column, width: width)
            let area = Rect(x: place.x, y: rect.y, width: width, height: 1)
            canvas.put(line, in: area, surface: surface, alignment: column.alignment)
            hits.add(area, HitTarget("header", place.column))
        }
    }

    /// The arrow stays however narrow the column is; the title gives way.
    private func header(_ column: TableColumn, width: Int) -> Line {
        guard let sort, sort.columnId == column.id else { return Line(column.title, .muted, .bold) }
        let gap = Text.width(column.title) + 2 <= width ? " " : ""
        let title = Text.clip(column.title, to: width - 1 - gap.count)
        return Line(title + gap, .heading, .bold) + Line(sort.isAscending ? "▲" : "▼", .accent)
    }

    private func draw(
        _ lines: [Line], _ layout: TableLayout, on canvas: inout Canvas, in rect: Rect, isSelected: Bool
    ) {
        let paint = isSelected ? (isFocused ? Surface.selection : .selectionUnfocused) : surface
        if isSelected { canvas.fill(rect, style: Style(on: paint)) }
        for place in layout.places where place.column < lines.count {
            let area = Rect(x: place.x, y: rect.y, width: place.width, height: 1)
            let column = columns[place.column]
            var line = lines[place.column]
            if column.keepsEnd, let first = line.spans.first, line.width > place.width {
                line = Line(Text.clipInside(line.text, to: place.width), first.role, first.traits)
            }
            canvas.put(line, in: area, surface: paint, alignment: column.alignment)
        }
        if isSelected, isFocused { canvas.restyle(rect) { $0.traits.insert(.bold) } }
    }

    /// `▲` and `▼` at the right edge of the first and last row, with the number of rows beyond the window where that
    /// covers nothing.
    private func drawScrollNote(_ state: TableState, count: Int, on canvas: inout Canvas, in rect: Rect) {
        let below = count - state.offset - rect.height
        let edges = [("▲", state.offset, rect.y), ("▼", below, rect.bottom - 1)]
        for (glyph, hidden, y) in edges where hidden > 0 && rect.height > 0 {
            let under = canvas.style(x: rect.right - 1, y: y)?.surface ?? surface
            let note = "\(glyph)\(hidden)"
            let place = (rect.right - Text.width(note))..<(rect.right - 1)
            let isFree = place.allSatisfy { canvas.text(x: $0, y: y).allSatisfy(\.isWhitespace) }
            canvas.putRight(isFree ? note : glyph, right: rect.right, y: y, style: Style(.muted, on: under))
        }
    }

    private func drawSkeleton(_ count: Int, _ layout: TableLayout, on canvas: inout Canvas, in rect: Rect) {
        for line in 0..<min(count, rect.height) {
            for place in layout.places {
                let length = max(1, place.width * (line % 3 == 1 ? 2 : 3) / 4)
                let bar = String(repeating: "░", count: min(length, place.width))
                let area = Rect(x: place.x, y: rect.y + line, width: place.width, height: 1)
                canvas.put(bar, in: area, style: Style(.disabled, on: surface))
            }
        }
    }

    private func drawMessage(_ text: Line, on canvas: inout Canvas, in rect: Rect) {
        let width = max(1, rect.width - 4)
        let role = text.spans.first?.role ?? .muted
        let lines = Text.wrap(text.text, to: width, lines: min(4, rect.height))
        let top = rect.y + max(0, (rect.height - lines.count) / 3)
        for (offset, line) in lines.enumerated() {
            let row = Rect(x: rect.x + 2, y: top + offset, width: width, height: 1)
            canvas.put(line, in: row, style: Style(role, on: surface), alignment: .centre)
        }
    }
}
