import Domain
import Services
import TerminalKit

extension OperationPage: ListPage {}
extension PortalOperation: ListRow { var rowId: OperationId { id } }

/// Actions at authorities and where each stands: nothing is sent twice, and what is in doubt is looked up.
struct OperationsScreen: FramedList {
    var list: ListControl<PortalOperation>
    /// What stands open, whatever the filter shows.
    var standing = OperationStanding()
    /// What the question on the screen is about.
    var asked: PortalOperation?

    init(settings: DeskSettings) {
        list = ListControl(filling: .operationPageSize, settings)
    }

    static var detailRows: Int { 4 }
    var pageSizeSetting: DeskSetting? { .operationPageSize }
    var scope: CommandScope { .operations }
    var trail: [String] { ["GSTN actions"] }
    var openCommand: CommandId? { .open }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .answered(.yes("discard")):
            return asked.map { [.operations(.discard($0.id), context.ticket(0))] } ?? []
        case .answered(.yes("again")):
            return asked.map { [.operations(.settle($0.id, .sendAgain), context.ticket(0))] } ?? []
        case .answered(.text("again", let why)):
            return asked.map { [.operations(.settle($0.id, .sendAgain, reason: why), context.ticket(0))] } ?? []
        case .answered(.text("give up", let why)):
            return asked.map { [.operations(.settle($0.id, .giveUp, reason: why), context.ticket(0))] } ?? []
        case .answered(.text("found", let text)): return settled(text.trimmed, context)
        default: return updateList(event, context)
        }
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .operations(let page, let standing):
            guard let more = show(page, ticket, context) else { return [] }
            self.standing = standing
            return more
        case .done: return takeList(loaded, ticket, context) + refresh(context)
        default: return takeList(loaded, ticket, context)
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .operations(.page(OperationFilter.query(list.filter.text, page: list.page, perPage: list.perPage)), ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard [.open, .copy, .reconcile, .discard, .settle].contains(command) else { return listReason(command) }
        guard let operation = list.selected else { return "No action is selected" }
        switch command {
        case .reconcile: return OperationChoice.hurry.refusal(for: operation)
        case .discard: return givingUp(operation).refusal(for: operation)
        case .settle: return OperationChoice.found.refusal(for: operation)
        case .copy: return operation.reference == nil ? "It has no number yet" : nil
        default: return nil
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        asked = list.selected
        guard let operation = list.selected else { return giveList(command, context) }
        switch command {
        case .open: return [.push(.operation(operation.id))]
        case .copy: return operation.reference.map { copied($0) } ?? []
        case .reconcile: return [.operations(.reconcile(operation.id), context.ticket(0))]
        case .discard where givingUp(operation) == .giveUp:
            let hint =
                operation.state == .conflict
                ? "what the portal holds stays there" : "your word that the portal does not hold it"
            return [
                .prompt(
                    Prompt(
                        id: "give up", title: "Give it up?", label: "Why, for the record", hint: hint,
                        needed: Self.reasonNeeded))
            ]
        case .discard:
            return [
                .ask(
                    Question(
                        id: "discard", title: "Give it up?",
                        body: "\(operation.kind.title): \(operation.title). The portal does not hold it, and it is not "
                            + "sent any more.", yes: "Give up"))
            ]
        case .settle:
            return [
                .prompt(
                    Prompt(
                        id: "found", title: "What did you find at the portal?", label: "Its number there",
                        hint: "nothing: it is not there"))
            ]
        default: return giveList(command, context)
        }
    }

    private static let reasonNeeded = "a reason is needed: it stays with the action"

    /// What `x` means: with a person already it takes a reason, before that a yes.
    private func givingUp(_ operation: PortalOperation) -> OperationChoice {
        OperationChoice.giveUp.events(in: operation.state) == nil ? .discard : .giveUp
    }

    private func settled(_ text: String, _ context: ScreenContext) -> [Effect] {
        guard let asked else { return [] }
        guard text.isEmpty else { return [.operations(.settle(asked.id, .found(text)), context.ticket(0))] }
        if OperationChoice.sendAgain.needsReason(in: asked.state) {
            return [
                .prompt(
                    Prompt(
                        id: "again", title: "Send it again?", label: "Why, for the record",
                        hint: "the portal was seen to hold something else", needed: Self.reasonNeeded))
            ]
        }
        return [
            .ask(
                Question(
                    id: "again", title: "Send it again?",
                    body: "\(asked.kind.title): \(asked.title). If the portal holds it after all, it would refuse the "
                        + "second or keep two.", yes: "It is not there: send"))
        ]
    }
}
