extension Canvas {
    /// Blanks a rectangle in one style.
    public mutating func fill(_ rect: Rect, style: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.bottom {
            for x in area.x..<area.right { set(.blank(style), x: x, y: y) }
        }
    }

    /// A frame with rounded corners, its title in the top edge. The inside is left as it is.
    public mutating func box(_ rect: Rect, title: Line = .empty, style: Style) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        hline(x: rect.x + 1, y: rect.y, width: rect.width - 2, style: style)
        hline(x: rect.x + 1, y: rect.bottom - 1, width: rect.width - 2, style: style)
        for y in rect.y + 1..<max(rect.y + 1, rect.bottom - 1) {
            glyph(0x2502, x: rect.x, y: y, style: style)
            glyph(0x2502, x: rect.right - 1, y: y, style: style)
        }
        glyph(0x256D, x: rect.x, y: rect.y, style: style)
        glyph(0x256E, x: rect.right - 1, y: rect.y, style: style)
        glyph(0x2570, x: rect.x, y: rect.bottom - 1, style: style)
        glyph(0x256F, x: rect.right - 1, y: rect.bottom - 1, style: style)
        guard !title.isEmpty, rect.width >= 6 else { return }
        let blank = Line(" ", style.role)
        put(blank + title + blank, x: rect.x + 1, y: rect.y, surface: style.surface, width: rect.width - 2)
    }

    public mutating func hline(x: Int, y: Int, width: Int, style: Style) {
        for column in x..<max(x, x + width) { glyph(0x2500, x: column, y: y, style: style) }
    }

    public mutating func vline(x: Int, y: Int, height: Int, style: Style) {
        for row in y..<max(y, y + height) { glyph(0x2502, x: x, y: row, style: style) }
    }

    /// One scalar of one column; outside the canvas nothing.
    mutating func glyph(_ scalar: UInt32, x: Int, y: Int, style: Style) {
        guard bounds.contains(x: x, y: y) else { return }
        set(Cell(scalar, style: style), x: x, y: y)
    }

    /// Changes the style of what is already drawn.
    public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.bottom {
            for x in area.x..<area.right { change(&cells[y * size.columns + x].style) }
        }
    }

    /// Pushes everything drawn so far into the background, behind a dialog or a panel.
    public mutating func dimBackdrop() {
        restyle(bounds) { $0 = Style(role: .border, surface: .backdrop) }
    }

    /// Copies another canvas over this one with its top left corner at a place; what hangs over is cut.
    public mutating func overlay(_ other: Canvas, x: Int, y: Int) {
        let area = Rect(x: x, y: y, width: other.size.columns, height: other.size.rows).intersection(bounds)
        guard !area.isEmpty else { return }
        let firstCluster = UInt32(clusters.count)
        clusters.append(contentsOf: other.clusters)
        for row in area.y..<area.bottom {
            for column in area.x..<area.right {
                var cell = other.cells[(row - y) * other.size.columns + column - x]
                let isCutLeft = cell.columns == 0 && column == area.x
                let isCutRight = cell.columns == 2 && column + 1 == area.right
                if isCutLeft || isCutRight { cell = .blank(cell.style) }
                if cell.columns == 0 { continue }
                if cell.clusterIndex != nil { cell.code += firstCluster }
                set(cell, x: column, y: row)
            }
        }
    }
}
