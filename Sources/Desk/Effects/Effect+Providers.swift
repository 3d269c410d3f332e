import Domain
import Services

/// What is asked of those who reach the portals.
public enum ProviderWish: Hashable, Sendable {
    case standings
    case test(String)
    case retry(String)
    case takeBack([Job])
    case remove(String)
    case checkFiles

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let providers = workspace.providerService
        switch self {
        case .standings: return .providers(try await providers.standings(), broken: providers.brokenFiles())
        case .test(let name): return .providerAnswers(name, try await providers.test(name))
        case .retry(let name): return .retried(try await providers.retry(name))
        case .remove(let name):
            _ = try await providers.remove(name)
            return .done("\(name) is removed")
        case .checkFiles: return .providerFiles(try await providers.checkFiles())
        case .takeBack(let jobs): return try await FailureWish.takeBack(jobs).loaded(from: workspace)
        }
    }
}
