import Domain
import Services

/// What stands of one's own authenticator when its panel opens.
public enum AuthenticatorFound: Hashable, Sendable {
    case offered(AuthenticatorOffer)
    case set(since: Instant)
}

extension Effect {
    /// One's own authenticator; nil for other effects.
    func ofAuthenticator(in workspace: Workspace) async throws(Complaint) -> Loaded? {
        let service = workspace.authenticator
        switch self {
        case .openAuthenticator:
            if case .set(let since) = try await service.state() {
                return .authenticator(.set(since: since), isAskedFor: service.isAskedFor)
            }
            return .authenticator(
                .offered(AuthenticatorOffer(try await service.enrol())), isAskedFor: service.isAskedFor)
        case .confirmAuthenticator(let code, _):
            try await service.confirm(code)
            return .done("The authenticator is set up")
        case .removeAuthenticator(let code, _):
            try await service.remove(proof: .code(code))
            return .done("The authenticator is removed")
        default: return nil
        }
    }
}
