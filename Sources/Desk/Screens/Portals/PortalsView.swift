import Domain
import Services
import TerminalKit

extension PortalsScreen {
    /// Where the parts of the main screen stand.
    struct Layout {
        var cards: [Rect]
        var isWide: Bool
        var heading: Rect
        var table: Rect
        var footer: Rect

        /// From this width on the cards stand side by side; below it each is one line.
        static let wideFrom = 100

        init(_ context: ScreenContext) {
            var rest = context.rect
            isWide = rest.width >= Self.wideFrom && rest.height >= 28
            if isWide {
                cards = rest.sliceTop(9).inset(left: 0).columns(3)
            } else {
                cards = (0..<3).map { _ in rest.sliceTop(1) }
                _ = rest.sliceTop(1)
            }
            heading = rest.sliceTop(1)
            footer = rest.sliceBottom(1)
            table = rest
        }

        var visibleRows: Int { Table.visibleRows(in: table) }
    }

    public func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let layout = Layout(context)
        var hits = HitMap()
        for (portal, place) in zip(Portal.allCases, layout.cards) {
            hits.merge(drawCard(portal, on: &canvas, in: place, isWide: layout.isWide, context))
        }
        if !layout.isWide {
            canvas.hline(x: rect.x, y: rect.y + 3, width: rect.width, style: Style(.border))
        }
        drawHeading(on: &canvas, in: layout.heading, &hits, context)
        hits.merge(drawTable(on: &canvas, in: layout.table, context))
        hits.merge(list.paginator.draw(on: &canvas, in: layout.footer.inset(left: 1, right: 1)))
        return hits
    }

    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? {
        guard list.filter.isEditing else { return nil }
        var scratch = Canvas(size: context.size)
        return list.filter.draw(on: &scratch, in: filterPlace(Layout(context).heading), surface: .base, placeholder: "")
    }

    private func filterPlace(_ heading: Rect) -> Rect {
        let start = heading.x + 1 + Text.width(Self.tableTitle) + 3
        return Rect(x: start, y: heading.y, width: max(0, heading.right - start - 38), height: 1)
    }

    static let tableTitle = "Recent Sync Activity"

    private func drawHeading(on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap, _ context: ScreenContext) {
        canvas.put(Self.tableTitle, x: rect.x + 1, y: rect.y, style: Style(.heading, on: .base, .bold))
        _ = list.filter.draw(
            on: &canvas, in: filterPlace(rect), surface: .base, placeholder: ActivityFilterText.placeholder)
        let refresh = canvas.putRight("⟳ Refresh", right: rect.right - 1, y: rect.y, style: Style(.link))
        hits.add(Rect(x: rect.right - 1 - refresh, y: rect.y, width: refresh, height: 1), HitTarget("refresh"))
        var note = Line("sort: \(Self.title(of: sort.field)) \(sort.descending ? "▼" : "▲")", .muted)
        if !filterNote.isEmpty { note = Line(filterNote, .warning) }
        if !list.marks.isEmpty { note = Line("\(list.marks.count) marked", .accent, .bold) }
        let place = Rect(x: rect.right - 37, y: rect.y, width: 25, height: 1)
        canvas.put(note, in: place, surface: .base, alignment: .right)
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

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let columns = ActivityColumns.columns(context)
        let content: Table.Content
        if let failure {
            content = .message(Line("\(failure.what). \(failure.remedy). Press r to try again.", .danger))
        } else if !list.isLoaded {
            content = .loading(rows: rect.height - 1)
        } else if rows.isEmpty {
            content = .message(Line(emptyText(context), .muted))
        } else {
            content = .rows(count: rows.count) { index in
                ActivityColumns.cells(rows[index], serial: firstSerial + index, context)
            }
        }
        let table = Table(
            columns: columns, content: content,
            sort: .init(columnId: sort.field.rawValue, isAscending: !sort.descending),
            isFocused: area == .table && !list.filter.isEditing,
            isMarked: { rows.indices.contains($0) && list.marks.contains(rows[$0].id) })
        var hits = table.draw(list.table, on: &canvas, in: rect)
        hits.merge(eyes(columns, in: rect))
        return hits
    }

    /// The eye of each failed job that is on the screen can be clicked.
    private func eyes(_ columns: [TableColumn], in rect: Rect) -> HitMap {
        var hits = HitMap()
        let layout = TableLayout(columns: columns, x: rect.x + 1, width: rect.width - 2)
        guard failure == nil, let place = layout.places.first(where: { columns[$0.column].id == "actions" }) else {
            return hits
        }
        for line in 0..<Table.visibleRows(in: rect) {
            let index = list.table.offset + line
            guard rows.indices.contains(index), rows[index].status == .failed else { continue }
            hits.add(Rect(x: place.x, y: rect.y + 1 + line, width: place.width, height: 1), HitTarget("eye", index))
        }
        return hits
    }

    private func emptyText(_ context: ScreenContext) -> String {
        if !list.filter.text.isEmpty { return "No job fits \"\(list.filter.text)\". Press Esc to clear the filter." }
        return "Nothing was fetched yet. Press F to fetch every account, or 1, 2, 3 to configure a portal."
    }

    private func drawCard(
        _ portal: Portal, on canvas: inout Canvas, in rect: Rect, isWide: Bool, _ context: ScreenContext
    ) -> HitMap {
        let summary = context.summary[portal]
        let isFocused = area == .card(portal)
        if !isWide { return drawCardLine(portal, summary, isFocused, on: &canvas, in: rect, context) }
        let card = Card(
            key: String(portal.position + 1), title: portal.title, icon: portal.icon, heading: portal.summary,
            rows: [
                Card.Row(
                    Badge.connection(summary).line,
                    right: Line("\(summary.verified)/\(summary.accounts) verified", .text)),
                Card.Row(fetchLine(summary, context), right: newsLine(summary)),
            ],
            button: Line("⚙ Configure", .link, isFocused ? .bold : []), isFocused: isFocused)
        return card.draw(on: &canvas, in: rect, index: portal.position)
    }

    private func drawCardLine(
        _ portal: Portal, _ summary: PortalSummary, _ isFocused: Bool, on canvas: inout Canvas, in rect: Rect,
        _ context: ScreenContext
    ) -> HitMap {
        var hits = HitMap()
        let surface: Surface = isFocused ? .selection : .base
        canvas.fill(rect, style: Style(on: surface))
        canvas.put("\(portal.position + 1)", x: rect.x + 1, y: rect.y, style: Style(.key, on: surface))
        canvas.put(
            "\(portal.icon) \(portal.title)", x: rect.x + 3, y: rect.y, style: Style(.heading, on: surface, .bold))
        Badge.connection(summary).draw(on: &canvas, x: rect.x + 26, y: rect.y, surface: surface)
        let verified = "\(summary.verified)/\(summary.accounts) verified"
        canvas.putRight(verified, right: rect.x + 58, y: rect.y, style: Style(on: surface))
        let news = Rect(x: rect.x + 60, y: rect.y, width: max(0, rect.width - 63), height: 1)
        canvas.put(
            summary.isConnected ? newsLine(summary) : Line(summary.whyNotConnected ?? "", .muted), in: news,
            surface: surface)
        canvas.put("⚙", x: rect.right - 2, y: rect.y, style: Style(.link, on: surface))
        hits.add(rect, HitTarget("card", portal.position))
        hits.add(rect.right(3), HitTarget("configure", portal.position))
        return hits
    }

    private func fetchLine(_ summary: PortalSummary, _ context: ScreenContext) -> Line {
        if let why = summary.whyNotConnected { return Line(why, .muted) }
        guard let at = summary.lastFetchAt else { return Line("never fetched", .muted) }
        let isToday = CivilTime(at, offset: context.utcOffset).date == context.today
        return Line(
            "last fetch \(isToday ? context.minute(at) : TimeText.date(CivilTime(at, offset: context.utcOffset).date))",
            .muted)
    }

    private func newsLine(_ summary: PortalSummary) -> Line {
        var spans: [Span] = []
        func add(_ count: Int, _ word: String, _ role: Role) {
            guard count > 0 else { return }
            if !spans.isEmpty { spans.append(Span(", ", .muted)) }
            spans.append(Span("\(count) \(word)", role))
        }
        add(summary.unseenNotices, "new", .accent)
        add(summary.dueSoon, "due soon", .warning)
        add(summary.overdue, "overdue", .danger)
        if spans.isEmpty { return summary.lastFetchAt == nil ? .empty : Line("none new", .muted) }
        return Line(spans)
    }
}
