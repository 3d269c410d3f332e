import Domain
import Services
import TerminalKit

extension SchedulesScreen {
    private struct Layout {
        var heading: Rect
        var table: Rect
        var rule: Rect
        var detail: Rect
        var footer: Rect

        init(_ rect: Rect) {
            var rest = rect
            heading = rest.sliceTop(1).inset(left: 1, right: 1)
            footer = rest.sliceBottom(1).inset(left: 2, right: 2)
            detail = rest.sliceBottom(4).inset(left: 2, right: 2)
            rule = rest.sliceBottom(1)
            table = rest
        }
    }

    func tablePlace(_ context: ScreenContext) -> Rect { Layout(context.rect).table }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = Layout(rect)
        canvas.put(Line("Schedules", .heading, .bold), in: layout.heading)
        if let overview {
            let quiet = overview.quietHours.map { "quiet hours \($0.text)" } ?? "no quiet hours"
            canvas.put(Line(quiet, .muted), in: layout.heading, alignment: .right)
            canvas.put(Self.worker(overview), in: layout.footer)
        }
        let add = context.label(.add, .schedules)
        let empty =
            "Nothing is fetched by the calendar yet: portals are read when somebody asks. \(add) adds a schedule."
        let hits = list.draw(columns(context), empty: empty, on: &canvas, in: layout.table) { schedule in
            let last = schedule.lastAt.map { context.day($0) } ?? "never"
            return [
                Line(schedule.name), Badge.schedule(schedule).line, Line(schedule.whatInWords),
                Line(schedule.rule.words), next(schedule, context), Line(last, .muted),
            ]
        }
        canvas.hline(x: rect.x, y: layout.rule.y, width: rect.width, style: Style(.border))
        if let schedule = list.selected {
            for (index, line) in detail(schedule, context).enumerated() {
                canvas.put(line, in: layout.detail.row(index))
            }
        }
        return Drawn(hits: hits)
    }

    private func columns(_ context: ScreenContext) -> [TableColumn] {
        func widest(_ text: (Schedule) -> String) -> Int { list.rows.map { Text.width(text($0)) }.max() ?? 0 }
        return [
            TableColumn(id: "name", title: "Name", width: .flexible(least: 10, weight: 2), wanted: widest(\.name)),
            TableColumn(id: "state", title: "State", width: .fixed(10)),
            TableColumn(
                id: "what", title: "What", width: .flexible(least: 12, weight: 3), dropOrder: 1,
                wanted: widest(\.whatInWords)),
            TableColumn(
                id: "when", title: "When", width: .flexible(least: 18, weight: 4), wanted: widest(\.rule.words)),
            TableColumn(id: "next", title: "Next run", width: .fixed(16)),
            TableColumn(id: "last", title: "Last run", width: .fixed(11), dropOrder: 2),
        ]
    }

    private func next(_ schedule: Schedule, _ context: ScreenContext) -> Line {
        guard schedule.isEnabled else { return Line("–", .muted) }
        guard let next = schedule.nextAt else { return Line("never", .warning) }
        return next < context.now ? Line("! \(context.day(next))", .warning) : Line(context.dayAndMinute(next))
    }

    private func detail(_ schedule: Schedule, _ context: ScreenContext) -> [Line] {
        let rule = Line("\(schedule.rule.words)  ") + Line(schedule.rule.text, .muted)
        let last =
            schedule.lastAt.map { "last run \(context.full($0))" } ?? (schedule.hasTrouble ? "" : "has not run yet")
        let outcome =
            schedule.lastMessage.isEmpty ? "" : last.isEmpty ? schedule.lastMessage : ": \(schedule.lastMessage)"
        return [
            Line(schedule.name, .heading, .bold) + Line(" · \(schedule.whatInWords)"), rule,
            nextInWords(schedule, context), Line(last + outcome, schedule.hasTrouble ? .danger : .muted),
        ]
    }

    private func nextInWords(_ schedule: Schedule, _ context: ScreenContext) -> Line {
        guard schedule.isEnabled else {
            return Line("it rests; \(context.label(.enable, .schedules)) lets it run again", .muted)
        }
        guard let next = schedule.nextAt else { return Line("its rule never comes", .warning) }
        if next < context.now { return Line("! due since \(context.full(next)): it waits for a worker", .warning) }
        let line = Line("next run \(context.full(next))")
        if schedule.kind == .digest {
            return overview?.mailTransport == nil
                ? line + Line(" · ! no mail leaves: [mail] is not set up", .warning)
                : line + Line(" · mail leaves by \(overview?.mailTransport ?? "")", .muted)
        }
        guard let end = overview?.quietHours?.end(at: next, offset: { _ in context.utcOffset }) else { return line }
        return line + Line(" · quiet hours hold it back until \(context.minute(end))", .warning)
    }

    private static func worker(_ overview: ScheduleService.Overview) -> Line {
        let isWanted = overview.schedules.contains(where: \.isEnabled)
        if overview.isServed { return Line("● A worker runs", .success) + Line(" and does what is due.", .muted) }
        guard isWanted else { return .empty }
        return Line("○ No worker runs: nothing is done by the calendar until one does.", .warning)
    }
}

extension Badge {
    static func schedule(_ schedule: Schedule) -> Badge {
        if !schedule.isEnabled { return Badge(glyph: "○", word: "Off", role: .muted) }
        if schedule.hasTrouble { return Badge(glyph: "!", word: "Trouble", role: .danger) }
        return Badge(glyph: "●", word: "On", role: .success)
    }
}

extension ScreenContext {
    /// `today 18:42`, else `21-11-2026 07:30`.
    func dayAndMinute(_ instant: Instant) -> String {
        let date = CivilTime(instant, offset: utcOffset).date
        return date == today ? "today \(minute(instant))" : "\(TimeText.date(date)) \(minute(instant))"
    }
}
