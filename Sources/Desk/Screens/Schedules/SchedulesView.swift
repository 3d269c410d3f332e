import Domain
import Services
import TerminalKit

extension SchedulesScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let quiet = overview.map { $0.quietHours.map { "quiet hours \($0.text)" } ?? "no quiet hours" }
        return ListHeading(title: "Schedules", note: quiet.map { Line($0, .muted) } ?? .empty)
    }

    func emptyText(_ context: ScreenContext) -> String {
        let add = context.label(.add, .schedules)
        return "Nothing is fetched by the calendar yet: portals are read when somebody asks. \(add) adds a schedule."
    }

    func cells(_ schedule: Schedule, serial: Int, _ context: ScreenContext) -> [Line] {
        let last = schedule.lastAt.map { context.day($0) } ?? "never"
        return [
            Line(schedule.name), Badge.schedule(schedule).line, Line(schedule.whatInWords),
            Line(schedule.rule.words), next(schedule, context), Line(last, .muted),
        ]
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] { list.selected.map { detail($0, context) } ?? [] }

    func footer(_ context: ScreenContext) -> Line { overview.map(Self.worker) ?? .empty }

    func columns(_ context: ScreenContext) -> [TableColumn] {
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
        if schedule.kind == .digest, overview?.mailTransport == nil {
            return line + Line(" · ! no mail leaves: [mail] is not set up", .warning)
        }
        if let end = overview?.quietHours?.end(at: next, offset: { _ in context.utcOffset }) {
            return line + Line(" · quiet hours hold it back until \(context.minute(end))", .warning)
        }
        guard schedule.kind == .digest else { return line }
        return line + Line(" · mail leaves by \(overview?.mailTransport ?? "")", .muted)
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
