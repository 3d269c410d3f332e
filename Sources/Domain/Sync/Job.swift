/// Identifies one job within a workspace.
public struct JobId: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let rawValue: Int64
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    public var description: String { String(rawValue) }
}

/// What a job does. Raw values are the names on the command line.
public enum JobKind: String, CaseIterable, Sendable { case fetch, verify }

/// What asked for a job.
public enum JobTrigger: String, CaseIterable, Sendable { case desk, command, schedule, credential }

/// The status of a job as people and programs see it (CLI contract). `done` means that every wanted place was read
/// or found empty; a job with a failed place is `retrying` and in the end `failed`.
public enum JobStatus: String, CaseIterable, Sendable {
    case queued, running, retrying
    case needsInput = "needs_input"
    case done, failed, cancelled

    /// A finished job never changes again, unless a person retries it.
    public var isFinished: Bool { self == .done || self == .failed || self == .cancelled }

    public var title: String {
        switch self {
        case .queued: "Queued"
        case .running: "Running"
        case .retrying: "Retrying"
        case .needsInput: "Needs input"
        case .done: "Done"
        case .failed: "Failed"
        case .cancelled: "Cancelled"
        }
    }
}

/// One fetch or verification of one account.
public struct Job: Hashable, Sendable {
    public var id: JobId
    public var accountId: AccountId
    public var identity: PortalIdentity
    /// Name of the business at the time of reading; may be empty for an identity without one.
    public var business: String
    public var kind: JobKind
    public var status: JobStatus
    public var trigger: JobTrigger
    /// Attempts begun so far; 0 before the first.
    public var attempt: Int
    public var createdAt: Instant
    /// Start of the first attempt.
    public var startedAt: Instant?
    public var completedAt: Instant?
    /// When a retrying or held-back job is tried next.
    public var nextTryAt: Instant?
    public var cause: Cause?
    /// One line for people: what the portal or the program said. Already free of control characters.
    public var message: String
    /// Percent of the wanted places and documents that the running attempt has read; nil while unknown.
    public var progress: Int?
    public var noticesNew: Int

    public init(
        id: JobId, accountId: AccountId, identity: PortalIdentity, business: String, kind: JobKind, status: JobStatus,
        trigger: JobTrigger, attempt: Int, createdAt: Instant, startedAt: Instant? = nil, completedAt: Instant? = nil,
        nextTryAt: Instant? = nil, cause: Cause? = nil, message: String = "", progress: Int? = nil, noticesNew: Int = 0
    ) {
        self.id = id
        self.accountId = accountId
        self.identity = identity
        self.business = business
        self.kind = kind
        self.status = status
        self.trigger = trigger
        self.attempt = attempt
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.nextTryAt = nextTryAt
        self.cause = cause
        self.message = message
        self.progress = progress
        self.noticesNew = noticesNew
    }

    public var portal: Portal { identity.portal }
    /// A job that has not started sorts, and shows no start, by its creation.
    public var sortStart: Instant { startedAt ?? createdAt }
}
