/// A point in what came into a workspace: everything that was stored until then.
public struct DigestMark: Sendable, Hashable {
    public var at: Instant
    /// Number of the newest notice then; nil where only the moment is known. Numbers are given as notices are stored, so
    /// none can slip in below a mark; the time at which a notice was first seen is taken a little before.
    public var notice: Int64?

    public init(at: Instant, notice: Int64? = nil) {
        self.at = at
        self.notice = notice
    }
}

/// How far a digest has come with one of those it goes to.
public struct DigestReader: Sendable, Hashable {
    public var name: String
    /// Up to where they were told.
    public var told: DigestMark
    /// The end of the last span of which nothing more is sent to them: they have it, or it is no use to try again.
    public var settledAt: Instant?
    /// Why that span, or the try of it, did not reach them; empty when it did.
    public var problem: String

    public init(name: String, told: DigestMark, settledAt: Instant? = nil, problem: String = "") {
        self.name = name
        self.told = told
        self.settledAt = settledAt
        self.problem = problem
    }
}

/// How far a digest has come: each reader is told from where they were told last, whatever became of the others.
public struct DigestProgress: Sendable, Hashable {
    /// The end of the span that is sent now, and stays the same while it is tried again; nil before the first.
    public var end: DigestMark?
    public var readers: [DigestReader]

    public init(end: DigestMark? = nil, readers: [DigestReader] = []) {
        self.end = end
        self.readers = readers
    }
}
