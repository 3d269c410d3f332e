/// A viewer for logs: lines of any length, wrapped or scrolled sideways, with search. Only visible lines are measured.
public struct Pager: Sendable {
    public var lines: [Line]
    /// Columns by which the further rows of each line stand in when it is wrapped; lines without one begin at the edge.
    public var indents: [Int]

    public init(lines: [Line], indents: [Int] = []) {
        self.lines = lines
        self.indents = indents
    }

    /// Arrows, page keys, Home and End, `w` for wrap, `n` and `N` for matches. False for other keys.
    public func handle(_ key: Key, _ state: inout PagerState, in size: Size) -> Bool {
        switch key {
        case .down, "j": scroll(&state, by: 1, in: size)
        case .up, "k": scroll(&state, by: -1, in: size)
        case .pageDown, .space: scroll(&state, by: max(1, size.rows - 1), in: size)
        case .pageUp: scroll(&state, by: -max(1, size.rows - 1), in: size)
        case .home, "g": state.top = .init()
        case .end, "G": state.top = lastTop(state, in: size)
        case .right where !state.wraps: state.left += 8
        case .left where !state.wraps: state.left = max(0, state.left - 8)
        case "w":
            state.wraps.toggle()
            state.left = 0
            state.top = min(.init(line: state.top.line), lastTop(state, in: size))
        case "n": step(&state, by: 1, in: size)
        case "N": step(&state, by: -1, in: size)
        default: return false
        }
        return true
    }

    /// Moves by screen rows, stopping at both ends of the text.
    public func scroll(_ state: inout PagerState, by rows: Int, in size: Size) {
        var place = state.top
        for _ in 0..<abs(rows) {
            if rows > 0 {
                place.row += 1
                if place.row >= rowCount(place.line, state, size) { place = .init(line: place.line + 1) }
                if place.line >= lines.count { break }
            } else if place.row > 0 {
                place.row -= 1
            } else if place.line > 0 {
                place.line -= 1
                place.row = rowCount(place.line, state, size) - 1
            } else {
                break
            }
        }
        state.top = min(place, lastTop(state, in: size))
    }

    /// Brings a line to the top, or as far up as the text reaches.
    public func show(line: Int, _ state: inout PagerState, in size: Size) {
        state.top = min(.init(line: line), lastTop(state, in: size))
    }

    /// Lines of which nothing or not all is shown below a window.
    public func linesBelow(_ state: PagerState, in size: Size) -> Int {
        var row = -state.top.row
        for line in state.top.line..<max(state.top.line, lines.count) {
            row += rowCount(line, state, size)
            if row > size.rows { return lines.count - line }
        }
        return 0
    }

    /// The first row of the last full window.
    func lastTop(_ state: PagerState, in size: Size) -> PagerState.Position {
        var missing = size.rows
        for line in lines.indices.reversed() {
            let rows = rowCount(line, state, size)
            if rows >= missing { return .init(line: line, row: rows - missing) }
            missing -= rows
        }
        return .init()
    }

    /// Rows that a line takes on the screen.
    func rowCount(_ line: Int, _ state: PagerState, _ size: Size) -> Int {
        guard state.wraps, size.columns > 0, lines.indices.contains(line) else { return 1 }
        return rowStarts(line, columns: size.columns).count
    }
}
