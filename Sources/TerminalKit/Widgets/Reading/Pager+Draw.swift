extension Pager {
    /// Draws the window at the state's place, matches highlighted.
    public func draw(_ state: PagerState, on canvas: inout Canvas, in rect: Rect, surface: Surface = .base) {
        canvas.fill(rect, style: Style(on: surface))
        var y = rect.y
        var line = state.top.line
        var row = state.top.row
        while y < rect.bottom, line < lines.count {
            var place = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            let starts = state.wraps ? rowStarts(line, columns: rect.width) : [state.left]
            // A window that became wider may have fewer rows of this line than it had.
            row = min(row, starts.count - 1)
            if row > 0 { place = place.inset(left: indent(line, columns: rect.width)) }
            if row + 1 < starts.count { place = place.left(min(place.width, starts[row + 1] - starts[row])) }
            drawRow(line, skipping: starts[row], state, on: &canvas, in: place, surface)
            y += 1
            row += 1
            if row >= starts.count {
                line += 1
                row = 0
            }
        }
    }

    /// One screen row: the part of a line after `skipping` columns.
    private func drawRow(
        _ line: Int, skipping: Int, _ state: PagerState, on canvas: inout Canvas, in rect: Rect, _ surface: Surface
    ) {
        let matches = matches(in: line, state)
        var column = -skipping
        var offset = 0
        for span in lines[line].spans where column < rect.width {
            for character in Pager.visible(span.text, &column, &offset) {
                let width = Text.width(of: character)
                if column >= 0, column + width <= rect.width {
                    let hit = matches.first { state.matches[$0].range.contains(offset) }
                    let style = Pager.style(of: span, hit: hit, current: state.currentMatch, surface)
                    canvas.put(String(character), x: rect.x + column, y: rect.y, style: style, width: width)
                }
                column += width
                offset += 1
                if column >= rect.width { break }
            }
        }
        guard !state.wraps else { return }
        if skipping > 0, !lines[line].isEmpty {
            canvas.put("‹", x: rect.x, y: rect.y, style: Style(.muted, on: surface))
        }
        if column >= rect.width, lines[line].width - skipping > rect.width {
            canvas.put("›", x: rect.right - 1, y: rect.y, style: Style(.muted, on: surface))
        }
    }

    /// Numbers of the matches in a line, which stand together: matches are in the order of the text.
    private func matches(in line: Int, _ state: PagerState) -> Range<Int> {
        func first(_ wanted: Int) -> Int {
            var low = 0
            var high = state.matches.count
            while low < high {
                let middle = (low + high) / 2
                if state.matches[middle].line < wanted { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return first(line)..<first(line + 1)
    }

    /// What is left of a text after the columns scrolled away. Plain ASCII is skipped at once, so that the far end of a
    /// line of a megabyte costs what its beginning does.
    private static func visible(_ text: String, _ column: inout Int, _ offset: inout Int) -> Substring {
        guard column < 0, let width = Text.asciiWidth(text) else { return text[...] }
        let skipped = min(-column, width)
        column += skipped
        offset += skipped
        return text[text.utf8.index(text.startIndex, offsetBy: skipped)...]
    }

    private static func style(of span: Span, hit: Int?, current: Int?, _ surface: Surface) -> Style {
        guard let hit else { return Style(role: span.role, surface: surface, traits: span.traits) }
        return hit == current ? Style(.onAccent, on: .matchCurrent, .bold) : Style(.match, on: .match)
    }
}
