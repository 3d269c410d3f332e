import Domain
import Secrets
import Services

/// What is asked of the queue of questions that portals put to people.
public enum RelayWish: Hashable, Sendable {
    case queue(page: Int, perPage: Int)
    case question(JobId)
    case answer(JobId, SecretBytes)
    /// Another picture, or another question when this one has run out.
    case askAnew(JobId)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let relay = workspace.relay
        switch self {
        case .queue(let page, let perPage): return .waiting(try await relay.queue(page: page, perPage: perPage))
        case .question(let id): return .question(try await relay.question(of: id))
        case .answer(let id, let text):
            try await workspace.sync.answer(id, text: text.withBytes { String(decoding: $0, as: UTF8.self) })
            return .done("Answered: job \(id) goes on")
        case .askAnew(let id):
            try await relay.askAnew(id)
            return .done("Job \(id) asks anew")
        }
    }
}
