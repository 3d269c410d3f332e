import Domain
import Portals
import Store

/// Files that TRACES is asked to make. A fetch of the deductor asks for them, for each login needs a person's captcha; what
/// became of them, a later fetch reads in the portal's list of requests.
public struct TdsRequestService: Sendable {
    let workspace: Workspace

    /// What asking gave.
    public struct Asked: Sendable {
        public var request: Int64
        public var triggered: SyncService.Triggered
    }

    /// Notes the wish and queues a fetch of the deductor, which asks the portal.
    ///
    /// - Throws: a `Complaint`: 65 for what the portal would refuse, or a TAN that a bridge or nobody serves.
    public func ask(_ wish: TdsWish, of identity: PortalIdentity) async throws(Complaint) -> Asked {
        let doer = try await workspace.permit(.fetch, on: identity.auditSubject)
        // First whether anybody could ask: what TRACES would say of the challan means nothing without that.
        let account = try await requireServed(identity)
        if let problem = wish.kyc.problem {
            throw Complaint("TRACES would refuse this request", why: problem, status: .badData)
        }
        let now = workspace.now
        let id = try await workspace.write { writer in
            let id = try writer.wantFile(account.id, wish, by: doer.name, now: now)
            try writer.recordEvent(doer.event("tds.request", identity.auditSubject, at: now))
            return id
        }
        return Asked(request: id, triggered: try await workspace.sync.trigger(.fetch, [identity], by: .command))
    }

    /// - Throws: a `Complaint` (65) for a TAN that no business has, or whose provider asks TRACES for no files.
    @discardableResult
    func requireServed(_ identity: PortalIdentity) async throws(Complaint) -> PortalAccount {
        let account = try await workspace.read { try $0.account(identity) }
        guard let account, identity.portal == .traces else {
            throw Complaint("no business has the TAN \(identity)", status: .badData)
        }
        guard workspace.served(by: { $0 == .traces }).contains(account) else {
            let served = try await workspace.providerName(for: identity).map { "\($0) serves it" } ?? "nobody serves it"
            throw Complaint(
                "nobody asks TRACES for files of \(identity)",
                why: "\(served), and only a provider with the connector traces does that",
                remedy: "Ask at the portal's pages, or let such a provider serve it: `portaldesk account provider`",
                status: .badData)
        }
        return account
    }

    /// Takes a wish back that the portal was not asked for yet.
    ///
    /// - Throws: a `Complaint`: 65 when there is none, or it has left.
    public func withdraw(_ id: Int64) async throws(Complaint) {
        let doer = try await workspace.permit(.fetch)
        let now = workspace.now
        let found = try await workspace.write { writer -> TdsRequest? in
            guard let request = try writer.reader.tdsRequests().first(where: { $0.id == id }) else { return nil }
            guard request.state == .wanted else { return request }
            try writer.noteRequest(id, .refused("withdrawn by \(doer.name)"), now: now)
            try writer.recordEvent(
                doer.event(
                    "tds.withdraw", request.identity.auditSubject, detail: AuditDetail.text(["request": "\(id)"]),
                    at: now))
            return request
        }
        guard let found else { throw Complaint("there is no request \(id)", status: .badData) }
        guard found.state == .wanted else {
            throw Complaint(
                "request \(id) cannot be withdrawn", why: "the portal was asked for it already", status: .badData)
        }
    }

    /// The latest first.
    public func list(_ identity: PortalIdentity? = nil) async throws(Complaint) -> [TdsRequest] {
        try await workspace.permit(.see)
        return try await workspace.read { reader in
            guard let identity else { return try reader.tdsRequests() }
            guard let account = try reader.account(identity) else { return [] }
            return try reader.tdsRequests(account.id)
        }
    }
}

extension Workspace {
    public var tdsRequests: TdsRequestService { TdsRequestService(workspace: self) }
}
