import Domain
import Services
import TerminalKit

extension NoticeCalendarScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared:
            day = day ?? context.indianDay
            return refresh(context)
        case .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(let answer): return handle(answer, context)
        case .locked:
            monthReading.abandon()
            dayReading.abandon()
            return []
        case .paste, .resized, .summary, .focusLost, .tick, .unmark: return []
        }
    }

    // MARK: Reading

    /// Something was committed: what is shown may be old.
    private mutating func refresh(_ context: ScreenContext) -> [Effect] {
        let (month, day) = (monthReading.refresh(), dayReading.refresh())
        return (month.map { readMonth($0, context) } ?? []) + (day.map { readDay($0, context) } ?? [])
    }

    // The months' tickets are even and the days' are odd, so that a failure tells which of the two it is of.
    private static func monthTicket(_ number: Int) -> Int { 2 * number }
    private static func dayTicket(_ number: Int) -> Int { 2 * number + 1 }

    private func readMonth(_ number: Int, _ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        let grid = MonthGrid(around: day)
        var query = query(context)
        (query.dueFrom, query.dueTo) = (grid.start, grid.end)
        return [.loadDueDays(query, context.ticket(Self.monthTicket(number)))]
    }

    private func readDay(_ number: Int, _ context: ScreenContext) -> [Effect] {
        guard let day else { return [] }
        var query = query(context)
        (query.dueFrom, query.dueTo, query.perPage) = (day, day, 30)
        return [.loadNotices(query, context.ticket(Self.dayTicket(number)))]
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .dueDays(let days):
            guard finishMonth(ticket) else { return [] }
            counts = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { first, _ in first })
            failure = nil
            return monthReading.isStale ? readMonth(monthReading.restart(), context) : []
        case .notices(let page):
            guard finishDay(ticket) else { return [] }
            (rows, total) = (page.rows, page.total)
            return dayReading.isStale ? readDay(dayReading.restart(), context) : []
        case .fileExists(let file):
            fileToReplace = file
            return [.ask(.replace(file))]
        case .done(let text): return [.toast(Toast(.success, text))]
        case .failed(let complaint):
            if finishMonth(ticket) { failure = complaint } else { _ = finishDay(ticket) }
            return [.toast(Toast(complaint))]
        default: return []
        }
    }

    private mutating func finishMonth(_ ticket: Ticket) -> Bool {
        ticket.number.isMultiple(of: 2) && monthReading.finish(ticket.number / 2)
    }

    private mutating func finishDay(_ ticket: Ticket) -> Bool {
        !ticket.number.isMultiple(of: 2) && dayReading.finish(ticket.number / 2)
    }

    // MARK: Moving

    private mutating func select(_ wanted: LegalDate, _ context: ScreenContext) -> [Effect] {
        guard let before = day, wanted != before, (1_990...2_200).contains(wanted.year) else { return [] }
        day = wanted
        (rows, total) = ([], 0)
        let isOther = MonthGrid(around: wanted) != MonthGrid(around: before)
        return (isOther ? readMonth(monthReading.restart(), context) : []) + readDay(dayReading.restart(), context)
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
            guard pressed == day else { return select(pressed, context) }
            return barred(.open, context) ?? give(.open, context)
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
        case .refresh: return refresh(context)
        case .export:
            let prompt = Prompt(
                id: "export", title: "Export the due dates", label: "File",
                initial: "\(context.settings.exportFolder)/due-dates.ics",
                hint: "a calendar of every due date of the filtered list", needed: EInvoiceDeeds.fileNeeded)
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
