import Domain
import Services
import TerminalKit

extension Schedule: ListRow { var rowId: String { name } }

/// What the worker does by the calendar: fetches and digests, with their last and next run.
struct SchedulesScreen: FramedList {
    var list = ListControl<Schedule>()
    var overview: ScheduleService.Overview?
    /// What the question on the screen is about.
    var toRemove: Schedule?
    /// The one that was removed last, as it stood: what can be put back.
    var removed = LastDeed<Schedule>()

    static let detailRows = 4
    var pageSizeSetting: DeskSetting? { nil }
    var scope: CommandScope { .schedules }
    var trail: [String] { ["Schedules"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        guard case .answered(.yes("remove")) = event else { return updateList(event, context) }
        return toRemove.map { [.schedules(.remove($0), context.ticket(0))] } ?? []
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect { .schedules(.overview, ticket) }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .schedules(let found):
            guard let more = show(.init(whole: found.schedules), ticket, context) else { return [] }
            overview = found
            return more
        case .scheduleRemoved(let schedule):
            removed.remember(schedule)
            let undo = context.label(.undo, .schedules)
            let name = Text.clip(schedule.name, to: 30)
            return [.toast(Toast(.success, "\(name) removed", detail: "\(undo) puts it back"))] + refresh(context)
        case .done:
            if ticket.number == Ticket.undo { removed.undone(true) }
            return takeList(loaded, ticket, context) + refresh(context)
        case .told(let text, let detail):
            if ticket.number == Ticket.undo { removed.undone(true) }
            return [.toast(Toast(.warning, text, detail: detail))] + refresh(context)
        case .failed:
            if ticket.number == Ticket.undo { removed.undone(false) }
            return takeList(loaded, ticket, context)
        default: return takeList(loaded, ticket, context)
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .enable, .remove, .copy: list.selected == nil ? "No schedule is selected" : nil
        case .undo: removed.value == nil ? "Nothing was removed here that could be put back" : nil
        default: nil
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .add: return [.push(.addSchedule(quietHours: overview?.quietHours))]
        case .enable:
            return list.selected.map { [.schedules(.enable($0.name, !$0.isEnabled), context.ticket(0))] } ?? []
        case .remove:
            toRemove = list.selected
            return toRemove.map { [.ask(question($0, context))] } ?? []
        case .undo:
            return removed.undo().map { [.schedules(.add($0), context.ticket(Ticket.undo))] } ?? []
        case .copy: return list.selected.map { copied($0.rule.text) } ?? []
        default: return giveList(command, context)
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
