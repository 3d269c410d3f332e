import Domain
import Portals
import Store

/// Written authorities of taxpayers. Connectors that enter a portal as its own web pages do are used for nobody who
/// has given none: such access rests on the taxpayer's consent alone (facts: income-tax-traces).
public struct AuthorityService: Sendable {
    let workspace: Workspace

    /// Notes that a taxpayer gave a written authority.
    ///
    /// - Throws: a `Complaint`: 65 for an unknown identity or a day that has not come yet, 77 not permitted.
    public func record(_ identity: PortalIdentity, givenOn: LegalDate, note: String) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: identity.auditSubject)
        let now = workspace.now
        guard givenOn <= LegalDate.inIndia(now) else {
            throw Complaint(
                "an authority cannot be dated \(givenOn)", why: "that day has not come yet", status: .badData)
        }
        try await workspace.write { writer in
            guard let account = try writer.reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
            try writer.setAuthority(of: account.id, givenOn: givenOn, note: note, by: doer.name, at: now)
            let detail = AuditDetail.text(["given_on": givenOn.description])
            try writer.recordEvent(doer.event("authority.record", identity.auditSubject, detail: detail, at: now))
        }
    }

    /// Notes that the authority was withdrawn. From then on nothing is fetched where one is needed.
    public func withdraw(_ identity: PortalIdentity) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: identity.auditSubject)
        let now = workspace.now
        try await workspace.write { writer in
            guard let account = try writer.reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
            guard try writer.dropAuthority(of: account.id) else {
                throw Complaint("no written authority is recorded for \(identity)", status: .badData)
            }
            try writer.recordEvent(doer.event("authority.withdraw", identity.auditSubject, at: now))
        }
    }

    /// The authority of an identity, and whether its provider needs one.
    public struct Standing: Sendable, Hashable {
        public var authority: WrittenAuthority?
        public var isNeeded: Bool

        public init(authority: WrittenAuthority? = nil, isNeeded: Bool) {
            self.authority = authority
            self.isNeeded = isNeeded
        }

        /// Whether nothing is fetched or verified for want of it.
        public var isMissing: Bool { isNeeded && authority == nil }
    }

    public func standing(of identity: PortalIdentity) async throws(Complaint) -> Standing {
        guard let standing = try await standings(of: [identity])[identity] else {
            throw Complaint.unknownIdentity(identity)
        }
        return standing
    }

    /// Identities that no business has are left out.
    public func standings(of identities: [PortalIdentity]) async throws(Complaint) -> [PortalIdentity: Standing] {
        try await workspace.permit(.see)
        let needing = workspace.needingAuthority()
        return try await workspace.read { reader in
            var found: [PortalIdentity: Standing] = [:]
            for identity in identities {
                guard let account = try reader.account(identity) else { continue }
                found[identity] = Standing(
                    authority: try reader.authority(of: account.id), isNeeded: needing.contains(account))
            }
            return found
        }
    }
}

extension Workspace {
    public var authorities: AuthorityService { AuthorityService(workspace: self) }
}

extension Complaint {
    /// Why nothing is fetched for somebody who gave no authority.
    static func withoutAuthority(_ identity: PortalIdentity) -> String {
        "no written authority of the taxpayer is recorded; `portaldesk account authority --portal "
            + "\(identity.portal.rawValue) --identity \(identity) --given-on YYYY-MM-DD` records it"
    }
}
