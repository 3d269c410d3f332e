import Domain
import TerminalKit

extension FailuresScreen {
    struct Layout {
        var heading: Rect
        var groups: Rect
        var rule: Rect
        var table: Rect
        var detailRule: Rect
        /// What was said of the selected job, whole.
        var detail: Rect
        var footer: Rect

        /// Causes that show at once.
        var groupRows: Int { Table.visibleRows(in: groups) }

        init(_ rect: Rect, groupCount: Int) {
            var rest = rect
            heading = rest.sliceTop(1).inset(left: 1, right: 1)
            footer = rest.sliceBottom(1).inset(left: 1, right: 1)
            let most = max(3, rest.height / 3)
            groups = groupCount == 0 ? rest.sliceTop(0) : rest.sliceTop(Table.headerRows + min(groupCount, most))
            rule = rest.sliceTop(groupCount == 0 ? 0 : 1)
            detail = rest.sliceBottom(groupCount == 0 ? 0 : rect.height > 30 ? 6 : 4).inset(left: 2, right: 2)
            detailRule = rest.sliceBottom(groupCount == 0 ? 0 : 1)
            table = rest
        }
    }

    func layout(_ context: ScreenContext) -> Layout { Layout(context.rect, groupCount: groups.count) }
    func tablePlace(_ context: ScreenContext) -> Rect { layout(context).table }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = layout(context)
        var drawn = Drawn()
        let isUnclear = !list.filter.text.isEmpty && portal == nil && !list.filter.isEditing
        let heading = ListHeading(
            title: "Failures by cause", placeholder: "gst  income tax  traces",
            note: list.isLoaded && total > 0 ? Line(Counted.text(total, "login"), .warning) : .empty,
            warning: isUnclear ? "the filter names no portal" : "")
        drawn.cursor = heading.draw(list, on: &canvas, in: layout.heading, &drawn.hits)
        drawGroups(on: &canvas, in: layout.groups, &drawn.hits, context)
        if let group {
            canvas.hline(x: rect.x, y: layout.rule.y, width: rect.width, style: Style(.border))
            canvas.put(title(group, context), in: layout.rule.inset(left: 2, right: 2))
        }
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        drawDetail(on: &canvas, layout, context)
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer))
        return drawn
    }

    /// The cause, and what the one key does about it.
    private func title(_ group: FailureGroup, _ context: ScreenContext) -> Line {
        let title = Line(" \(group.title) ", .heading, .bold)
        if let refusal = refusal(group.key.action, context) {
            return title + Line("· \(refusal) ", .muted)
        }
        return title + Line("· \(context.label(.act, .failures)) ", .key, .bold)
            + Line("\(Self.deed(group.key.action)) ", .muted)
    }

    /// What acting on a cause does, in words.
    private static func deed(_ action: CauseAction) -> String {
        switch action {
        case .fixLogin: "enters the right login of the selected one; Submit verifies it"
        case .verify: "verifies all of them, after a question"
        case .retry: "retries all of them, after a question"
        case .answer: "opens the questions that portals ask"
        case .connect: "opens the way to an API session of the selected one"
        case .authorise: "records the written authority of the selected one; then R retries it"
        case .look: "opens the log of the selected one"
        }
    }

    private func drawGroups(
        on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap, _ context: ScreenContext
    ) {
        guard !rect.isEmpty else { return }
        // Where room is short the mark alone says that they wait.
        let isNarrow = rect.width < 100
        let titles = groups.map { isNarrow ? $0.key.cause.title : $0.title }
        let portals = groups.map { group in
            Portal.allCases.compactMap { portal in group.portals[portal].map { "\(portal.shortName) \($0)" } }
                .joined(separator: " · ")
        }
        let columns = [
            TableColumn(
                id: "cause", title: "Cause", width: .flexible(least: 18, weight: 3),
                wanted: titles.map { Text.width($0) + 2 }.max() ?? 0),
            TableColumn(id: "count", title: "Logins", width: .fixed(6), alignment: .right),
            TableColumn(
                id: "portals", title: "Portals", width: .flexible(least: 14, weight: 3),
                wanted: portals.map { Text.width($0) }.max() ?? 0),
            TableColumn(id: "latest", title: "Newest", width: .fixed(11)),
            TableColumn(id: "action", title: "What helps", width: .fixed(13)),
        ]
        let groups = groups
        let content = Table.Content.rows(count: groups.count) { index in
            let group = groups[index]
            let mark = group.key.isWaiting ? Line("? ", .info) : Line("✗ ", .danger)
            return [
                mark + Line(titles[index]),
                Line(group.count.grouped, .text, .bold), Line(portals[index], .muted),
                Line(group.latestAt.map { context.day($0) } ?? "", .muted), Line(group.key.action.title, .link),
            ]
        }
        let table = Table(
            columns: columns, content: content, isFocused: focus == .groups && !list.filter.isEditing)
        _ = table.draw(groupTable, on: &canvas, in: rect)
        let shown = groupTable.clamped(rowCount: groups.count, visibleRows: Table.visibleRows(in: rect))
        for line in 0..<min(Table.visibleRows(in: rect), groups.count - shown.offset) {
            hits.add(rect.row(line + 1), HitTarget("group", shown.offset + line))
        }
    }

    /// The selected job with all that was said: in the table it is cut.
    private func drawDetail(on canvas: inout Canvas, _ layout: Layout, _ context: ScreenContext) {
        guard !layout.detail.isEmpty, let job = list.selected else { return }
        canvas.hline(
            x: 0, y: layout.detailRule.y, width: layout.detailRule.width, style: Style(.border))
        var rest = layout.detail
        let business = job.business.isEmpty ? "" : " · \(job.business)"
        canvas.put(
            Line("\(job.portal.shortName) · \(job.identity)", .heading, .bold)
                + Line("\(business) · job \(job.id)", .muted), in: rest.sliceTop(1))
        let said = HarmlessText.line(Self.said(job), limit: 2_000)
        for text in Text.wrap(said, to: max(1, rest.width), lines: rest.height) {
            canvas.put(text, in: rest.sliceTop(1), style: Style(job.status == .failed ? .danger : .text))
        }
    }

    private static func said(_ job: Job) -> String { job.message.isEmpty ? job.cause?.title ?? "" : job.message }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let isWide = context.size.columns >= 110
        let columns = [
            list.serialColumn,
            TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
            TableColumn(id: "identity", title: "Identity", width: .fixed(15)),
            TableColumn(id: "stopped", title: "Stopped", width: .fixed(isWide ? 19 : 11)),
            TableColumn(id: "message", title: "What was said", width: .flexible(least: 16, weight: 4)),
            TableColumn(id: "business", title: "Business", width: .flexible(least: 12, weight: 3), dropOrder: 1),
        ]
        let empty =
            "Nothing has failed that nothing has followed: every login's newest job went well, or none was made."
        let content = list.content(height: rect.height, empty: empty, reload: context.label(.refresh, scope)) {
            job, serial in
            let stopped = job.completedAt ?? job.sortStart
            return [
                Line(serial.grouped, .muted), Line(job.portal.shortName), Line(job.identity.text),
                Line(isWide ? context.full(stopped) : context.day(stopped), .muted),
                Line(Self.said(job)), Line(job.business),
            ]
        }
        let table = Table(
            columns: columns, content: content, isFocused: focus == .jobs && !list.filter.isEditing,
            isMarked: list.isMarked)
        return table.draw(list.table, on: &canvas, in: rect)
    }
}

extension FailureGroup {
    fileprivate var title: String { key.isWaiting ? "\(key.cause.title), waiting" : key.cause.title }
}
