/// Where a reader stands in a long text, how it is shown, and what is searched for.
public struct PagerState: Hashable, Sendable {
    /// A place in the text: a line, and a row of it when it is wrapped.
    public struct Position: Hashable, Comparable, Sendable {
        public var line: Int
        public var row: Int

        public init(line: Int = 0, row: Int = 0) {
            self.line = line
            self.row = row
        }

        public static func < (left: Position, right: Position) -> Bool {
            (left.line, left.row) < (right.line, right.row)
        }
    }

    public struct Match: Hashable, Sendable {
        public var line: Int
        /// Offsets of graphemes in the line.
        public var range: Range<Int>
    }

    public var top = Position()
    /// Columns scrolled to the right, when lines are not wrapped.
    public var left = 0
    public var wraps: Bool
    public internal(set) var query = ""
    public internal(set) var matches: [Match] = []
    public internal(set) var currentMatch: Int?

    public init(wraps: Bool = false) { self.wraps = wraps }
}
