import Domain
import Services

/// What is asked of the files that TRACES makes.
public enum TdsWant: Hashable, Sendable {
    case list
    /// What the form for the justification report of a default summary begins with.
    case draft(NoticeId)
    case ask(TdsRequestService.Draft)
    case withdraw(Int64)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let requests = workspace.tdsRequests
        switch self {
        case .list: return .tdsRequests(try await requests.list())
        case .draft(let id): return .tdsDraft(try await requests.draft(of: id))
        case .ask(let draft):
            let asked = try await requests.ask(draft)
            if asked.triggered.runsAlready {
                return .told(
                    "Noted: the next fetch of this TAN asks TRACES for it",
                    detail: "the one that runs now began without it; fetch again when it has ended")
            }
            guard let refused = asked.triggered.refused.first else {
                return .done("Noted: the fetch of this TAN asks TRACES for it")
            }
            return .told("Noted: the next fetch of this TAN asks TRACES for it", detail: refused.reason)
        case .withdraw(let id):
            try await requests.withdraw(id)
            return .done("Withdrawn: nobody asks TRACES for it")
        }
    }
}
