/// One column of a table.
public struct TableColumn: Hashable, Sendable {
    public enum Width: Hashable, Sendable {
        case fixed(Int)
        /// At least `least` columns, and a share of what is left by weight.
        case flexible(least: Int, weight: Int = 1)
    }

    public var id: String
    public var title: String
    public var width: Width
    public var alignment: Alignment
    /// 0 stays always; of the others the highest number is dropped first when the table is too narrow.
    public var dropOrder: Int

    public init(id: String, title: String, width: Width, alignment: Alignment = .left, dropOrder: Int = 0) {
        self.id = id
        self.title = title
        self.width = width
        self.alignment = alignment
        self.dropOrder = dropOrder
    }

    var least: Int {
        switch width {
        case .fixed(let columns): columns
        case .flexible(let least, _): least
        }
    }
}

/// Where each column that is shown stands.
public struct TableLayout: Hashable, Sendable {
    public struct Place: Hashable, Sendable {
        /// Index into the table's columns.
        public var column: Int
        public var x: Int
        public var width: Int
    }
    public var places: [Place]

    /// Drops optional columns until the rest fits in `width`, then shares out what is left over.
    public init(columns: [TableColumn], x: Int, width: Int, gap: Int = 2) {
        var kept = Array(columns.indices)
        func needed() -> Int {
            kept.reduce(0) { $0 + columns[$1].least } + max(0, kept.count - 1) * gap
        }
        while needed() > width {
            guard
                let drop = kept.filter({ columns[$0].dropOrder > 0 })
                    .max(by: { columns[$0].dropOrder < columns[$1].dropOrder })
            else { break }
            kept.removeAll { $0 == drop }
        }
        var spare = max(0, width - needed())
        var weights = kept.reduce(0) { $0 + TableLayout.weight(columns[$1]) }
        var left = x
        places = []
        for index in kept where left < x + width {
            let weight = TableLayout.weight(columns[index])
            let share = weights > 0 ? spare * weight / weights : 0
            spare -= share
            weights -= weight
            let columnWidth = min(columns[index].least + share, x + width - left)
            places.append(Place(column: index, x: left, width: columnWidth))
            left += columnWidth + gap
        }
    }

    private static func weight(_ column: TableColumn) -> Int {
        if case .flexible(_, let weight) = column.width { weight } else { 0 }
    }
}
