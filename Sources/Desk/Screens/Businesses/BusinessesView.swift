import Domain
import Services
import TerminalKit

extension BusinessesScreen {
    func table(_ rect: Rect) -> Rect { rect.inset(top: 1, bottom: 1) }

    public func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let heading = rect.top(1)
        canvas.put("Businesses", x: heading.x + 1, y: heading.y, style: Style(.heading, on: .base, .bold))
        _ = list.filter.draw(
            on: &canvas, in: filterPlace(heading), surface: .base, placeholder: "name, group or identity")
        if isImporting { canvas.putRight("importing…", right: heading.right - 1, y: heading.y, style: Style(.running)) }
        if !list.marks.isEmpty {
            canvas.putRight(
                "\(list.marks.count) marked", right: heading.right - 1, y: heading.y,
                style: Style(.accent, on: .base, .bold))
        }
        var hits = drawTable(on: &canvas, in: table(rect), context)
        hits.merge(list.paginator.draw(on: &canvas, in: rect.bottom(1).inset(left: 1, right: 1)))
        return hits
    }

    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? {
        guard list.filter.isEditing else { return nil }
        var scratch = Canvas(size: context.size)
        return list.filter.draw(on: &scratch, in: filterPlace(rect.top(1)), surface: .base, placeholder: "")
    }

    private func filterPlace(_ heading: Rect) -> Rect { heading.inset(left: 14, right: 16) }

    private static let columns = [
        TableColumn(id: "sr", title: "Sr.", width: .fixed(5), alignment: .right),
        TableColumn(id: "pan", title: "PAN", width: .fixed(10)),
        TableColumn(id: "gstins", title: "GSTIN", width: .fixed(20)),
        TableColumn(id: "tans", title: "TAN", width: .fixed(15)),
        TableColumn(id: "group", title: "Group", width: .flexible(least: 8, weight: 1), dropOrder: 1),
        TableColumn(id: "name", title: "Business Name", width: .flexible(least: 16, weight: 3)),
    ]

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let content: Table.Content
        if let failure {
            content = .message(Line("\(failure.what). Press r to try again.", .danger))
        } else if !list.isLoaded {
            content = .loading(rows: rect.height - 1)
        } else if rows.isEmpty {
            let text =
                list.filter.text.isEmpty
                ? "No business yet. Press a to add one, or i to import a spreadsheet."
                : "No business fits \"\(list.filter.text)\". Press Esc to clear the filter."
            content = .message(Line(text, .muted))
        } else {
            content = .rows(count: rows.count) { index in
                let business = rows[index]
                return [
                    Line(String(firstSerial + index), .muted),
                    Line(business.pan?.text ?? "—", business.pan == nil ? .muted : .text),
                    Self.several(business.gstins), Self.several(business.tans), Line(business.group, .muted),
                    Line(business.name),
                ]
            }
        }
        let table = Table(
            columns: Self.columns, content: content, isFocused: !list.filter.isEditing,
            isMarked: { rows.indices.contains($0) && list.marks.contains(rows[$0].id) })
        return table.draw(list.table, on: &canvas, in: rect)
    }

    private static func several(_ identities: [String]) -> Line {
        guard let first = identities.first else { return Line("—", .muted) }
        return Line([Span(first, .text), Span(identities.count > 1 ? " +\(identities.count - 1)" : "", .accent)])
    }
}
