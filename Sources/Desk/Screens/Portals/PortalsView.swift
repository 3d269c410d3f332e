import Domain
import Services
import TerminalKit

extension PortalsScreen {
    /// Where the parts of the main screen stand.
    struct Layout {
        var cards: [Rect]
        var isWide: Bool
        /// Between the card lines and the table, on a narrow screen.
        var rule: Rect
        /// What stands open at authorities; on a wide screen a line of its own while something does, else on the rule.
        var actions: Rect
        var heading: Rect
        var table: Rect
        /// Below a table that shows its whole page, on a tall screen; empty elsewhere.
        var preview: Rect
        var footer: Rect

        /// From this width on the cards stand side by side; below it each is one line.
        static let wideFrom = 100

        private static let previewRows = 8

        init(_ context: ScreenContext, perPage: Int) {
            var rest = context.rect
            isWide = rest.width >= Self.wideFrom && rest.height >= 28
            cards = isWide ? rest.sliceTop(9).columns(3) : (0..<3).map { _ in rest.sliceTop(1) }
            rule = rest.sliceTop(isWide ? 0 : 1)
            let isQuiet = context.summary.actions.isQuiet && context.summary.bills.expiring == 0
            actions = isWide ? rest.sliceTop(isQuiet ? 0 : 1) : rule
            heading = rest.sliceTop(1)
            footer = rest.sliceBottom(1)
            let hasRoom = rest.height - Table.headerRows - perPage >= Self.previewRows
            table = hasRoom ? rest.sliceTop(Table.headerRows + perPage) : rest
            preview = hasRoom ? rest : rest.sliceBottom(0)
        }
    }

    func layout(_ context: ScreenContext) -> Layout { Layout(context, perPage: list.perPage) }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = layout(context)
        var drawn = Drawn()
        let cards = Portal.allCases.map { portal in
            let known = context.summary.portals.contains { $0.portal == portal }
            return PortalCard(context.summary[portal], isKnown: known, isFocused: area == .card(portal))
        }
        let columns = PortalCard.LineColumns(cards, width: rect.width)
        for (card, place) in zip(cards, layout.cards) {
            drawn.hits.merge(
                layout.isWide
                    ? card.draw(on: &canvas, in: place, context)
                    : card.drawLine(on: &canvas, in: place, columns, context))
        }
        if !layout.isWide { drawRule(on: &canvas, in: layout.rule, context) }
        drawActions(on: &canvas, in: layout.actions, context, &drawn.hits)
        drawn.cursor = drawHeading(on: &canvas, in: layout.heading.inset(left: 1, right: 1), &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        drawPreview(on: &canvas, in: layout.preview, context)
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer.inset(left: 1, right: 1)))
        return drawn
    }

    /// The line under the cards says in full why the focused portal is not connected.
    private func drawRule(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        canvas.hline(x: rect.x, y: rect.y, width: rect.width, style: Style(.border))
        guard case .card(let portal) = area, let why = context.summary[portal].whyNotConnected else { return }
        canvas.put(" \(portal.shortName): \(why) ", in: rect.inset(left: 2, right: 2), style: Style(.warning))
    }

    /// The strip of GSTN actions: absent while nothing stands open.
    private func drawActions(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext, _ hits: inout HitMap) {
        let (standing, bills) = (context.summary.actions, context.summary.bills)
        guard !standing.isQuiet || bills.expiring > 0, !rect.isEmpty else { return }
        // The reason of a focused card stands there already.
        if rect.width < Layout.wideFrom, case .card(let portal) = area, context.summary[portal].whyNotConnected != nil {
            return
        }
        let isWide = rect.width >= Layout.wideFrom
        let next = standing.nextStepAt.map { isWide && $0 > context.now ? " · next \(context.minute($0))" : "" } ?? ""
        var place = isWide ? rect : rect.inset(left: 2, right: 2)
        if bills.expiring > 0 {
            let line = bills.line(isShort: !isWide) + Line("  \(context.label(.goEWayBills, .everywhere)) ", .muted)
            let part = standing.isQuiet ? place : place.sliceRight(min(place.width, line.width + 1))
            canvas.put(Line(" ") + line, in: part)
            hits.add(part, HitTarget("openBills"))
        }
        guard !standing.isQuiet else { return }
        let line =
            Line(" GSTN actions  ", .heading, .bold) + standing.line(isShort: !isWide)
            + Line("\(next)  \(context.label(.goOperations, .everywhere)) ", .muted)
        canvas.put(line, in: place)
        hits.add(place, HitTarget("openActions"))
    }

    private func drawHeading(on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap) -> Point? {
        let refresh = canvas.putRight("⟳ Refresh", right: rect.right, y: rect.y, style: Style(.link))
        hits.add(rect.right(refresh), HitTarget("refresh"))
        let sorting = "sort: \(Self.title(of: sort.field)) \(sort.descending ? "▼" : "▲")"
        let heading = ListHeading(
            title: "Recent Sync Activity", placeholder: ActivityFilterText.placeholder, note: Line(sorting, .muted),
            warning: filterNote)
        return heading.draw(list, on: &canvas, in: rect.inset(right: refresh + 2), &hits)
    }

    private static func title(of field: ActivitySort.Field) -> String {
        switch field {
        case .startTime: "Start Time"
        case .completedTime: "Completed"
        case .portal: "Portal"
        case .identity: "Identity"
        case .status: "Status"
        }
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        ActivityColumns.columns(context, lastSerial: list.firstSerial + max(0, list.rows.count - 1))
    }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let columns = columns(context)
        let content = list.content(
            height: rect.height, empty: emptyText(context), reload: context.label(.refresh, scope)
        ) { job, serial in
            ActivityColumns.cells(job, serial: serial, context)
        }
        let table = Table(
            columns: columns, content: content,
            sort: .init(columnId: sort.field.rawValue, isAscending: !sort.descending),
            isFocused: area == .table && !list.filter.isEditing, isMarked: list.isMarked)
        var hits = table.draw(list.table, on: &canvas, in: rect)
        // The eye of a failed job can be clicked.
        hits.merge(
            list.parts(columns, in: rect) { id, job in id == "actions" && job.status == .failed ? "eye" : nil })
        return hits
    }

    /// What became of the selected job, from its row alone: nothing is read for it.
    private func drawPreview(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard !rect.isEmpty, area == .table, let job = list.selected else { return }
        canvas.hline(x: rect.x, y: rect.y, width: rect.width, style: Style(.border))
        canvas.put(" Job \(job.id) ", in: rect.inset(left: 2), style: Style(.muted))
        let body = rect.inset(left: 1, top: 1, right: 1)
        let rows = JobHead(job: job).rows(width: max(1, body.width), context)
        for (index, line) in rows.prefix(body.height).enumerated() { canvas.put(line, in: body.row(index)) }
    }

    private func emptyText(_ context: ScreenContext) -> String {
        if context.summary.portals.allSatisfy({ $0.accounts == 0 }) {
            let register = context.label(.goBusinesses, .portals)
            return "No business is registered yet. Press \(register) to add businesses or import a spreadsheet."
        }
        let all = context.label(.fetchAll, .portals)
        return "Nothing was fetched yet. Press \(all) to fetch every account, or 1, 2, 3 to configure a portal."
    }
}
