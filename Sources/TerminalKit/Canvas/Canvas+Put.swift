extension Canvas {
    /// Draws one line of text from column `x` of row `y` to the right, over at most `width` columns (to the edge when
    /// nil), clipped on a grapheme boundary with `…`. Returns the columns used; outside the canvas it draws nothing.
    @discardableResult
    public mutating func put(_ text: String, x: Int, y: Int, style: Style, width: Int? = nil) -> Int {
        let room = min(width ?? Int.max, size.columns - x)
        guard y >= 0, y < size.rows, room > 0 else { return 0 }
        if x >= 0, let used = putAscii(text, x: x, y: y, style: style, room: room) { return used }
        return putClusters(text, x: x, y: y, style: style, room: room)
    }

    /// Draws text so that it ends before column `right`, at most `width` columns long.
    @discardableResult
    public mutating func putRight(_ text: String, right: Int, y: Int, style: Style, width: Int? = nil) -> Int {
        let columns = min(Text.width(text), width ?? Int.max, right)
        return put(text, x: right - columns, y: y, style: style, width: columns)
    }

    /// Draws text inside a rectangle's first row, at either side or in the middle.
    @discardableResult
    public mutating func put(_ text: String, in rect: Rect, style: Style, alignment: Alignment = .left) -> Int {
        put(Line([Span(text, style.role, style.traits)]), in: rect, surface: style.surface, alignment: alignment)
    }

    /// Draws a line of several styles on one surface; returns the columns used.
    @discardableResult
    public mutating func put(_ line: Line, x: Int, y: Int, surface: Surface = .base, width: Int? = nil) -> Int {
        let room = min(width ?? Int.max, size.columns - x)
        var used = 0
        for (index, span) in line.spans.enumerated() where room > used {
            let style = Style(role: span.role, surface: surface, traits: span.traits)
            let rest = room - used
            let isLast = line.spans[(index + 1)...].allSatisfy(\.text.isEmpty)
            // A span that fills the room exactly while more follows must still show that something was cut.
            let isCut = !isLast && Text.width(span.text) == rest
            used += put(isCut ? span.text + " " : span.text, x: x + used, y: y, style: style, width: rest)
        }
        return used
    }

    @discardableResult
    public mutating func put(
        _ line: Line, in rect: Rect, surface: Surface = .base, alignment: Alignment = .left
    ) -> Int {
        guard !rect.isEmpty else { return 0 }
        let spare = max(0, rect.width - (alignment == .left ? rect.width : line.width))
        let shift = alignment == .right ? spare : spare / 2
        return put(line, x: rect.x + shift, y: rect.y, surface: surface, width: rect.width - shift)
    }

    /// The common case without looking at graphemes; nil when the text is not plain ASCII.
    private mutating func putAscii(_ text: String, x: Int, y: Int, style: Style, room: Int) -> Int? {
        let columns = size.columns
        let stored = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            // One byte more than fits is enough to know whether something is cut.
            let looked = min(bytes.count, room + 1)
            for index in 0..<looked where bytes[index] < 0x20 || bytes[index] >= 0x7F { return nil }
            let isCut = bytes.count > room
            let kept = isCut ? room - 1 : bytes.count
            var place = y * columns + x
            for index in 0..<kept {
                if cells[place].columns == 1 {
                    cells[place] = Cell(UInt32(bytes[index]), style: style)
                } else {
                    set(Cell(UInt32(bytes[index]), style: style), x: x + index, y: y)
                }
                place += 1
            }
            if isCut { set(Cell(0x2026, style: style), x: x + kept, y: y) }
            return isCut ? room : kept
        }
        return stored ?? nil
    }

    private mutating func putClusters(_ text: String, x: Int, y: Int, style: Style, room: Int) -> Int {
        var used = 0
        var cut = 0
        for character in text {
            let columns = Text.width(of: character)
            if used + columns > room {
                erase(from: x + cut, to: x + room, y: y, style: style)
                if x + cut >= 0 { set(Cell(0x2026, style: style), x: x + cut, y: y) }
                return cut + 1
            }
            draw(character, x: x + used, y: y, style: style)
            used += columns
            if used < room { cut = used }
        }
        return used
    }

    private mutating func erase(from start: Int, to end: Int, y: Int, style: Style) {
        for column in max(0, start)..<max(0, start, end) { set(.blank(style), x: column, y: y) }
    }

    /// One grapheme may fill several cells: a spacing vowel sign has a column of its own.
    private mutating func draw(_ character: Character, x: Int, y: Int, style: Style) {
        var column = x
        var last: Int?
        for scalar in character.unicodeScalars {
            switch Drawable(scalar) {
            case .base(let value, let columns):
                if column >= 0 {
                    set(Cell(value, columns: UInt8(columns), style: style), x: column, y: y)
                    last = column
                }
                column += columns
            case .mark(let value):
                if let last { mark(value, x: last, y: y) }
            case .dropped: break
            }
        }
    }
}
