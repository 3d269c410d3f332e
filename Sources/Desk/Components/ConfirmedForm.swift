import Services
import TerminalKit

/// A form whose content leaves the house: it is checked as the service would, shown as a whole, and sent only when a
/// person says yes to that.
protocol ConfirmedForm: FormScreen {
    associatedtype Wish: Sendable
    /// What was checked last; the question on the screen is about it.
    var wish: Wish? { get set }

    /// nil when a field is wrong; `errors` then says which and why.
    mutating func checked(_ context: ScreenContext) -> Wish?
    /// Asks the service what would be sent.
    func planning(_ wish: Wish, _ ticket: Ticket) -> Effect
    func sending(_ wish: Wish, _ ticket: Ticket) -> Effect
    func question(_ plan: ActionPlan, _ wish: Wish) -> Question
}

extension ConfirmedForm {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] { updateConfirmed(event, context) }

    mutating func updateConfirmed(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .loaded(.planned(let plan), let ticket):
            guard ticket.number == lastTicket, let wish else { return [] }
            isSaving = false
            return [.ask(question(plan, wish))]
        case .answered(.yes("leave")):
            guard !isSaving, let wish else { return [] }
            isSaving = true
            lastTicket += 1
            return [sending(wish, context.ticket(lastTicket))]
        default: return updateForm(event, context)
        }
    }

    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)? {
        wish = checked(context)
        guard let wish else { return nil }
        let form = self
        return { form.planning(wish, $0) }
    }
}
