import Domain
import Portals
import Secrets
import Store

/// Users of GSTINs at the APIs of authorities: others than at the portals, made there under API registration.
public struct ApiUserService: Sendable {
    let workspace: Workspace

    /// Keeps a user with the password sealed in the vault. Sessions of the one before are forgotten. What was stopped for
    /// want of it goes on: it is queued where nothing of it ever left, and looked up where something may have.
    ///
    /// - Throws: a `Complaint`: 65 for a provider that carries out no actions, 77 not permitted.
    @discardableResult public func set(
        _ gstin: Gstin, provider: String, name: String, password: SecretBytes
    ) async throws(Complaint) -> ResumedOperations {
        let doer = try await workspace.permit(.editCredential, on: "gst/\(gstin)")
        let file = try workspace.providerSecrets.existing(provider)
        guard file.profile.connector.carriesOutActions else {
            throw Complaint(
                "\(provider) carries out no actions", why: "its connector is \(file.connector)",
                remedy: "Name a provider whose connector is irp or ewb", status: .badData)
        }
        let (workspace, now, owner) = (workspace, workspace.now, "\(provider)/\(gstin)")
        let resumed = try await workspace.write { writer in
            _ = try writer.setApiUser(provider, gstin, name: name, at: now)
            try workspace.keep(password, as: .apiUser, of: owner, writer, at: now)
            try writer.removeSecret(.apiSession, of: owner)
            let resumed = try writer.resumeOperations(provider, gstin, stoppedBy: Cause.mendedByApiUser, now: now)
            let detail = AuditDetail.text([
                "provider": provider, "user": HarmlessText.line(name, limit: 100), "queued": "\(resumed.queued)",
                "looked": "\(resumed.looked)",
            ])
            try writer.recordEvent(doer.event("api_user.set", "gst/\(gstin)", detail: detail, at: now))
            return resumed
        }
        if resumed.queued + resumed.looked > 0 { try workspace.sync.startWorker() }
        return resumed
    }

    /// A user as people are told of it.
    public struct Entry: Sendable, Hashable {
        public var gstin: Gstin
        public var provider: String
        public var name: String
        public var changedAt: Instant
        /// Why the authority refused it; nil while it has not.
        public var refusal: String?

        public init(gstin: Gstin, provider: String, name: String, changedAt: Instant, refusal: String? = nil) {
            self.gstin = gstin
            self.provider = provider
            self.name = name
            self.changedAt = changedAt
            self.refusal = refusal
        }
    }

    public func list() async throws(Complaint) -> [Entry] {
        try await workspace.permit(.see)
        return try await workspace.read { reader in
            try reader.apiUsers().map {
                Entry(
                    gstin: $0.gstin, provider: $0.provider, name: $0.name, changedAt: $0.changedAt,
                    refusal: $0.refusal)
            }
        }
    }

    /// Names of the providers that carry out actions: only they have API users.
    public func providers() async throws(Complaint) -> [String] {
        try await workspace.permit(.see)
        return workspace.providers().files.filter { $0.profile.connector.carriesOutActions }.map(\.name)
    }

    /// - Throws: a `Complaint`: 65 when there is none.
    public func remove(_ gstin: Gstin, provider: String) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: "gst/\(gstin)")
        let (now, owner) = (workspace.now, "\(provider)/\(gstin)")
        try await workspace.write { writer in
            guard try writer.removeApiUser(provider, gstin) else {
                throw Complaint("there is no API user of \(gstin) at \(provider)", status: .badData)
            }
            try writer.removeSecret(.apiUser, of: owner)
            try writer.removeSecret(.apiSession, of: owner)
            try writer.recordEvent(doer.event("api_user.remove", "gst/\(gstin)", at: now))
        }
    }

    /// With the password, for a connector; nil when none is kept.
    func open(_ gstin: Gstin, provider: String) async throws(Complaint) -> ApiUser? {
        guard let stored = try workspace.lookUp({ try $0.apiUser(provider, gstin) }),
            let password = try await workspace.secret(.apiUser, of: "\(provider)/\(gstin)")
        else { return nil }
        return ApiUser(name: stored.name, password: password, version: stored.version, refusal: stored.refusal)
    }
}

extension Workspace {
    public var apiUsers: ApiUserService { ApiUserService(workspace: self) }
}
