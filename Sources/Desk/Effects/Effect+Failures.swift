import Domain
import Services

/// What is asked of the failures that still stand.
public enum FailureWish: Hashable, Sendable {
    /// The groups, and a page of the jobs of one of them; of the first one where that one is gone.
    case page(FailureGroup.Key?, Portal?, page: Int, perPage: Int)
    case retry(Cause, Portal?)
    case takeBack([Job])
    case verify(Cause, Portal?)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let failures = workspace.failures
        switch self {
        case .page(let wanted, let portal, let page, let perPage):
            let groups = try await failures.groups(portal)
            let key = groups.contains { $0.key == wanted } ? wanted : groups.first?.key
            guard let key else {
                let none = ActivityPage(rows: [], page: 1, pageCount: 1, total: 0, firstSerial: 0)
                return .failures(FailuresFound(groups: [], key: nil, jobs: none))
            }
            let isSame = key == wanted
            let jobs = try await failures.jobs(of: key, portal, page: isSame ? page : 1, perPage: perPage)
            return .failures(FailuresFound(groups: groups, key: key, jobs: jobs))
        case .retry(let cause, let portal): return .retried(try await failures.retry(cause, portal))
        case .takeBack(let jobs):
            let count = try await failures.takeBack(jobs)
            let rest = jobs.count - count
            return .done(
                "\(Counted.text(count, "retry", "retries")) taken back\(rest > 0 ? ", \(rest.grouped) had begun" : "")")
        case .verify(let cause, let portal): return .triggered(try await failures.verify(cause, portal))
        }
    }
}

/// The failures that stand: groups by cause, and a page of the jobs of one of them.
public struct FailuresFound: Sendable, Hashable {
    public var groups: [FailureGroup]
    /// Whose jobs these are; nil when there is no group.
    public var key: FailureGroup.Key?
    public var jobs: ActivityPage

    public init(groups: [FailureGroup], key: FailureGroup.Key?, jobs: ActivityPage) {
        self.groups = groups
        self.key = key
        self.jobs = jobs
    }
}
