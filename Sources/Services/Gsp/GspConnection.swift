import Domain
import Portals
import Secrets
import Store

extension GspService {
    /// How far the way to an API session of one GSTIN is gone. All of it is read from the workspace, so that whoever
    /// comes back, or comes instead, goes on where it stands.
    public struct Connection: Sendable, Hashable {
        public var standing: Standing
        /// GSPs of the workspace that could serve it.
        public var choices: [String]
        /// Secrets of the chosen GSP that are not in the vault yet.
        public var missingSecrets: [String]
        /// The user name at the portal; nil when none is stored. A GSP needs no more of the login.
        public var username: String?
        /// The verification that runs or waits for this GSTIN now, or a fetch that waits for its OTP; else how the last
        /// verification ended. Other jobs are no part of the way.
        public var job: Job?
        public var isVerified: Bool
        /// Where a sandbox's OTP lies, one line; nil at a real GSP.
        public var hint: String?

        public init(
            standing: Standing, choices: [String] = [], missingSecrets: [String] = [], username: String? = nil,
            job: Job? = nil, isVerified: Bool = false, hint: String? = nil
        ) {
            self.standing = standing
            self.choices = choices
            self.missingSecrets = missingSecrets
            self.username = username
            self.job = job
            self.isVerified = isVerified
            self.hint = hint
        }

        /// What has to be done in this order.
        public enum Step: Int, Sendable, CaseIterable { case provider, credentials, access, otp, firstCall }

        /// The step that is to be done next; nil when the session is open and a call went through it.
        public var current: Step? {
            if !standing.isServed { return .provider }
            if username == nil || !missingSecrets.isEmpty { return .credentials }
            switch standing.state {
            case .open: return isVerified ? nil : .firstCall
            case .awaitsOtp: return .otp
            case .none, .ended, .accessOff: return .access
            }
        }

        /// Whether the worker has it at this moment or takes it up next. A job that waits for its next try holds nobody
        /// back: another one can be made at once.
        public func isUnderWay(at now: Instant) -> Bool {
            guard let job else { return false }
            let isWaiting = job.status == .queued || job.status == .retrying
            return job.status == .running || (isWaiting && nextTry(at: now) == nil)
        }

        /// When a job that went no further is taken up again by itself; nil when none waits for that.
        public func nextTry(at now: Instant) -> Instant? {
            guard let job, !job.status.isFinished, let at = job.nextTryAt, at > now else { return nil }
            return at
        }

        /// Until when the OTP is good that is awaited; nil when none is.
        public var otpEnd: Instant? { standing.state == .awaitsOtp ? standing.until : nil }

        /// The job that waits for the taxpayer's OTP.
        public var waitingJob: Job? { job.flatMap { $0.status == .needsInput ? $0 : nil } }
    }

    /// How far the way to a session is gone.
    ///
    /// - Throws: a `Complaint` (65) for a GSTIN that no business has.
    public func connection(of identity: PortalIdentity) async throws(Complaint) -> Connection {
        try await workspace.permit(.see)
        let (catalog, settings, now) = (workspace.providers(), workspace.settings, workspace.now)
        let found = try await workspace.read { reader -> (PortalAccount, StoredGspSession?, Job?)? in
            guard let account = try reader.account(identity) else { return nil }
            return (
                account, try reader.gspSession(of: account.id), try reader.connectingJob(of: account.id)
            )
        }
        guard let (account, session, job) = found else { throw Complaint.unknownIdentity(identity) }
        let file = catalog.provider(for: .gst, chosen: account.provider, settings: settings)
        var connection = Connection(
            standing: Standing(account, by: file, session, at: now),
            choices: catalog.files.filter { $0.profile.connector == .gsp && $0.profile.portals.contains(.gst) }
                .map(\.name),
            username: account.username, job: job,
            isVerified: account.status == .verified, hint: file?.hint(for: .otpRequired))
        if let file, connection.standing.isServed {
            connection.missingSecrets = try await workspace.providerSecrets.missing(of: file.name)
        }
        return connection
    }

    /// Lets a GSP serve a GSTIN, instead of the provider that serves the others.
    public func choose(_ provider: String, for identity: PortalIdentity) async throws(Complaint) {
        let file = try workspace.providerSecrets.existing(provider)
        guard file.profile.connector == .gsp else { throw Complaint.servedByNoGsp(identity) }
        try await workspace.credentials.setProvider(identity, provider)
    }
}
