/// What somebody wants the history of: a part of the audit trail that belongs together.
public enum AuditThread: Hashable, Sendable {
    case job(JobId)
    case operation(OperationId)
    /// A login at a portal, with everything that was done with it.
    case login(PortalIdentity)
    /// What people did about it, and the jobs that brought and changed it.
    case notice(NoticeId)
    /// Its register entry, its logins, and its notices.
    case business(BusinessId)
    case schedule(String)
    case provider(String)
}

/// Records of any of these subjects, and those that belong to any of these.
public struct AuditBelonging: Hashable, Sendable {
    public var subjects: [String]
    public var correlations: [String]

    public init(subjects: [String] = [], correlations: [String] = []) {
        self.subjects = subjects
        self.correlations = correlations
    }
}

/// Where something came from that has a history, as far as the workspace knows it beside the trail.
public enum AuditOrigin: Hashable, Sendable {
    /// The job that brought a notice.
    case job(JobId)
    /// A notice that a person entered.
    case byHand(Instant)
    /// A business of the register.
    case registered(Instant)
}
