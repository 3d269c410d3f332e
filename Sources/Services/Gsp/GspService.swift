import Domain
import Portals
import Store

/// API sessions at GSTN, one for each GSTIN: how they stand, how one is opened and ended.
public struct GspService: Sendable {
    let workspace: Workspace

    /// How the session of one GSTIN stands.
    public struct Standing: Sendable, Hashable {
        public enum State: String, Sendable, CaseIterable {
            /// Never asked for.
            case none
            /// An OTP is with the taxpayer.
            case awaitsOtp = "awaits_otp"
            case open
            /// Only the taxpayer's OTP opens another.
            case ended
            /// The taxpayer has not switched API access on.
            case accessOff = "access_off"
        }

        public var identity: PortalIdentity
        public var business: String
        public var provider: String
        public var state: State
        /// Until when the session is good, or the OTP.
        public var until: Instant?
        /// When it was opened or last refreshed.
        public var changedAt: Instant?
        public var message: String
    }

    /// What a taxpayer does before software may ask for an OTP (facts: gstn-taxpayer 1.5).
    public static let accessPath =
        "On the GST Portal: My Profile, Manage API Access, Enable API Request: Yes, Duration: 30 days, Confirm"

    /// Every GSTIN that a GSP serves.
    public func standings() async throws(Complaint) -> [Standing] {
        try await workspace.permit(.see)
        let (catalog, settings, now) = (workspace.providers(), workspace.settings, workspace.now)
        return try await workspace.read { reader in
            let sessions = Dictionary(
                try reader.gspSessions().map { ($0.account, $0) }, uniquingKeysWith: { first, _ in first })
            let query = AccountQuery(portal: .gst, perPage: nil)
            return try reader.accounts(query).rows.compactMap { account in
                let file = catalog.provider(for: .gst, chosen: account.provider, settings: settings)
                guard let file, file.profile.connector == .gsp else { return nil }
                return Standing(account, provider: file.name, sessions[account.id], at: now)
            }
        }
    }

    /// Begins to open a session: a job asks GSTN for an OTP to the taxpayer, and waits for the answer.
    ///
    /// - Returns: the job that waits, or is done when a session was alive already.
    public func connect(_ identity: PortalIdentity) async throws(Complaint) -> Job {
        try await workspace.permit(.verify)
        guard let account = try await workspace.credentials.account(identity) else {
            throw Complaint.unknownIdentity(identity)
        }
        try await requireGsp(account)
        let result = try await workspace.sync.trigger(.verify, [identity], by: .command)
        if let refused = result.refused.first {
            throw Complaint("\(identity) cannot be connected", why: refused.reason, status: .badData)
        }
        return try await settled(result.ids)
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
        else {
            throw Complaint(
                "\(account.identity) is served by no GSP", why: "its provider speaks another connector",
                remedy: "Choose one in config.toml, [portals] gst = \"NAME\", or with `account set --provider`",
                status: .badConfiguration)
        }
        let missing = try await workspace.providerSecrets.missing(of: file.name)
        if let first = missing.first {
            throw Complaint(
                "the provider \(file.name) lacks its secret \(first)",
                remedy: "Enter it: `portaldesk provider secret \(file.name) \(first)`", status: .badConfiguration)
        }
    }
}

extension GspService.Standing {
    init(_ account: PortalAccount, provider: String, _ session: StoredGspSession?, at now: Instant) {
        let isOver = session?.expiresAt.map { $0 <= now } ?? false
        let state: State =
            switch session.flatMap({ GspSession.State(rawValue: $0.state) }) {
            case _ where account.reason == .noApiAccess: .accessOff
            case .open: isOver ? .ended : .open
            case .pending: isOver ? .ended : .awaitsOtp
            case .ended: .ended
            case nil: .none
            }
        self.init(
            identity: account.identity, business: account.business, provider: provider, state: state,
            until: session?.expiresAt, changedAt: session?.changedAt, message: session?.message ?? "")
    }
}

extension Workspace {
    public var gsp: GspService { GspService(workspace: self) }
}
