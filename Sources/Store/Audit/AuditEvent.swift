public import Domain

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

    public init(
        sequence: Int64 = 0, at: Instant, actor: String, action: String, subject: String, outcome: String,
        detail: String = ""
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.outcome = outcome
        self.detail = detail
    }
}
