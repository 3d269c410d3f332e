/// A short list of actions with their keys. A disabled entry stays, with its reason.
public struct Menu: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var id: String
        public var key: String
        public var title: String
        /// Why it cannot be done now; nil when it can.
        public var disabledReason: String?

        public init(id: String, key: String, title: String, disabledReason: String? = nil) {
            self.id = id
            self.key = key
            self.title = title
            self.disabledReason = disabledReason
        }

        public var isEnabled: Bool { disabledReason == nil }
    }

    public enum Answer: Hashable, Sendable {
        case select(Int)
        case chosen(id: String)
        /// The entry's key was pressed although it is disabled: say why.
        case refused(reason: String)
        case cancelled
    }

    public var title: String
    public var entries: [Entry]

    public init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = entries
    }

    /// nil when the key means nothing here.
    public func handle(_ key: Key, selected: Int) -> Answer? {
        if let typed = key.typed, let entry = entries.first(where: { $0.key == String(typed) }) { return choose(entry) }
        guard !entries.isEmpty else { return key == .escape ? .cancelled : nil }
        switch key {
        case .up, "k", .backtab: return .select((selected + entries.count - 1) % entries.count)
        case .down, "j", .tab: return .select((selected + 1) % entries.count)
        case .home: return .select(0)
        case .end: return .select(entries.count - 1)
        case .enter, .space: return choose(entries[min(max(0, selected), entries.count - 1)])
        case .escape, .left: return .cancelled
        default: return nil
        }
    }

    private func choose(_ entry: Entry) -> Answer {
        entry.disabledReason.map { .refused(reason: $0) } ?? .chosen(id: entry.id)
    }

    private var keyWidth: Int { entries.map { Text.width($0.key) }.max() ?? 0 }

    /// Columns and rows of the whole menu with its frame.
    public var size: Size {
        let lines = entries.map { keyWidth + 2 + line($0).width }
        return Size(columns: max(Text.width(title) + 6, (lines.max() ?? 0) + 4), rows: entries.count + 2)
    }

    private func line(_ entry: Entry) -> Line {
        guard let reason = entry.disabledReason else { return Line(entry.title) }
        return [Span(entry.title, .disabled), Span("  \(reason)", .muted, .italic)]
    }

    /// Opens below and right of a place, or above it when there is no room below. Hits: `entry` with its number.
    @discardableResult
    public func draw(selected: Int, on canvas: inout Canvas, anchor: Point, in screen: Rect) -> HitMap {
        let wanted = size
        let width = min(wanted.columns, screen.width)
        let height = min(wanted.rows, screen.height)
        let x = max(screen.x, min(anchor.x, screen.right - width))
        let isBelow = anchor.y + 1 + height <= screen.bottom
        let y = isBelow ? anchor.y + 1 : max(screen.y, min(anchor.y - height, screen.bottom - height))
        return draw(selected: selected, on: &canvas, in: Rect(x: x, y: y, width: width, height: height))
    }

    @discardableResult
    public func draw(selected: Int, on canvas: inout Canvas, in frame: Rect) -> HitMap {
        var hits = HitMap()
        Overlay.draw(frame, title: Line(title, .heading, .bold), on: &canvas)
        let inner = frame.inset(columns: 1, rows: 1)
        let shown = TableState(selectedIndex: selected).clamped(rowCount: entries.count, visibleRows: inner.height)
        for offset in 0..<min(inner.height, entries.count) {
            let index = shown.offset + offset
            let row = inner.row(offset)
            let surface: Surface = index == shown.selectedIndex ? .selection : .dialog
            canvas.fill(row, style: Style(on: surface))
            let entry = entries[index]
            let text = row.inset(left: 1, right: 1)
            canvas.put(entry.key, in: text, style: Style(entry.isEnabled ? .key : .disabled, on: surface, .bold))
            canvas.put(line(entry), in: text.inset(left: keyWidth + 2), surface: surface)
            hits.add(row, HitTarget("entry", index))
        }
        return hits
    }
}
