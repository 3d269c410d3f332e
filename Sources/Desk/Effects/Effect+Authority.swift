import Domain
import Services

/// What is asked of the written authorities of taxpayers.
public enum AuthorityWish: Hashable, Sendable {
    case standings([PortalIdentity])
    case record(PortalIdentity, LegalDate, note: String)
    case withdraw(PortalIdentity)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let authorities = workspace.authorities
        switch self {
        case .standings(let identities): return .authorities(try await authorities.standings(of: identities))
        case .record(let identity, let day, let note):
            try await authorities.record(identity, givenOn: day, note: note)
            return .done("The authority of \(identity) is recorded")
        case .withdraw(let identity):
            try await authorities.withdraw(identity)
            return .done("The authority of \(identity) is withdrawn")
        }
    }
}
