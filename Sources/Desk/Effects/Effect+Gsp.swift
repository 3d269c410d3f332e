import Domain
import Secrets
import Services

/// What is asked of API sessions at GSTN.
public enum GspWish: Hashable, Sendable {
    case page(AccountQuery)
    case connection(PortalIdentity)
    case choose(String, PortalIdentity)
    /// A secret of a provider, for the vault.
    case keep(SecretBytes, field: String, provider: String)
    case begin(PortalIdentity)
    /// Who serves an identity.
    case server(PortalIdentity)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded? {
        let gsp = workspace.gsp
        switch self {
        case .page(let query): return .standings(try await gsp.page(query))
        case .connection(let identity): return .connection(try await gsp.connection(of: identity))
        case .choose(let provider, let identity):
            try await gsp.choose(provider, for: identity)
            return .connection(try await gsp.connection(of: identity))
        case .keep(let secret, let field, let provider):
            try await workspace.providerSecrets.set(field, of: provider, secret)
            return .done("\(field) of \(provider) is in the vault")
        case .begin(let identity):
            _ = try await gsp.begin(identity, by: .desk)
            return .connection(try await gsp.connection(of: identity))
        case .server(let identity): return .server(try await workspace.server(of: identity))
        }
    }
}
