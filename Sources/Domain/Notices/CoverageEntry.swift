/// What one place of one identity said when it was last read.
public struct CoverageEntry: Hashable, Sendable {
    public var identity: PortalIdentity
    /// Name of the business at the time of reading; may be empty for an identity without one.
    public var business: String
    public var place: Place
    public var outcome: PlaceOutcome
    /// What it held when it was last truly read; see `known`.
    public var count: Int
    /// When it was last truly read (outcome read or empty).
    public var readAt: Instant?
    /// When it was last tried, and what then went wrong.
    public var triedAt: Instant?
    public var error: String

    /// It answered, but some of its records were set aside: what they hold is not known.
    public var isPartial: Bool { outcome.isAnswer && !error.isEmpty }

    /// What it holds; nil where that is not known: a number from an earlier reading would pass for one of this.
    public var known: Int? { outcome.isAnswer ? count : nil }

    public init(
        identity: PortalIdentity, business: String = "", place: Place, outcome: PlaceOutcome, count: Int = 0,
        readAt: Instant? = nil, triedAt: Instant? = nil, error: String = ""
    ) {
        self.business = business
        self.identity = identity
        self.place = place
        self.outcome = outcome
        self.count = count
        self.readAt = readAt
        self.triedAt = triedAt
        self.error = error
    }
}

/// A place whose whole list was read in one fetch.
public struct WholePlace: Hashable, Sendable {
    public var place: Place
    /// Notices issued before this day may stand at the portal without being listed; nil when it lists them all.
    public var reachesBackTo: LegalDate?

    public init(_ place: Place, reachesBackTo: LegalDate? = nil) {
        self.place = place
        self.reachesBackTo = reachesBackTo
    }
}
