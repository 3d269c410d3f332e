/// Something that was done and must stay on record. Never changed, never removed.
public struct AuditEvent: Hashable, Sendable {
    /// Position in the trail, from 1; given by the store.
    public var sequence: Int64
    public var at: Instant
    public var actor: String
    public var action: String
    public var subject: String
    public var outcome: String
    /// Further facts as JSON; never a secret.
    public var detail: String
    /// The login session in which it was done; empty for the worker and before any login.
    public var session: String
    /// What it belongs to: a job, an operation, a challenge; empty for a deed of its own.
    public var correlation: String

    public init(
        sequence: Int64 = 0, at: Instant, actor: String, action: String, subject: String, outcome: String,
        detail: String = "", session: String = "", correlation: String = ""
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.outcome = outcome
        self.detail = detail
        self.session = session
        self.correlation = correlation
    }
}

/// Which events somebody wants to see.
public struct AuditQuery: Hashable, Sendable {
    public var actor: String?
    public var subject: String?
    /// An action, or the family before its dot.
    public var action: String?
    /// Only actions of these families, the words before the dot; empty for all.
    public var families: Set<String> = []
    /// Only events after this one.
    public var after: Int64 = 0
    /// The newest so many, in order; nil for all.
    public var limit: Int?

    public init(
        actor: String? = nil, subject: String? = nil, action: String? = nil, families: Set<String> = [],
        after: Int64 = 0, limit: Int? = nil
    ) {
        self.actor = actor
        self.subject = subject
        self.action = action
        self.families = families
        self.after = after
        self.limit = limit
    }
}
