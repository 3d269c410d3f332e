import Domain

/// One thing that the audit trail tells of a login or a notice, in words for people.
public struct Happening: Sendable, Hashable {
    public var at: Instant
    public var who: String
    public var what: String

    public init(at: Instant, who: String, what: String) {
        self.at = at
        self.who = who
        self.what = what
    }

    init(_ event: AuditEvent) {
        self.init(at: event.at, who: event.actor, what: AuditWords.told(event))
    }
}
