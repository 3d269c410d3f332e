import Services
import TerminalKit

/// A list that is shown whole: few rows, so neither pages nor a filter. The selection stays on its row when rows come,
/// go or move.
struct ShortList<Row: ListRow>: Sendable {
    private var control = ListControl<Row>(perPage: Settings.pageSizes.last ?? 100)
    private var reading = PageReading()

    var selected: Row? { control.selected }
    var rows: [Row] { control.rows }
    var isLoaded: Bool { control.isLoaded }

    /// The number to ask with; nil when a read is under way already.
    mutating func refresh() -> Int? { reading.refresh() }

    /// Takes rows that came; false for late ones.
    mutating func take(_ rows: [Row], _ number: Int, visibleRows: Int) -> Bool {
        guard reading.finish(number) else { return false }
        control.show(
            .init(rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: 1), visibleRows: visibleRows)
        return true
    }

    /// Something was committed while the rows were read: they are to be read once more.
    var isStale: Bool { reading.isStale }

    /// Whether the complaint is the answer to the read; then it stands where the rows would.
    mutating func take(_ complaint: Complaint, _ number: Int) -> Bool {
        guard reading.finish(number) else { return false }
        control.failure = complaint
        return true
    }

    mutating func fit(visibleRows: Int) { control.fit(visibleRows: visibleRows) }

    mutating func handle(_ key: Key, visibleRows: Int) { _ = control.handle(key, visibleRows: visibleRows) }

    mutating func handle(_ target: HitTarget, _ event: MouseEvent, visibleRows: Int) {
        switch (event.action, target.name) {
        case (.wheelUp, _): control.wheel(-3, visibleRows: visibleRows)
        case (.wheelDown, _): control.wheel(3, visibleRows: visibleRows)
        case (.press, "row"): control.select(index: target.index, visibleRows: visibleRows)
        default: break
        }
    }

    /// The table; `cells` gives one line for each column.
    func draw(
        _ columns: [TableColumn], empty: String, on canvas: inout Canvas, in rect: Rect,
        cells: @escaping (Row) -> [Line]
    ) -> HitMap {
        let content = control.content(height: rect.height, empty: empty) { row, _ in cells(row) }
        return Table(columns: columns, content: content).draw(control.table, on: &canvas, in: rect)
    }
}
