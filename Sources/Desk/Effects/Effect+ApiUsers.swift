import Domain
import Secrets
import Services

/// What is asked of the users at the APIs of authorities.
public enum ApiUserWish: Hashable, Sendable {
    case list
    case set(Gstin, provider: String, name: String, SecretBytes)
    case remove(Gstin, provider: String)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let users = workspace.apiUsers
        switch self {
        case .list: return .apiUsers(try await users.list(), providers: try await users.providers())
        case .set(let gstin, let provider, let name, let password):
            let resumed = try await users.set(gstin, provider: provider, name: name, password: password)
            let parts = [
                resumed.queued > 0 ? "\(Counted.text(resumed.queued, "action")) queued again" : nil,
                resumed.looked > 0 ? "\(resumed.looked) looked up first" : nil,
            ]
            let went = parts.compactMap(\.self).joined(separator: ", ")
            return .done("The API user of \(gstin) is kept\(went.isEmpty ? "" : ": \(went)")")
        case .remove(let gstin, let provider):
            try await users.remove(gstin, provider: provider)
            return .done("The API user of \(gstin) at \(provider) is forgotten")
        }
    }
}
