import Services

extension Effect {
    /// What the screens of the portals ask; nil for other effects.
    func ofPortals(in workspace: Workspace) async throws(Complaint) -> Loaded? {
        switch self {
        case .relay(let wish, _): return try await wish.loaded(from: workspace)
        case .gsp(let wish, _): return try await wish.loaded(from: workspace)
        case .failures(let wish, _): return try await wish.loaded(from: workspace)
        case .schedules(let wish, _): return try await wish.loaded(from: workspace)
        case .authority(let wish, _): return try await wish.loaded(from: workspace)
        case .providers(let wish, _): return try await wish.loaded(from: workspace)
        case .operations(let wish, _): return try await wish.loaded(from: workspace)
        case .apiUsers(let wish, _): return try await wish.loaded(from: workspace)
        case .eInvoices(let wish, _): return try await wish.loaded(from: workspace)
        case .eWayBills(let wish, _): return try await wish.loaded(from: workspace)
        case .audit(let wish, _): return try await wish.loaded(from: workspace)
        case .loadCoverage(let query, _): return .coverage(try await workspace.sync.coverage(query))
        case .loadStrays(let query, _): return .strays(try await workspace.strays.page(query))
        case .loadStray(let id, _): return .stray(try await workspace.strays.record(id))
        default: return try await ofAuthenticator(in: workspace)
        }
    }
}
