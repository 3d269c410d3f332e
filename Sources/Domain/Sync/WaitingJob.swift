/// A job that waits for a person.
public struct WaitingJob: Hashable, Sendable {
    public var job: Job
    /// When it began to wait; nil when its log is gone.
    public var since: Instant?
    /// When the portal takes the answer no more; nil when no end is known.
    public var expiresAt: Instant?

    /// Whether that end is what we assume, for the portal tells none.
    public var isEndAssumed: Bool

    /// Whether its question can be read; one that was damaged in the database can only be asked anew.
    public var isReadable: Bool

    /// Whether it is asked again because the portal did not accept the answer to the question before.
    public var followsRefusal: Bool

    /// What is told of such a question, wherever it is shown.
    public static let refusedText = "the last answer was not accepted"

    public init(
        job: Job, since: Instant? = nil, expiresAt: Instant? = nil, isEndAssumed: Bool = false, isReadable: Bool = true,
        followsRefusal: Bool = false
    ) {
        self.followsRefusal = followsRefusal
        self.isReadable = isReadable
        self.isEndAssumed = isEndAssumed
        self.job = job
        self.since = since
        self.expiresAt = expiresAt
    }

    /// Whether the portal would take an answer no more.
    public func hasExpired(at now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }
}

/// Jobs that wait for a person, the first to run out first, then those that have waited longest.
public struct WaitingPage: Hashable, Sendable {
    public var rows: [WaitingJob]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int

    public init(rows: [WaitingJob], page: Int, pageCount: Int, total: Int, firstSerial: Int) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
    }
}
