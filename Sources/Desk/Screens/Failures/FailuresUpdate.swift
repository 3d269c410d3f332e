import Domain
import Services
import TerminalKit

extension FailuresScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .key(let key): return handle(key, context)
        case .mouse(let target, let event): return press(target, event, context)
        case .answered(let answer): return take(answer, context)
        default: return updateList(event, context)
        }
    }

    mutating func filterChanged(_ context: ScreenContext) {
        let words = ShownWords.joined(list.filter.text, ShownWords.portals).split(whereSeparator: \.isWhitespace)
        portal = words.lazy.compactMap { ShownWords.portal($0.lowercased()) }.first
    }

    /// How many there are is known when the causes have their rows.
    func mostRows(_ context: ScreenContext) -> Int { groups.isEmpty ? 0 : visibleRows(context) }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .failures(.page(key, portal, page: list.page, perPage: list.perPage), ticket)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .failures(let found):
            guard list.reading.number == ticket.number else { return [] }
            groups = found.groups
            if found.key != key {
                // What was marked or selected is of a cause that stands no more.
                list.clearMarks()
                list.restart()
            }
            key = found.key
            let index = groups.firstIndex { $0.key == key } ?? 0
            groupTable.select(index, rowCount: groups.count, visibleRows: layout(context).groupRows)
            let more = show(.init(found.jobs), ticket, context) ?? []
            let isLong = list.total ?? 0 > list.perPage
            return isLong && list.fill(visibleRows: mostRows(context)) ? readAnew(context) : more
        case .retried(let retried):
            lastRetry.remember(retried.before.isEmpty ? nil : retried.before)
            return [.toast(Toast(retried, undo: context.label(.undo, .failures)))] + refresh(context)
        case .triggered, .done:
            if ticket.number == Ticket.undo { lastRetry.undone(true) }
            return takeList(loaded, ticket, context) + refresh(context)
        case .failed:
            if ticket.number == Ticket.undo { lastRetry.undone(false) }
            return takeList(loaded, ticket, context)
        default: return takeList(loaded, ticket, context)
        }
    }

    private mutating func handle(_ pressed: Key, _ context: ScreenContext) -> [Effect] {
        guard focus == .groups, !list.filter.isEditing else { return handleList(pressed, context) }
        let before = groupTable.selectedIndex
        guard groupTable.handle(pressed, rowCount: groups.count, visibleRows: layout(context).groupRows),
            groupTable.selectedIndex != before
        else { return [] }
        return showGroup(context)
    }

    /// Brings the jobs of the selected cause up.
    private mutating func showGroup(_ context: ScreenContext) -> [Effect] {
        guard groups.indices.contains(groupTable.selectedIndex) else { return [] }
        key = groups[groupTable.selectedIndex].key
        list.clearMarks()
        list.restart()
        return readAnew(context)
    }

    private mutating func press(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if event.action == .press, target.name == "group" {
            focus = .groups
            groupTable.select(target.index, rowCount: groups.count, visibleRows: layout(context).groupRows)
            return showGroup(context)
        }
        if event.action == .press, target.name == "row" { focus = .jobs }
        return handleList(target, event, context)
    }

    private mutating func take(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        switch answer {
        case .text("page", let text): return goTo(page: text, context)
        case .yes("retry"): return asked.map { [.failures(.retry($0.key.cause, portal), context.ticket(0))] } ?? []
        case .yes("verify"): return asked.map { [.failures(.verify($0.key.cause, portal), context.ticket(0))] } ?? []
        default: return []
        }
    }
}
