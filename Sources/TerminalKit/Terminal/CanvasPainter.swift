/// Brings curses' screen from one canvas to the next, cell by cell.
@MainActor
struct CanvasPainter {
    var theme: Theme
    var tier: ColourTier
    /// Whether glyphs beyond ASCII can be shown.
    var isUnicode: Bool
    /// A blank of each style. Cells are made from it by changing the character: curses' own way costs four times more.
    private var blanks: [Style: CursesCell] = [:]
    private var latest: (style: Style, blank: CursesCell)?
    private var last: Canvas?

    init(theme: Theme, tier: ColourTier, isUnicode: Bool) {
        self.theme = theme
        self.tier = tier
        self.isUnicode = isUnicode
    }

    /// Everything is painted again at the next call.
    mutating func forget() {
        last = nil
        blanks = [:]
        latest = nil
    }

    var lastCanvas: Canvas? { last }

    /// Writes the cells that differ; false when none does.
    mutating func paint(_ canvas: Canvas, screen: Size) -> Bool {
        let before = last?.size == canvas.size ? last : nil
        var hasChanged = false
        let columns = min(canvas.size.columns, screen.columns)
        for y in 0..<min(canvas.size.rows, screen.rows) {
            if paintRow(y, of: canvas, before: before, columns: columns) { hasChanged = true }
        }
        last = canvas
        return hasChanged
    }

    /// One run from the first to the last cell that differs: curses itself leaves out what is equal in between.
    private mutating func paintRow(_ y: Int, of canvas: Canvas, before: Canvas?, columns: Int) -> Bool {
        let row = y * canvas.size.columns
        var first = 0
        var end = columns
        if let before {
            while first < end, canvas.hasSameCell(as: before, at: row + first) { first += 1 }
            if first == end { return false }
            while end > first, canvas.hasSameCell(as: before, at: row + end - 1) { end -= 1 }
            // Never from the middle of a wide character.
            while first > 0, canvas.cells[row + first].columns == 0 { first -= 1 }
            if first > 0, before.cells[row + first].columns == 0 { first -= 1 }
            if end < columns, canvas.cells[row + end].columns == 0 { end += 1 }
        }
        var neighbour = canvas.cells[row + first].style
        let cells = (first..<end).compactMap { index -> CursesCell? in
            var one = canvas.cells[row + index]
            // A blank shows no foreground: keeping its neighbour's look spares the terminal two changes of colour.
            if tier != .none, one.isBlank, one.style.looksBlank(like: neighbour) { one.style = neighbour }
            neighbour = one.style
            return cell(one, canvas)
        }
        Curses.write(cells, x: first, y: y)
        return true
    }

    private mutating func cell(_ cell: Cell, _ canvas: Canvas) -> CursesCell? {
        if let pixels = cell.pixels { return self.cell(pixels, cell.style) }
        if !isUnicode {
            let code = cell.clusterIndex.map { canvas.clusters[$0].scalars[0] } ?? cell.code
            return Curses.cell(cell.columns == 0 ? 0x3F : AsciiTwin.of(code), like: blank(of: cell.style))
        }
        if cell.columns == 0 { return nil }
        if let index = cell.clusterIndex {
            return Curses.cell(canvas.clusters[index].scalars, like: blank(of: cell.style))
        }
        return Curses.cell(cell.code, like: blank(of: cell.style))
    }

    /// A half block in two colours where there are so many; behind a dialog, and elsewhere, a shade.
    private mutating func cell(_ pixels: PixelPair, _ style: Style) -> CursesCell {
        if !isUnicode { return Curses.cell(pixels.plainShade.value, like: blank(of: style)) }
        if tier == .many, style.surface == .paper, let cell = Curses.halfBlock(Int(pixels.upper), Int(pixels.lower)) {
            return cell
        }
        return Curses.cell(pixels.shade.value, like: blank(of: style))
    }

    private mutating func blank(of style: Style) -> CursesCell {
        if let latest, latest.style == style { return latest.blank }
        let blank = blanks[style] ?? Curses.blank(Curses.look(theme.look(of: style, tier: tier)))
        blanks[style] = blank
        latest = (style, blank)
        return blank
    }
}

extension Cell {
    fileprivate var isBlank: Bool { code == 0x20 && columns == 1 && clusterIndex == nil }
}

extension Style {
    private static let inked: Traits = [.underline, .reverse]

    /// Whether a blank looks the same in both: same surface, and nothing that draws on an empty cell.
    fileprivate func looksBlank(like other: Style) -> Bool {
        surface == other.surface && traits.isDisjoint(with: Self.inked) && other.traits.isDisjoint(with: Self.inked)
    }
}
