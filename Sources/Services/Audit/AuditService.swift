import Domain
import Store
import Vault
import Wire

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

    /// What a body of a call is, as far as it can be told without opening it.
    public enum BodyStanding: Sendable, Hashable {
        case kept
        /// There was none.
        case none
        /// It held a password, a code or a token.
        case withheld
        /// Its time is over, or it was too large: the hash is all that is left.
        case gone
    }

    public func standing(_ event: AuditEvent, _ side: AuditBodySide) async throws(Complaint) -> BodyStanding {
        guard let call = event.call else { return .none }
        let hash = side == .request ? call.requestHash : call.answer?.hash ?? ""
        if hash.isEmpty { return .none }
        if hash.hasPrefix("hmac:") || hash == "withheld" { return .withheld }
        let kept = try await workspace.read { try $0.auditBody(event.sequence, side) }
        return kept == nil ? .gone : .kept
    }

    /// Opens a sealed body of a call; that somebody did is on record before it is shown.
    ///
    /// - Throws: a `Complaint`: 77 without the grant or with the vault locked, 65 for a body that is not kept or does not
    ///   have the hash on record.
    public func body(_ sequence: Int64, _ side: AuditBodySide) async throws(Complaint) -> [UInt8] {
        let event = try await event(sequence)
        let doer = try await workspace.permit(.openBodies, on: "audit/\(sequence)")
        let hash = side == .request ? event.call?.requestHash : event.call?.answer?.hash
        guard let hash, let kept = try await workspace.read({ try $0.auditBody(sequence, side) }) else {
            throw Complaint(
                "no \(side == .request ? "request" : "answer") of row \(sequence) is kept",
                why: "it held a secret, was too large, or its time is over; its hash stands in the trail",
                status: .badData)
        }
        guard let secret = try await workspace.secret(.auditBodies, of: kept.key) else {
            throw Complaint(
                "the key of what is kept of row \(sequence) is gone", why: "its time is over", status: .badData)
        }
        let now = workspace.now
        try await workspace.write { writer in
            try writer.recordEvent(
                doer.event(
                    "audit.open", "audit/\(sequence)", detail: AuditDetail.text(["side": "\(side)"]), at: now))
        }
        let key = BodyKey(name: kept.key, secret: secret)
        guard let bytes = try? key.open(kept.bytes, at: BodySealing.place(side, hash)),
            ContentHash.sha256(bytes) == hash
        else {
            throw Complaint(
                "the kept \(side == .request ? "request" : "answer") of row \(sequence) does not open",
                why: "it was changed outside of PortalDesk; the row itself is checked by `portaldesk audit verify`",
                status: .badData)
        }
        return bytes
    }
}

extension Workspace {
    public var audit: AuditService { AuditService(workspace: self) }
}
