import Domain
import Services
import TerminalKit

extension NoticeCalendarScreen {
    private struct Layout {
        var heading: Rect
        var grid: Rect
        var list: Rect
        var legend: Rect
        var rowHeight: Int

        init(_ rect: Rect) {
            var rest = rect.inset(left: 1, right: 1)
            heading = rest.sliceTop(1)
            legend = rest.sliceBottom(1)
            let isWide = rest.width >= 110
            rowHeight = isWide ? min(5, (rest.height - 1) / MonthGrid.weeks) : 2
            if isWide {
                grid = rest.sliceLeft(70)
                list = rest.inset(left: 3)
            } else {
                grid = rest.sliceTop(1 + rowHeight * MonthGrid.weeks)
                list = rest
            }
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        guard let day else { return drawn }
        let layout = Layout(rect)
        let grid = MonthGrid(around: day)
        drawHeading(grid, on: &canvas, in: layout.heading)
        drawGrid(grid, day, on: &canvas, layout, context, &drawn.hits)
        drawDay(day, on: &canvas, in: layout.list, context)
        let legend =
            Line("! overdue  ", .danger) + Line("• soon  ", .warning) + Line("○ later  ") + Line("✓ settled", .muted)
        canvas.put(legend, in: layout.legend)
        return drawn
    }

    private func drawHeading(_ grid: MonthGrid, on canvas: inout Canvas, in rect: Rect) {
        canvas.put(grid.title, in: rect, style: Style(.heading, .bold))
        let month = counts.values.filter { grid.holds($0.day) }
        let open = month.reduce(0) { $0 + $1.open }
        let settled = month.reduce(0) { $0 + $1.settled }
        var note = Line(
            "\(open) to do\(settled > 0 ? ", \(settled) settled" : "") this month", open > 0 ? .text : .muted)
        if let failure { note = Line(failure.what, .danger) }
        let words = filter.isEmpty ? Line.empty : Line("filter: \(Text.clip(filter, to: 30))   ", .accent)
        canvas.put(words + note, in: rect, alignment: .right)
    }

    private func drawGrid(
        _ grid: MonthGrid, _ selected: LegalDate, on canvas: inout Canvas, _ layout: Layout, _ context: ScreenContext,
        _ hits: inout HitMap
    ) {
        let width = layout.grid.width / 7
        for (index, name) in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].enumerated() {
            canvas.put(
                name, x: layout.grid.x + index * width + 1, y: layout.grid.y, style: Style(.muted), width: width - 1)
        }
        for index in 0..<MonthGrid.weeks * 7 {
            let day = grid.day(index)
            let cell = Rect(
                x: layout.grid.x + index % 7 * width, y: layout.grid.y + 1 + index / 7 * layout.rowHeight,
                width: width, height: layout.rowHeight)
            let surface: Surface = day == selected ? .selection : .base
            if day == selected { canvas.fill(cell, style: Style(on: surface)) }
            drawCell(day, grid, on: &canvas, cell.inset(left: 1), surface, context)
            hits.add(cell, HitTarget("day", index))
        }
    }

    private func drawCell(
        _ day: LegalDate, _ grid: MonthGrid, on canvas: inout Canvas, _ cell: Rect, _ surface: Surface,
        _ context: ScreenContext
    ) {
        let isToday = day == context.indianDay
        let role: Role = isToday ? .accent : grid.holds(day) ? .text : .disabled
        canvas.put(
            isToday ? "\(day.day) today" : "\(day.day)", in: cell.row(0),
            style: Style(role, on: surface, isToday ? .bold : []))
        guard let count = counts[day] else { return }
        let standing = DueStanding(DueDate(on: day, basis: .portal), .open, today: context.indianDay)
        var line = Line.empty
        if count.open > 0 {
            switch standing {
            case .overdue: line = Line("!\(count.open)", .danger, .bold)
            case .soon: line = Line("•\(count.open)", .warning, .bold)
            default: line = Line("○\(count.open)", .text, .bold)
            }
        }
        if count.settled > 0 { line = line + Line("\(line.isEmpty ? "" : " ")✓\(count.settled)", .muted) }
        canvas.put(line, in: cell.row(1), surface: surface)
    }

    private func drawDay(_ day: LegalDate, on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard rect.height > 1, rect.width > 10 else { return }
        var rest = rect
        let count = counts[day].map { $0.open + $0.settled } ?? 0
        let title = "\(TimeText.date(day)) · " + (count == 0 ? "nothing falls due" : Counted.text(count, "notice"))
        canvas.put(title, in: rest.sliceTop(1), style: Style(.heading, .bold))
        // Those that are not read or find no room are told in the last line.
        let shown = total > min(rows.count, rest.height) ? min(rows.count, rest.height - 1) : rows.count
        for notice in rows.prefix(shown) {
            let facts = notice.facts
            let what = [facts.form, facts.section].filter { !$0.isEmpty }.joined(separator: " ")
            let name = notice.business.isEmpty ? notice.identity.text : notice.business
            let badge = Badge.state(facts.state, isShort: true)
            let line =
                Line("\(badge.glyph) ", badge.role) + Line(what.isEmpty ? facts.reference : what)
                + Line("  \(name)", .muted) + Line(notice.work.assignee.map { "  @\($0)" } ?? "", .accent)
            canvas.put(line, in: rest.sliceTop(1))
        }
        guard total > shown else { return }
        let more = "and \((total - shown).grouped) more; \(context.label(.open, scope)) shows them all"
        canvas.put(more, in: rest.sliceTop(1), style: Style(.muted))
    }
}
