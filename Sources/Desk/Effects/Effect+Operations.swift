import Domain
import Services

/// What is asked of actions at authorities.
public enum OperationWish: Hashable, Sendable {
    case page(OperationQuery)
    case dossier(OperationId)
    case reconcile(OperationId)
    case discard(OperationId)
    /// What a person saw at the authority's own pages, or decided.
    case settle(OperationId, OperationService.Settlement, reason: String = "")

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let operations = workspace.operations
        switch self {
        case .page(let query):
            return .operations(try await operations.list(query), try await operations.standing())
        case .dossier(let id): return .operation(try await operations.dossier(id))
        case .reconcile(let id):
            _ = try await operations.reconcile(id)
            try workspace.sync.startWorker()
            return .done("The portal is asked now")
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
        }
    }
}
