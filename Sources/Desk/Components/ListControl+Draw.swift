import Domain
import Services
import TerminalKit

extension ListControl {
    var paginator: Paginator {
        Paginator(
            total: total ?? rows.count + (page - 1) * perPage, page: page - 1, pageSize: perPage,
            isTotalExact: total != nil)
    }

    /// Total, pages and page size; nothing before they are known.
    func drawPaginator(on canvas: inout Canvas, in rect: Rect, surface: Surface = .base) -> HitMap {
        isLoaded ? paginator.draw(on: &canvas, in: rect, surface: surface, number: \.grouped) : HitMap()
    }

    /// What stands in the table: rows, grey bars before the first answer, why it is empty, or what went wrong.
    ///
    /// - Parameter reload: the key that reads the list again; empty when it has none.
    func content(
        height: Int, empty: String, reload: String, cells: @escaping (Row, Int) -> [Line]
    ) -> Table.Content {
        if let failure {
            let reason = failure.why.isEmpty ? "" : ": \(failure.why)"
            let again = reload.isEmpty ? "" : " Press \(reload) to try again."
            return .message(Line("\(failure.what)\(reason).\(again)", .danger))
        }
        if !isLoaded { return .loading(rows: max(0, height - 1)) }
        if rows.isEmpty {
            let clear = filter.isCleared ? "" : " Press Esc to clear the filter."
            let fits = "Nothing fits \"\(filter.text)\".\(clear)"
            return .message(Line(filter.text.isEmpty ? empty : fits, .muted))
        }
        return .rows(count: rows.count) { cells(rows[$0], firstSerial + $0) }
    }

    /// The number of each row, wide enough for the highest one of the page.
    var serialColumn: TableColumn {
        let widest = (firstSerial + max(0, rows.count - 1)).grouped
        return TableColumn(id: "sr", title: "Sr.", width: .fixed(max(4, Text.width(widest))), alignment: .right)
    }

    /// Columns that the widest row of the page needs under a title: room that nothing stands in is another column's.
    ///
    /// - Parameter empty: while there are no rows, so that the table keeps its shape.
    func width(under title: String, empty: Int = 0, _ text: (Row) -> String) -> Int {
        rows.reduce(max(Text.width(title), rows.isEmpty ? empty : 0)) { max($0, Text.width(text($1))) }
    }

    /// Clickable parts of visible rows: `name(row)` of each column that has one.
    func parts(
        _ columns: [TableColumn], in rect: Rect, _ name: (_ columnId: String, _ row: Row) -> String?
    ) -> HitMap {
        var hits = HitMap()
        guard failure == nil else { return hits }
        let layout = TableLayout(columns: columns, x: rect.x + 1, width: max(0, rect.width - 2))
        for line in 0..<Table.visibleRows(in: rect) {
            let index = table.offset + line
            guard let row = row(at: index) else { break }
            for place in layout.places {
                guard let name = name(columns[place.column].id, row) else { continue }
                let area = Rect(x: place.x, y: rect.y + 1 + line, width: max(place.width, 2), height: 1)
                hits.add(area, HitTarget(name, index))
            }
        }
        return hits
    }
}
