/// A picture of the screen as a value: every screen and widget draws into one, the terminal shows it.
///
/// Whatever text is put in, no control character can come out.
public struct Canvas: Sendable {
    public let size: Size
    var cells: [Cell]
    var clusters: [Cluster] = []
    /// Every picture that was drawn; see `pictures`.
    var placed: [PlacedPicture] = []

    public init(size: Size, style: Style = Style()) {
        self.size = size
        cells = Array(repeating: .blank(style), count: size.columns * size.rows)
    }

    public var bounds: Rect { Rect(size) }

    /// What stands at a place: its text (empty for the right half of a wide character) and style.
    public func text(x: Int, y: Int) -> String {
        guard bounds.contains(x: x, y: y) else { return "" }
        return text(of: cells[y * size.columns + x])
    }

    public func style(x: Int, y: Int) -> Style? {
        bounds.contains(x: x, y: y) ? cells[y * size.columns + x].style : nil
    }

    func text(of cell: Cell) -> String {
        if cell.columns == 0 { return "" }
        if let index = cell.clusterIndex { return clusters[index].text }
        if let pixels = cell.pixels { return String(pixels.shade) }
        return Unicode.Scalar(cell.code).map { String(Character($0)) } ?? " "
    }

    /// Writes one cell; the other half of a wide character that is overwritten becomes a blank.
    mutating func set(_ cell: Cell, x: Int, y: Int) {
        let place = y * size.columns + x
        breakWide(at: place, x: x)
        cells[place] = cell
        if cell.columns == 2 {
            breakWide(at: place + 1, x: x + 1)
            cells[place + 1] = Cell(0, columns: 0, style: cell.style)
        }
    }

    private mutating func breakWide(at place: Int, x: Int) {
        let old = cells[place]
        if old.columns == 1 { return }
        if old.columns == 0, x > 0 {
            cells[place - 1] = .blank(cells[place - 1].style)
        } else if old.columns == 2, x + 1 < size.columns {
            cells[place + 1] = .blank(old.style)
        }
    }

    /// Adds a zero-width mark to the cell at a place.
    mutating func mark(_ scalar: UInt32, x: Int, y: Int) {
        let place = y * size.columns + x
        if let index = cells[place].clusterIndex {
            _ = clusters[index].append(scalar)
        } else {
            var cluster = Cluster(base: cells[place].code)
            _ = cluster.append(scalar)
            cells[place].code = Cell.clusterFlag | UInt32(clusters.count)
            clusters.append(cluster)
        }
    }
}

extension Canvas: Equatable {
    /// Equal when the same text stands in the same style everywhere, however the clusters are numbered, and the same
    /// pictures lie above it.
    public static func == (left: Canvas, right: Canvas) -> Bool {
        guard left.size == right.size, left.pictures == right.pictures else { return false }
        return left.cells.indices.allSatisfy { left.hasSameCell(as: right, at: $0) }
    }

    @inline(__always)
    func hasSameCell(as other: Canvas, at place: Int) -> Bool {
        let mine = cells[place]
        let theirs = other.cells[place]
        guard let index = mine.clusterIndex, let otherIndex = theirs.clusterIndex else { return mine == theirs }
        return clusters[index] == other.clusters[otherIndex] && mine.columns == theirs.columns
            && mine.style == theirs.style
    }
}
