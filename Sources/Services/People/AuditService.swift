import Domain
import Store

/// What was done, by whom: admins see all of it, everybody else their own rows.
public struct AuditService: Sendable {
    let workspace: Workspace

    public func events(_ query: AuditQuery) async throws(Complaint) -> [AuditEvent] {
        let doer = try await workspace.permit(.auditOwn)
        var query = query
        if let asked = query.actor, asked == doer.name {
            // One's own.
        } else if query.actor != nil {
            try await workspace.permit(.auditAll)
        } else if !(await seesAll(doer)) {
            query.actor = doer.name
        }
        let final = query
        return try await workspace.read { try $0.auditEvents(final) }
    }

    public func event(_ sequence: Int64) async throws(Complaint) -> AuditEvent {
        let doer = try await workspace.permit(.auditOwn)
        if let event = try await workspace.read({ try $0.auditEvent(sequence) }) {
            if event.actor != doer.name { try await workspace.permit(.auditAll) }
            return event
        }
        throw Complaint(
            "there is no audit row \(sequence)", remedy: "`portaldesk audit list` shows them", status: .badData)
    }

    /// Without a refusal on record: asking for a list is no attempt at somebody else's rows.
    private func seesAll(_ doer: Doer) async -> Bool {
        guard case .person = workspace.acting.current else { return true }
        let person = try? await workspace.read { try $0.person(doer.name) }
        return person?.may(.auditAll).isPermitted ?? false
    }
}

extension Workspace {
    public var audit: AuditService { AuditService(workspace: self) }
}
