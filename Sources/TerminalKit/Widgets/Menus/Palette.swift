/// Every action by name: type a few letters, choose. The list is given, the filter is here.
public struct Palette: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public var id: String
        public var title: String
        public var keys: String
        public var disabledReason: String?

        public init(id: String, title: String, keys: String = "", disabledReason: String? = nil) {
            self.id = id
            self.title = title
            self.keys = keys
            self.disabledReason = disabledReason
        }
    }

    /// An item that fits what was typed.
    public struct Hit: Hashable, Sendable {
        public var item: Item
        public var positions: [Int]
    }

    public var items: [Item]
    public var prompt: String

    public init(items: [Item], prompt: String = ":") {
        self.items = items
        self.prompt = prompt
    }

    /// Best first; in the given order while nothing is typed.
    public func hits(for query: String) -> [Hit] {
        let scored = items.enumerated().compactMap { order, item in
            FuzzyMatch(query, in: item.title).map { (order: order, match: $0, item: item) }
        }
        return scored.sorted { ($0.match.score, $1.order) > ($1.match.score, $0.order) }
            .map { Hit(item: $0.item, positions: $0.match.positions) }
    }

    /// Draws at the top of the screen. Returns the cursor's place and hits named `item` with the number in `hits`.
    @discardableResult
    public func draw(
        query: LineEditor, hits found: [Hit], selected: Int, on canvas: inout Canvas, in screen: Rect
    ) -> (cursor: Point, hits: HitMap) {
        var hits = HitMap()
        let rows = min(max(1, found.count), max(1, min(12, screen.height - 6)))
        let width = min(72, screen.width)
        let frame = Rect(
            x: screen.x + (screen.width - width) / 2, y: screen.y + min(2, max(0, screen.height - rows - 3)),
            width: width, height: min(screen.height, rows + 3))
        Overlay.draw(frame, title: Line("Commands", .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        var line = inner.sliceTop(1)
        canvas.put(prompt, in: line.sliceLeft(Text.width(prompt) + 1), style: Style(.accent, on: .dialog, .bold))
        let cursor = query.draw(
            on: &canvas, in: line, style: Style(.inputText, on: .inputFocused), placeholder: "type a few letters")
        let shown = TableState(selectedIndex: selected).clamped(rowCount: found.count, visibleRows: inner.height)
        for offset in 0..<min(inner.height, max(0, found.count - shown.offset)) {
            let index = shown.offset + offset
            let row = Rect(x: frame.x + 1, y: inner.y + offset, width: frame.width - 2, height: 1)
            draw(found[index], isSelected: index == shown.selectedIndex, on: &canvas, in: row)
            hits.add(row, HitTarget("item", index))
        }
        if found.isEmpty { canvas.put("no command fits", in: inner.row(0), style: Style(.muted, on: .dialog)) }
        return (cursor, hits)
    }

    private func draw(_ hit: Hit, isSelected: Bool, on canvas: inout Canvas, in row: Rect) {
        let surface: Surface = isSelected ? .selection : .dialog
        canvas.fill(row, style: Style(on: surface))
        var text = row.inset(left: 1, right: 1)
        let keys = text.sliceRight(min(Text.width(hit.item.keys), text.width / 2))
        canvas.put(hit.item.keys, in: keys, style: Style(.key, on: surface))
        let marked = Set(hit.positions)
        let role: Role = hit.item.disabledReason == nil ? .text : .disabled
        var spans = hit.item.title.enumerated().map { offset, letter in
            marked.contains(offset) ? Span(String(letter), .match, .bold) : Span(String(letter), role)
        }
        if let reason = hit.item.disabledReason { spans.append(Span("  \(reason)", .muted, .italic)) }
        canvas.put(Line(spans), in: text.inset(right: 1), surface: surface)
    }
}
