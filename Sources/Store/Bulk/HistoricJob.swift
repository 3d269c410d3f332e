public import Domain

/// A finished job from elsewhere, for demonstrations and moves.
public struct HistoricJob: Hashable, Sendable {
    public var accountId: AccountId
    public var kind: JobKind
    /// One of the finished statuses.
    public var status: JobStatus
    public var trigger: JobTrigger
    public var attempt: Int
    public var createdAt: Instant
    public var startedAt: Instant?
    public var completedAt: Instant
    public var cause: Cause?
    /// What the last attempt of a job met that was given up.
    public var lastCause: Cause?
    public var message: String
    public var noticesNew: Int
    public var log: [JobLogEntry]

    public init(
        accountId: AccountId, kind: JobKind = .fetch, status: JobStatus, trigger: JobTrigger = .schedule,
        attempt: Int = 1,
        createdAt: Instant, startedAt: Instant?, completedAt: Instant, cause: Cause? = nil,
        lastCause: Cause? = nil, message: String = "", noticesNew: Int = 0, log: [JobLogEntry] = []
    ) {
        self.accountId = accountId
        self.kind = kind
        self.status = status
        self.trigger = trigger
        self.attempt = attempt
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.cause = cause
        self.lastCause = lastCause
        self.message = message
        self.noticesNew = noticesNew
        self.log = log
    }
}
