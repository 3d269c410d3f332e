/// The canvas as rows of plain text, for golden tests and for saving a picture of the screen.
extension Canvas {
    /// The text of each row, every column present.
    public var textRows: [String] { rows { text(of: $0) } }

    /// The role's letter for each column; capital when bold.
    public var styleRows: [String] { rows { String($0.style.letter) } }

    /// The surface's letter for each column; a dot is the base.
    public var surfaceRows: [String] { rows { String($0.style.surface.letter) } }

    private func rows(_ letter: (Cell) -> String) -> [String] {
        (0..<size.rows).map { y in
            cells[y * size.columns..<(y + 1) * size.columns].map(letter).joined()
        }
    }
}
