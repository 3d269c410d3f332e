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
    /// The same for several that are marked.
    var several: MarkedActions?

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
        case .answered(let answer):
            if let effects = several?.answered(answer, context) { return effects }
            return updateList(event, context)
        default: return updateList(event, context)
        }
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .operations(let page, let standing):
            guard let more = show(page, ticket, context) else { return [] }
            self.standing = standing
            return more
        case .done, .told:
            list.clearMarks()
            return takeList(loaded, ticket, context) + refresh(context)
        default: return takeList(loaded, ticket, context)
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .operations(.page(OperationFilter.query(list.filter.text, page: list.page, perPage: list.perPage)), ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard [.open, .copy, .reconcile, .discard, .settle].contains(command) else { return listReason(command) }
        if list.markCount > 1, let marked = marked(command) { return marked.refusal(among: list.targets) }
        guard let operation = meant(command) else { return "No action is selected" }
        switch command {
        case .reconcile: return OperationChoice.hurry.refusal(for: operation)
        case .discard: return givingUp(operation).refusal(for: operation)
        case .settle: return OperationChoice.found.refusal(for: operation)
        case .copy: return operation.reference == nil ? "It has no number yet" : nil
        default: return nil
        }
    }

    /// What would only be refused is not offered.
    func hints(_ command: CommandId) -> Bool {
        if list.filter.isEditing { return CommandTable.worksWhileTyping(command) }
        switch command {
        case .settle where list.markCount < 2: return meant(command)?.choices.contains(.found) == true
        case .settle: return list.targets.contains { $0.choices.contains(.sendAgain) }
        default: return true
        }
    }

    /// The one that a command is about: the marked one, else the selected one.
    private func meant(_ command: CommandId) -> PortalOperation? {
        command == .open || command == .copy ? list.selected : list.targets.first
    }

    /// What a command does with several marked ones; nil for one that is about the selected row alone.
    private func marked(_ command: CommandId) -> MarkedActions? {
        switch command {
        case .reconcile: MarkedActions(.hurry, list.targets)
        case .settle: MarkedActions(.sendAgain, list.targets)
        case .discard:
            MarkedActions(list.targets.contains { givingUp($0) == .giveUp } ? .giveUp : .discard, list.targets)
        default: nil
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        several = list.markCount > 1 ? marked(command) : nil
        if let several { return several.begin() }
        asked = meant(command)
        guard let operation = asked else { return giveList(command, context) }
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
                        needed: Self.reasonNeeded, isComposed: true))
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
                        hint: "the portal was seen to hold something else", needed: Self.reasonNeeded,
                        isComposed: true))
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
