/// The extent of a screen or a part of one, in character cells.
public struct Size: Hashable, Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    /// Whether everything of `other` fits inside.
    public func holds(_ other: Size) -> Bool { columns >= other.columns && rows >= other.rows }
}

/// A cell's place: column `x` from the left and row `y` from the top, both starting at 0.
public struct Point: Hashable, Sendable {
    public var x: Int
    public var y: Int

    public init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}
