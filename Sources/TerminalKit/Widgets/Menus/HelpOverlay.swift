/// Which keys work here, in groups, searchable.
public struct HelpOverlay: Hashable, Sendable {
    public struct Section: Hashable, Sendable {
        public var title: String
        public var entries: [Entry]

        public init(title: String, entries: [Entry]) {
            self.title = title
            self.entries = entries
        }
    }

    public struct Entry: Hashable, Sendable {
        public var keys: String
        public var title: String
        public var disabledReason: String?

        public init(keys: String, title: String, disabledReason: String? = nil) {
            self.keys = keys
            self.title = title
            self.disabledReason = disabledReason
        }
    }

    public var title: String
    public var sections: [Section]

    public init(title: String, sections: [Section]) {
        self.title = title
        self.sections = sections
    }

    /// The rows that fit a search in keys or titles; headings stay where something under them does. A reason that does
    /// not fit behind its title in `columns` goes on below it.
    public func rows(matching query: String, columns: Int = .max) -> [Line] {
        let wanted = query.lowercased()
        let width = sections.flatMap(\.entries).map { Text.width($0.keys) }.max() ?? 0
        var rows: [Line] = []
        for section in sections {
            let entries = section.entries.filter {
                wanted.isEmpty || $0.title.lowercased().contains(wanted) || $0.keys.lowercased().contains(wanted)
            }
            if entries.isEmpty { continue }
            if !rows.isEmpty { rows.append(.empty) }
            rows.append(Line(section.title, .heading, .bold))
            rows += entries.flatMap { Self.rows($0, keys: width, columns: columns) }
        }
        return rows
    }

    private static func rows(_ entry: Entry, keys: Int, columns: Int) -> [Line] {
        let role: Role = entry.disabledReason == nil ? .text : .disabled
        let lead = Line("  " + Text.pad(entry.keys, to: keys + 2), .key, .bold)
        let indent = Line(String(repeating: " ", count: lead.width))
        let room = max(1, columns - lead.width)
        func wrapped(_ text: String, _ role: Role, _ traits: Traits = []) -> [Line] {
            (room < Text.width(text) ? Text.wrap(text, to: room) : [text]).map { Line($0, role, traits) }
        }
        var parts = wrapped(entry.title, role)
        if let reason = entry.disabledReason {
            if parts.count == 1, parts[0].width + 2 + Text.width(reason) <= room {
                parts[0] = parts[0] + Line("  \(reason)", .muted, .italic)
            } else {
                parts += wrapped(reason, .muted, .italic)
            }
        }
        return parts.enumerated().map { ($0.offset == 0 ? lead : indent) + $0.element }
    }

    /// Draws over a dimmed screen; returns the cursor's place and how far the list can scroll.
    @discardableResult
    public func draw(
        query: LineEditor, offset: Int, on canvas: inout Canvas, in screen: Rect
    ) -> (cursor: Point, lastOffset: Int) {
        canvas.dimBackdrop()
        let width = min(screen.width, 76)
        let rows = rows(matching: query.text, columns: width - 4)
        let frame = screen.centred(Size(columns: width, rows: min(screen.height - 2, max(8, rows.count + 4))))
        Overlay.draw(frame, title: Line(title, .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        var line = inner.sliceTop(1)
        canvas.put("/ ", in: line.sliceLeft(2), style: Style(.accent, on: .dialog, .bold))
        let cursor = query.draw(
            on: &canvas, in: line, style: Style(.inputText, on: .inputFocused), placeholder: "search keys and actions")
        _ = inner.sliceTop(1)
        let last = max(0, rows.count - inner.height)
        let top = min(max(0, offset), last)
        for (index, row) in rows.dropFirst(top).prefix(inner.height).enumerated() {
            canvas.put(row, in: inner.row(index), surface: .dialog)
        }
        if rows.isEmpty { canvas.put("no key fits", in: inner, style: Style(.muted, on: .dialog)) }
        if top < last {
            canvas.putRight(
                " ▼ \(last - top) more ", right: frame.right - 2, y: frame.bottom - 1, style: Style(.muted, on: .dialog)
            )
        }
        return (cursor, last)
    }
}
