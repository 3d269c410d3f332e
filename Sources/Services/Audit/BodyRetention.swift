import Domain
import Store

/// Takes requests and answers away that are older than the settings keep them. Their hashes stay, so the trail verifies as
/// before; with their key they are gone from copies of the database as well.
struct BodyRetention: Sendable {
    let workspace: Workspace

    /// - Returns: how many bodies went.
    @discardableResult
    func apply() async throws(Complaint) -> Int {
        let (now, days) = (workspace.now, workspace.settings.audit.bodyDays)
        let oldest = now - .seconds(86_400 * (days + 1))
        let old = try await workspace.read { try $0.bodyKeys(madeBefore: oldest) }
        guard !old.isEmpty else { return 0 }
        return try await workspace.write { writer in
            let count = try writer.removeBodies(of: old)
            for key in old { try writer.removeSecret(.auditBodies, of: key) }
            try writer.recordEvent(
                AuditEvent(
                    at: now, actor: "portaldesk", action: "audit.retention", subject: "audit", outcome: "done",
                    detail: AuditDetail.text([
                        "bodies": "\(count)", "days": "\(days)", "keys": old.joined(separator: " "),
                    ])))
            return count
        }
    }
}
