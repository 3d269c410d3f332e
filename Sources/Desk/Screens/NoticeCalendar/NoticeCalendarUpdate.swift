import Domain
import Services
import TerminalKit

extension NoticeCalendarScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared:
            day = day ?? context.indianDay
            return readMonth(context) + readDay(context)
        case .changed: return readMonth(context) + readDay(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket)
        case .answered(let answer): return handle(answer, context)
        case .paste, .resized, .summary, .focusLost, .locked, .tick: return []
        }
    }

    // MARK: Reading

    private mutating func readMonth(_ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        let grid = MonthGrid(around: day)
        var query = query(context)
        (query.dueFrom, query.dueTo) = (
            max(grid.start, query.dueFrom ?? grid.start), min(grid.end, query.dueTo ?? grid.end)
        )
        monthTicket += 2
        return [.loadDueDays(query, context.ticket(monthTicket))]
    }

    private mutating func readDay(_ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        var query = query(context)
        (query.dueFrom, query.dueTo, query.perPage) = (day, day, 30)
        // Odd numbers, so that an answer tells which of the two it is for.
        dayTicket += dayTicket == 0 ? 1 : 2
        return [.loadNotices(query, context.ticket(dayTicket))]
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket) -> [Effect] {
        switch loaded {
        case .dueDays(let days) where ticket.number == monthTicket:
            counts = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { first, _ in first })
            failure = nil
        case .notices(let page) where ticket.number == dayTicket:
            (rows, total) = (page.rows, page.total)
        case .fileExists(let file):
            fileToReplace = file
            return [.ask(.replace(file))]
        case .done(let text): return [.toast(Toast(.success, text))]
        case .failed(let complaint):
            if ticket.number == monthTicket { failure = complaint }
            return [.toast(Toast(complaint))]
        default: break
        }
        return []
    }

    // MARK: Moving

    private mutating func select(_ wanted: LegalDate, _ context: ScreenContext) -> [Effect] {
        guard let before = day, wanted != before, (1_990...2_200).contains(wanted.year) else { return [] }
        day = wanted
        (rows, total) = ([], 0)
        let isOther = MonthGrid(around: wanted) != MonthGrid(around: before)
        return (isOther ? readMonth(context) : []) + readDay(context)
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        switch key {
        case .left, "h": return select(day.adding(days: -1), context)
        case .right, "l": return select(day.adding(days: 1), context)
        case .up, "k": return select(day.adding(days: -7), context)
        case .down, "j": return select(day.adding(days: 7), context)
        default: return []
        }
    }

    private mutating func handle(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        switch (event.action, target.name) {
        case (.wheelUp, _): return select(day.adding(months: -1), context)
        case (.wheelDown, _): return select(day.adding(months: 1), context)
        case (.press, "day"):
            let pressed = MonthGrid(around: day).day(target.index)
            return pressed == day ? give(.open, context) : select(pressed, context)
        default: return []
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        switch command {
        case .open:
            let date = TimeText.date(day)
            let words = filter.isEmpty ? "on:\(date)" : "\(filter) on:\(date)"
            return [.push(.noticesOf(title: date, identity: identity, filter: words))]
        case .previousPage: return select(day.adding(months: -1), context)
        case .nextPage: return select(day.adding(months: 1), context)
        case .today: return select(context.indianDay, context)
        case .refresh: return readMonth(context) + readDay(context)
        case .export:
            let prompt = Prompt(
                id: "export", title: "Export the due dates", label: "File",
                initial: "\(context.settings.exportFolder)/due-dates.ics",
                hint: "a calendar of every due date of the filtered list")
            return [.prompt(prompt)]
        case .back: return [.pop]
        default: return []
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard command == .open, let day else { return nil }
        return counts[day] == nil ? "Nothing falls due on \(TimeText.date(day))" : nil
    }

    private func handle(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        switch answer {
        case .text("export", let file):
            return [.exportNotices(query(context), file: file, replaces: false, context.ticket(0))]
        case .yes("replace"):
            return fileToReplace.map {
                [.exportNotices(query(context), file: $0, replaces: true, context.ticket(0))]
            } ?? []
        default: return []
        }
    }
}
