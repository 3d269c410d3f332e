import Domain
import Portals
import Store

/// API sessions at GSTN, one for each GSTIN: how they stand, how one is opened and ended.
public struct GspService: Sendable {
    let workspace: Workspace

    /// What a taxpayer does before software may ask for an OTP (facts: gstn-taxpayer 1.5).
    public static let accessPath =
        "On the GST Portal: My Profile, Manage API Access, Enable API Request: Yes, Duration: 30 days, Confirm"

    /// Begins to open a session: a job asks GSTN for an OTP to the taxpayer, and waits for the answer.
    ///
    /// - Returns: the job that waits, or is done when a session was alive already.
    public func connect(_ identity: PortalIdentity) async throws(Complaint) -> Job {
        try await settled(try await begin(identity, by: .command))
    }

    /// The same without waiting for what becomes of it.
    ///
    /// - Returns: the job, as the only one.
    public func begin(_ identity: PortalIdentity, by trigger: JobTrigger) async throws(Complaint) -> [JobId] {
        try await workspace.permit(.verify, on: identity.auditSubject)
        guard let account = try await workspace.credentials.account(identity) else {
            throw Complaint.unknownIdentity(identity)
        }
        try await requireGsp(account)
        let result = try await workspace.sync.trigger(.verify, [identity], by: trigger)
        if let refused = result.refused.first {
            throw Complaint("\(identity) cannot be connected", why: refused.reason, status: .badData)
        }
        // Whoever asks now does not wait for the next try of a verification that stands already.
        if result.standing[.retrying] != nil { _ = try await workspace.sync.retry(result.existing) }
        return result.ids
    }

    /// Passes on the OTP that the taxpayer told.
    public func answer(_ job: JobId, otp: String) async throws(Complaint) -> Job {
        try await workspace.sync.answer(job, text: otp)
        return try await settled([job])
    }

    private func settled(_ ids: [JobId]) async throws(Complaint) -> Job {
        guard let job = try await workspace.sync.wait(for: ids, onChange: { _ in }).first else {
            throw Complaint("the connection was not watched to its end", status: .tryLater)
        }
        return job
    }

    /// Whether all that a connection needs is there, told before a byte leaves.
    private func requireGsp(_ account: PortalAccount) async throws(Complaint) {
        let catalog = workspace.providers()
        guard
            let file = catalog.provider(for: .gst, chosen: account.provider, settings: workspace.settings),
            file.profile.connector == .gsp
        else { throw Complaint.servedByNoGsp(account.identity) }
        let missing = try await workspace.providerSecrets.missing(of: file.name)
        if let first = missing.first {
            throw Complaint(
                "the provider \(file.name) lacks its secret \(first)",
                remedy: "Enter it: `portaldesk provider secret \(file.name) \(first)`", status: .badConfiguration)
        }
    }
}

extension Workspace {
    public var gsp: GspService { GspService(workspace: self) }
}

extension Complaint {
    static func servedByNoGsp(_ identity: PortalIdentity) -> Complaint {
        Complaint(
            "\(identity) is served by no GSP", why: "its provider speaks another connector",
            remedy: "Choose one in config.toml, [portals] gst = \"NAME\", or with `account provider`",
            status: .badConfiguration)
    }
}
