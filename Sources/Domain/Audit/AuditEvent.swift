/// Something that was done and must stay on record. Never changed, never removed.
public struct AuditEvent: Hashable, Sendable {
    /// Position in the trail, from 0; given by the store.
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
    /// What an authority gave for it, as an IRN or an ARN; empty for none.
    public var reference = ""
    /// For a call to a provider or a portal.
    public var call: AuditCall?
    /// How long it took, in microseconds.
    public var microseconds: Int64?
    /// For a change of the key that signs checkpoints.
    public var keyChange: AuditKeyChange?
    /// Hash of the chain up to and with this record, in hexadecimal; empty before it stands in the trail.
    public var hash = ""

    /// The action of a record that cannot be read: its bytes were changed from outside.
    public static let damaged = "audit.damaged"

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

/// A new key for checkpoints, with what shows where it comes from.
public struct AuditKeyChange: Hashable, Sendable {
    /// The new key, in the form of a signed note's verifier key.
    public var line: String
    /// The key before, and its signature in Base64 over both; nil for the trail's first key.
    public var old: String?
    public var signature: String?

    public init(line: String, old: String? = nil, signature: String? = nil) {
        self.line = line
        self.old = old
        self.signature = signature
    }
}

/// Which events somebody wants to see.
public struct AuditQuery: Hashable, Sendable {
    public var actor: String?
    public var subject: String?
    /// Only what belongs to this job (`job/12`) or operation (its id).
    public var correlation: String?
    /// What belongs together, as one thing's history.
    public var thread: AuditThread?
    /// The names that a thread has in the trail; nil for all.
    public var belonging: AuditBelonging?
    /// A provider: what was done to it, and the calls that went by it.
    public var provider: String?
    /// A GSTIN, PAN or TAN, or the beginning of one: subjects that end in it.
    public var identity: String?
    public var outcome: String?
    /// From this moment on, and up to that one.
    public var since: Instant?
    public var until: Instant?
    /// An action, or the family before its dot.
    public var action: String?
    /// Only actions of these families, the words before the dot; empty for all.
    public var families: Set<String> = []
    /// Only events after this one.
    public var after: Int64 = -1
    /// Only events before this one.
    public var before: Int64?
    /// The newest so many, in order; nil for all.
    public var limit: Int?

    public init(
        actor: String? = nil, subject: String? = nil, action: String? = nil, families: Set<String> = [],
        after: Int64 = -1, limit: Int? = nil
    ) {
        self.actor = actor
        self.subject = subject
        self.action = action
        self.families = families
        self.after = after
        self.limit = limit
    }
}
