import Domain
import Services
import TerminalKit

extension Stray: ListRow { var rowId: StrayId { id } }

/// Records of portals that were set aside because they were not understood: never dropped, never guessed at.
struct StraysScreen: ListScreen {
    var list: ListControl<Stray>
    var problems = 0

    init(settings: DeskSettings) {
        list = ListControl(perPage: settings.pageSize(of: .strayPageSize))
    }

    var pageSizeSetting: DeskSetting { .strayPageSize }
    var scope: CommandScope { .strays }
    var trail: [String] { ["Records set aside"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handleList(key, context)
        case .paste(let text): return pasteList(text, context)
        case .mouse(let target, let event):
            let isSecond = event.action == .press && target.name == "row" && list.selectedIndex == target.index
            return isSecond ? give(.open, context) : handleList(target, event, context)
        case .loaded(.strays(let page), let ticket):
            let rows = ListControl<Stray>.Loaded(
                rows: page.rows, page: page.page, pageCount: page.pageCount, total: page.total,
                firstSerial: page.firstSerial)
            guard let more = take(rows, ticket, context) else { return [] }
            problems = page.problems
            return more
        case .loaded(.failed(let complaint), let ticket): return took(complaint, ticket, context)
        case .answered(.text("page", let text)): return goTo(page: text, context)
        case .resized:
            list.fit(visibleRows: visibleRows(context))
            return []
        case .answered, .summary, .focusLost, .locked, .tick, .loaded: return []
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        var query = StrayQuery(page: list.page, perPage: list.perPage)
        var words: [Substring] = []
        for word in ShownWords.joined(list.filter.text, ShownWords.portals).split(whereSeparator: \.isWhitespace) {
            if let portal = ShownWords.portal(word.lowercased()) { query.portal = portal } else { words.append(word) }
        }
        query.text = words.isEmpty ? nil : words.joined(separator: " ")
        return .loadStrays(query, ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy: list.selected == nil ? "No record is selected" : nil
        default: listReason(command)
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.stray($0.id))] } ?? []
        case .refresh: return refresh(context)
        case .copy: return list.selected.map { copied("\($0.id)") } ?? []
        case .back: return backInList(context) ?? [.pop]
        default: return giveList(command, context)
        }
    }
}

extension StraysScreen {
    private struct Layout {
        var heading: Rect
        var table: Rect
        var rule: Rect
        var detail: Rect
        var footer: Rect

        init(_ rect: Rect) {
            var rest = rect
            heading = rest.sliceTop(1).inset(left: 1, right: 1)
            footer = rest.sliceBottom(1).inset(left: 1, right: 1)
            detail = rest.sliceBottom(3).inset(left: 2, right: 2)
            rule = rest.sliceBottom(1)
            table = rest
        }
    }

    func tablePlace(_ context: ScreenContext) -> Rect { Layout(context.rect).table }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = Layout(rect)
        var drawn = Drawn()
        let kinds = "\(Counted.text(list.total ?? 0, "record")) · \(Counted.text(problems, "problem"))"
        let heading = ListHeading(
            title: "Records set aside", placeholder: "portal  name  identity  problem",
            note: list.isLoaded ? Line(kinds, problems > 0 ? .warning : .muted) : .empty)
        drawn.cursor = heading.draw(list, on: &canvas, in: layout.heading, &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        canvas.hline(x: rect.x, y: layout.rule.y, width: rect.width, style: Style(.border))
        if let stray = list.selected {
            let name = stray.business.isEmpty ? "" : " · \(stray.business)"
            let key = stray.key.isEmpty ? "no key could be read" : "key \(stray.key)"
            let lines = [
                Line("\(stray.identity)", .heading, .bold) + Line("\(name) · \(stray.place.title) · \(key)"),
                Line(stray.problem, .warning),
                Line(
                    "\(Counted.text(stray.byteCount, "byte")) · \(stray.id) · stood in \(Counted.text(stray.times, "fetch", "fetches")) since \(context.full(stray.firstSeenAt))",
                    .muted),
            ]
            for (index, line) in lines.enumerated() { canvas.put(line, in: layout.detail.row(index)) }
        }
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer))
        return drawn
    }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let columns = [
            TableColumn(id: "sr", title: "Sr.", width: .fixed(4), alignment: .right),
            TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
            TableColumn(id: "identity", title: "Identity", width: .fixed(15)),
            TableColumn(id: "place", title: "Place", width: .flexible(least: 12, weight: 2), dropOrder: 1),
            TableColumn(id: "problem", title: "Problem", width: .flexible(least: 16, weight: 5)),
            TableColumn(id: "times", title: "Times", width: .fixed(5), alignment: .right),
            TableColumn(id: "seen", title: "Last seen", width: .fixed(11)),
        ]
        let empty = "Every record that a portal gave was understood. What is not would be kept here, as it came."
        let content = list.content(height: rect.height, empty: empty) { stray, serial in
            [
                Line(String(serial), .muted), Line(stray.identity.portal.shortName), Line(stray.identity.text),
                Line(stray.place.title), Line(stray.problem, .warning), Line(String(stray.times)),
                Line(context.day(stray.lastSeenAt), .muted),
            ]
        }
        let table = Table(
            columns: columns, content: content, isFocused: !list.filter.isEditing, isMarked: list.isMarked)
        return table.draw(list.table, on: &canvas, in: rect)
    }
}
