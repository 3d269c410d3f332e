import Domain
import TerminalKit

/// A screen that is one list: its heading, the table, what is known of the selected row, and the pages or, under a list
/// that is shown whole, a line of its own.
protocol FramedList: ListScreen {
    /// Rows below the table that tell of the selection; 0 for none, and no rule either.
    static var detailRows: Int { get }

    func heading(_ context: ScreenContext) -> ListHeading
    func columns(_ context: ScreenContext) -> [TableColumn]
    func cells(_ row: Row, serial: Int, _ context: ScreenContext) -> [Line]
    /// What stands in place of rows when there are none and nothing is filtered.
    func emptyText(_ context: ScreenContext) -> String
    /// What is known of the selected row, `detailRows` lines at the most.
    func detail(_ context: ScreenContext, width: Int) -> [Line]
    /// The last line of a list without pages.
    func footer(_ context: ScreenContext) -> Line
}

extension FramedList {
    static var detailRows: Int { 3 }
    func detail(_ context: ScreenContext, width: Int) -> [Line] { [] }
    func footer(_ context: ScreenContext) -> Line { .empty }

    func tablePlace(_ context: ScreenContext) -> Rect { FramedParts(context.rect, detailRows: Self.detailRows).table }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let frame = FramedParts(rect, detailRows: Self.detailRows)
        var drawn = Drawn()
        drawn.cursor = heading(context).draw(list, on: &canvas, in: frame.heading, &drawn.hits)
        let content = list.content(
            height: frame.table.height, empty: emptyText(context), reload: context.label(.refresh, scope)
        ) { row, serial in
            cells(row, serial: serial, context)
        }
        let table = Table(
            columns: columns(context), content: content, isFocused: !list.filter.isEditing, isMarked: list.isMarked)
        drawn.hits.merge(table.draw(list.table, on: &canvas, in: frame.table))
        if !frame.rule.isEmpty {
            canvas.hline(x: rect.x, y: frame.rule.y, width: rect.width, style: Style(.border))
            if let line = damageLine { canvas.put(line, in: frame.rule.inset(left: 1, right: 1)) }
        }
        let lines = detail(context, width: frame.detail.width).prefix(frame.detail.height)
        for (index, line) in lines.enumerated() { canvas.put(line, in: frame.detail.row(index)) }
        if pageSizeSetting == nil {
            canvas.put(footer(context), in: frame.footer.inset(left: 1, right: 1))
        } else {
            drawn.hits.merge(list.drawPaginator(on: &canvas, in: frame.footer))
        }
        return drawn
    }
}

extension FramedList {
    /// What of the page is no row because it cannot be read; it stands on the rule below the rows.
    private var damageLine: Line? {
        guard let first = list.damaged.first else { return nil }
        let more = list.damaged.count > 1 ? " and \((list.damaged.count - 1).grouped) more" : ""
        return Line(" ! \(first.line)\(more) ", .danger)
    }
}

/// Where the parts of such a screen stand.
private struct FramedParts {
    var heading: Rect
    var table: Rect
    var rule: Rect
    var detail: Rect
    var footer: Rect

    init(_ rect: Rect, detailRows: Int) {
        var rest = rect
        heading = rest.sliceTop(1).inset(left: 1, right: 1)
        footer = rest.sliceBottom(1).inset(left: 1, right: 1)
        detail = rest.sliceBottom(detailRows).inset(left: 2, right: 2)
        rule = rest.sliceBottom(detailRows > 0 ? 1 : 0)
        table = rest
    }
}
