import Domain
import Services
import TerminalKit

extension BusinessesScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        let heading = ListHeading(
            title: "Businesses", placeholder: "name, group or identity",
            note: isImporting ? Line("importing…", .running) : .empty)
        drawn.cursor = heading.draw(list, on: &canvas, in: rect.top(1).inset(left: 1, right: 1), &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: tablePlace(context)))
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: rect.bottom(1).inset(left: 1, right: 1)))
        return drawn
    }

    private static let columns = [
        TableColumn(id: "sr", title: "Sr.", width: .fixed(5), alignment: .right),
        TableColumn(id: "pan", title: "PAN", width: .fixed(10)),
        TableColumn(id: "gstins", title: "GSTIN", width: .fixed(20)),
        TableColumn(id: "tans", title: "TAN", width: .fixed(15)),
        TableColumn(id: "group", title: "Group", width: .flexible(least: 8, weight: 1), dropOrder: 1),
        TableColumn(id: "name", title: "Business Name", width: .flexible(least: 16, weight: 3)),
    ]

    private func drawTable(on canvas: inout Canvas, in rect: Rect) -> HitMap {
        let empty = "No business yet. Press a to add one, or i to import a spreadsheet."
        let content = list.content(height: rect.height, empty: empty) { business, serial in
            [
                Line(String(serial), .muted), Line(business.pan?.text ?? "—", business.pan == nil ? .muted : .text),
                Self.several(business.gstins), Self.several(business.tans), Line(business.group, .muted),
                Line(business.name),
            ]
        }
        let table = Table(
            columns: Self.columns, content: content, isFocused: !list.filter.isEditing, isMarked: list.isMarked)
        return table.draw(list.table, on: &canvas, in: rect)
    }

    private static func several(_ identities: [String]) -> Line {
        guard let first = identities.first else { return Line("—", .muted) }
        return Line([Span(first, .text), Span(identities.count > 1 ? " +\(identities.count - 1)" : "", .accent)])
    }
}
