import Domain
import Services
import TerminalKit

extension Schedule: ListRow { var rowId: String { name } }

/// What the worker does by the calendar: fetches and digests, with their last and next run.
struct SchedulesScreen: Screen {
    var list = ShortList<Schedule>()
    var overview: ScheduleService.Overview?
    /// What the question on the screen is about.
    var toRemove: Schedule?
    /// The one that was removed last, as it stood: what can be put back.
    var removed: Schedule?

    var scope: CommandScope { .schedules }
    var trail: [String] { ["Schedules"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        let rows = Table.visibleRows(in: tablePlace(context))
        switch event {
        case .appeared, .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): list.handle(key, visibleRows: rows)
        case .mouse(let target, let event): list.handle(target, event, visibleRows: rows)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.yes("remove")):
            return toRemove.map { [.schedules(.remove($0), context.ticket(0))] } ?? []
        case .resized: list.fit(visibleRows: rows)
        case .paste, .answered, .summary, .focusLost, .locked, .tick: break
        }
        return []
    }

    private mutating func refresh(_ context: ScreenContext) -> [Effect] {
        list.refresh().map { [.schedules(.overview, context.ticket($0))] } ?? []
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .schedules(let found):
            let rows = Table.visibleRows(in: tablePlace(context))
            guard list.take(found.schedules, ticket.number, visibleRows: rows) else { return [] }
            overview = found
            return list.isStale ? refresh(context) : []
        case .scheduleRemoved(let schedule):
            removed = schedule
            let undo = context.label(.undo, .schedules)
            let name = Text.clip(schedule.name, to: 30)
            return [.toast(Toast(.success, "\(name) removed", detail: "\(undo) puts it back"))] + refresh(context)
        case .done(let text): return [.toast(Toast(.success, text))] + refresh(context)
        case .told(let text, let detail): return [.toast(Toast(.warning, text, detail: detail))] + refresh(context)
        case .failed(let complaint):
            return list.take(complaint, ticket.number) ? [] : [.toast(Toast(complaint))]
        default: return []
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .enable, .remove, .copy: list.selected == nil ? "No schedule is selected" : nil
        case .undo: removed == nil ? "Nothing was removed here that could be put back" : nil
        default: nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .add: return [.push(.addSchedule(quietHours: overview?.quietHours))]
        case .enable:
            return list.selected.map { [.schedules(.enable($0.name, !$0.isEnabled), context.ticket(0))] } ?? []
        case .remove:
            toRemove = list.selected
            return toRemove.map { [.ask(question($0, context))] } ?? []
        case .undo:
            guard let schedule = removed else { return [] }
            removed = nil
            return [.schedules(.add(schedule), context.ticket(0))]
        case .copy: return list.selected.map { copied($0.rule.text) } ?? []
        case .refresh: return refresh(context)
        case .back: return [.pop]
        default: return []
        }
    }

    private func question(_ schedule: Schedule, _ context: ScreenContext) -> Question {
        let undo = context.label(.undo, .schedules)
        return Question(
            id: "remove", title: "Remove \(Text.clip(schedule.name, to: 40))?",
            body: "\(schedule.whatInWords), \(schedule.rule.words). From now on nothing is done by it; \(undo) puts it "
                + "back.", yes: "Remove")
    }
}

extension Schedule {
    /// `Fetch GST, group Retail` or `Digest to asha, ravi`.
    var whatInWords: String {
        guard kind == .fetch else { return "Digest to \(recipients.joined(separator: ", "))" }
        let portal = portal.map(\.shortName) ?? "every portal"
        return "Fetch \(portal)" + (group.map { ", group \($0)" } ?? "")
    }
}
