import Domain
import Services

/// What is asked of actions at authorities.
public enum OperationWish: Hashable, Sendable {
    case page(OperationQuery)
    /// With what came to one attempt, the last one with an answer where none is named; nothing comes back where what is
    /// shown holds still.
    case evidence(OperationId, attempt: Int?, unless: OperationService.Evidence.Mark?)
    case reconcile(OperationId)
    case discard(OperationId)
    /// What a person saw at the authority's own pages, or decided.
    case settle(OperationId, OperationService.Settlement, reason: String = "")

    /// One thing with several that a person has marked.
    case several(OperationChoice, [OperationId], reason: String)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded? {
        let operations = workspace.operations
        switch self {
        case .page(let query):
            return .operations(try await operations.list(query), try await operations.standing())
        case .evidence(let id, let attempt, let known):
            return try await operations.evidence(id, attempt: attempt, unless: known).map { .operation($0) }
        case .reconcile(let id):
            let operation = try await operations.reconcile(id)
            try workspace.sync.startWorker()
            return .done(
                operation.state.isInDoubt
                    ? "It is looked up as soon as its provider may be asked; nothing is sent again"
                    : "It goes to the portal as soon as its provider may be asked")
        case .discard(let id):
            let operation = try await operations.discard(id)
            return .done("\(operation.title) was given up")
        case .settle(let id, let settlement, let reason):
            let operation = try await operations.settle(id, settlement, reason: reason)
            switch settlement {
            case .found: return .done("\(operation.title) is done, as you found it")
            case .sendAgain: return .done("\(operation.title) is sent again")
            case .giveUp: return .done("\(operation.title) was given up")
            }
        case .several(let choice, let ids, let reason):
            return Self.told(choice, try await operations.carryOut(choice, on: ids, reason: reason))
        }
    }

    private static func told(_ choice: OperationChoice, _ several: OperationService.Several) -> Loaded {
        let count = several.done.count
        let was = count == 1 ? "is" : "are"
        let what =
            switch choice {
            case .hurry: "\(was) looked at now"
            case .giveUp, .discard: "\(was) given up"
            case .sendAgain, .found: "\(was) sent again"
            }
        let text = "\(Counted.text(count, "action")) \(what)"
        guard let first = several.refusals.first else { return .done(text) }
        if count == 0 { return .failed(first) }
        return .told("\(text), \(several.refusals.count.grouped) not", detail: first.description)
    }
}
