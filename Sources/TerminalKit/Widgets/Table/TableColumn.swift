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
    /// Columns that the content at hand needs; a flexible column gets no more while another one is short. nil: no end.
    public var wanted: Int?
    /// Whether what is too long is cut in its middle, so that its end stays to be read.
    public var keepsEnd: Bool

    public init(
        id: String, title: String, width: Width, alignment: Alignment = .left, dropOrder: Int = 0, wanted: Int? = nil,
        keepsEnd: Bool = false
    ) {
        self.id = id
        self.title = title
        self.width = width
        self.alignment = alignment
        self.dropOrder = dropOrder
        self.wanted = wanted
        self.keepsEnd = keepsEnd
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

    /// Drops optional columns until the rest fits in `width`, then shares out what is left over. Where even that does
    /// not fit, the gap between columns shrinks to one before anything is cut.
    public init(columns: [TableColumn], x: Int, width: Int, gap: Int = 2) {
        var kept = Array(columns.indices)
        var gap = gap
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
        if needed() > width { gap = 1 }
        let widths = TableLayout.widths(kept.map { columns[$0] }, spare: max(0, width - needed()))
        var left = x
        places = []
        for (index, wanted) in zip(kept, widths) where left < x + width {
            let columnWidth = min(wanted, x + width - left)
            places.append(Place(column: index, x: left, width: columnWidth))
            left += columnWidth + gap
        }
    }

    /// Shares `spare` out by weight until every flexible column has what its content needs; the last one gets the rest.
    private static func widths(_ columns: [TableColumn], spare: Int) -> [Int] {
        var widths = columns.map(\.least)
        var spare = spare
        func isShort(_ index: Int) -> Bool {
            weight(columns[index]) > 0 && widths[index] < columns[index].wanted ?? .max
        }
        while spare > 0 {
            let short = columns.indices.filter(isShort)
            guard !short.isEmpty else { break }
            var weights = short.reduce(0) { $0 + weight(columns[$1]) }
            let before = spare
            for index in short {
                let weight = weight(columns[index])
                let share = min(
                    (spare * weight + weights - 1) / weights, (columns[index].wanted ?? .max) - widths[index])
                let fair = columns[index].wanted == nil ? spare * weight / weights : min(share, spare)
                widths[index] += fair
                spare -= fair
                weights -= weight
            }
            if spare == before { break }
        }
        if let last = columns.lastIndex(where: { weight($0) > 0 }) { widths[last] += spare }
        return widths
    }

    private static func weight(_ column: TableColumn) -> Int {
        if case .flexible(_, let weight) = column.width { weight } else { 0 }
    }
}
