extension Pager {
    /// Finds every occurrence, whatever the case, and goes to the first one at or after the top of the window.
    public func search(_ query: String, _ state: inout PagerState, in size: Size) {
        state.query = query
        state.matches = query.isEmpty ? [] : lines.indices.flatMap { matches(of: query, in: $0) }
        state.currentMatch = state.matches.firstIndex { $0.line >= state.top.line } ?? (state.matches.isEmpty ? nil : 0)
        reveal(&state, in: size)
    }

    /// `2 of 17`, or that nothing was found; empty without a search.
    public func searchNote(_ state: PagerState) -> String {
        if state.query.isEmpty { return "" }
        guard let current = state.currentMatch else { return "no match" }
        return "\(current + 1) of \(state.matches.count)"
    }

    func step(_ state: inout PagerState, by step: Int, in size: Size) {
        guard let current = state.currentMatch, !state.matches.isEmpty else { return }
        state.currentMatch = (current + step + state.matches.count) % state.matches.count
        reveal(&state, in: size)
    }

    private func matches(of query: String, in line: Int) -> [PagerState.Match] {
        let wanted = query.map { $0.lowercased() }
        let text = lines[line].text.map { $0.lowercased() }
        guard let first = wanted.first, text.count >= wanted.count else { return [] }
        var found: [PagerState.Match] = []
        var place = 0
        while place + wanted.count <= text.count {
            if text[place] == first, text[place..<place + wanted.count].elementsEqual(wanted) {
                found.append(.init(line: line, range: place..<place + wanted.count))
                place += wanted.count
            } else {
                place += 1
            }
        }
        return found
    }

    /// Scrolls as little as needed to show the current match.
    private func reveal(_ state: inout PagerState, in size: Size) {
        guard let current = state.currentMatch else { return }
        let match = state.matches[current]
        let text = lines[match.line].text
        let column = Text.width(text.prefix(match.range.lowerBound))
        let starts = state.wraps && size.columns > 0 ? rowStarts(match.line, columns: size.columns) : [0]
        let row = starts.lastIndex { $0 <= column } ?? 0
        let place = PagerState.Position(line: match.line, row: row)
        if place < state.top || !isVisible(place, state, size) {
            state.top = place
            scroll(&state, by: -min(3, size.rows / 2), in: size)
        }
        let length = Text.width(text.dropFirst(match.range.lowerBound).prefix(match.range.count))
        let isHidden = column < state.left || column + length > state.left + size.columns
        if !state.wraps, isHidden { state.left = max(0, column - size.columns / 3) }
    }

    private func isVisible(_ place: PagerState.Position, _ state: PagerState, _ size: Size) -> Bool {
        var rows = 0
        var line = state.top.line
        while line < place.line, rows < size.rows + state.top.row {
            rows += rowCount(line, state, size)
            line += 1
        }
        return line == place.line && rows + place.row - state.top.row < size.rows
    }
}
