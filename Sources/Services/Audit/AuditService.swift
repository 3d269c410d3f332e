import Domain
import Store

/// What was done, by whom: admins see all of it, everybody else their own rows.
public struct AuditService: Sendable {
    let workspace: Workspace

    /// - Throws: a `Complaint`: 77 for the rows of others, 64 for an action or an outcome that there is none of.
    public func events(_ query: AuditQuery) async throws(Complaint) -> [AuditEvent] {
        let final = try await permitted(query)
        try await requireKnown(final)
        return try await workspace.read { try $0.auditEvents(final) }
    }

    /// Further rows are not counted: nobody leafs through more by pages.
    static let counted = 100_000

    func permitted(_ query: AuditQuery) async throws(Complaint) -> AuditQuery {
        let doer = try await workspace.permit(.auditOwn)
        var query = query
        if let asked = query.actor, asked == doer.name {
            // One's own.
        } else if query.actor != nil {
            try await workspace.permit(.auditAll, on: query.actor)
        } else if try await !workspace.may(.auditAll) {
            // Asking for a list is no attempt at somebody else's rows.
            query.actor = doer.name
        }
        return try await resolved(query)
    }

    /// Whether whoever is logged in sees the rows of others.
    public func seesAll() async throws(Complaint) -> Bool { try await workspace.may(.auditAll) }

    public func event(_ sequence: Int64) async throws(Complaint) -> AuditEvent {
        let doer = try await workspace.permit(.auditOwn)
        if let event = try await workspace.read({ try $0.auditEvent(sequence) }) {
            if event.actor == doer.name { return event }
            // Who may open what calls carried may see the calls.
            if event.call != nil, try await workspace.may(.openBodies) { return event }
            try await workspace.permit(.auditAll, on: "audit/\(sequence)")
            return event
        }
        throw Complaint(
            "there is no audit row \(sequence)", remedy: "`portaldesk audit list` shows them", status: .badData)
    }
}

extension Workspace {
    public var audit: AuditService { AuditService(workspace: self) }
}
