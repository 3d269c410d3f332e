import Domain
import Services

/// What the screens of the audit trail ask.
public enum AuditWish: Sendable, Equatable {
    case page(AuditQuery, page: Int, perPage: Int)
    case record(Int64)
    /// Opens what is kept sealed of a call; that is on record.
    case openBodies(Int64)
    case verify
    case export(String)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded? {
        switch self {
        case .page(let query, let page, let perPage):
            return .audit(try await workspace.audit.page(query, page: page, perPage: perPage))
        case .record(let sequence): return .auditRecord(try await workspace.audit.dossier(sequence))
        case .openBodies(let sequence): return .auditRecord(try await workspace.audit.opened(sequence))
        case .verify: return .verified(try await workspace.trail.verify())
        case .export(let folder):
            let done = try await workspace.trail.export(to: workspace.path(typed: folder))
            return .done("\(Counted.text(Int(done.records), "record")) in \(done.folder)")
        }
    }
}
