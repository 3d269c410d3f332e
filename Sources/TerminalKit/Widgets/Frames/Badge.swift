/// A state in three ways at once: glyph, word and colour, so that it never rests on colour alone.
public struct Badge: Hashable, Sendable {
    public var glyph: Character
    public var word: String
    public var role: Role

    public init(glyph: Character, word: String, role: Role) {
        self.glyph = glyph
        self.word = word
        self.role = role
    }

    /// `● Connected`, for use in table cells and card lines.
    public var line: Line { Line("\(glyph) \(word)", role) }
    public var width: Int { line.width }

    /// Returns the columns used.
    @discardableResult
    public func draw(on canvas: inout Canvas, x: Int, y: Int, surface: Surface = .base, width: Int? = nil) -> Int {
        canvas.put(line, x: x, y: y, surface: surface, width: width)
    }
}
