/// Which places are wanted. Empty sets and nil mean no restriction.
public struct CoverageQuery: Hashable, Sendable {
    public var portal: Portal?
    public var identity: PortalIdentity?
    /// Any part of identity or business name; case is forgiven.
    public var text: String?
    public var outcomes: Set<PlaceOutcome>
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(
        portal: Portal? = nil, identity: PortalIdentity? = nil, text: String? = nil,
        outcomes: Set<PlaceOutcome> = [], page: Int = 1, perPage: Int? = 20
    ) {
        self.portal = portal
        self.identity = identity
        self.text = text
        self.outcomes = outcomes
        self.page = page
        self.perPage = perPage
    }
}

/// Places by portal, identity and the portal's own order.
public struct CoveragePage: Hashable, Sendable {
    public var rows: [CoverageEntry]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int
    /// Places by outcome under the query's portal, identity and text, whatever outcomes it wants.
    public var counts: [PlaceOutcome: Int]
    /// Places that answered, but of whose records some were set aside.
    public var strayed: Int
    /// Notices that nobody has looked at under the same; nil unless every place answered, for else it says nothing.
    public var unseenNotices: Int?

    public init(
        rows: [CoverageEntry], page: Int, pageCount: Int, total: Int, firstSerial: Int,
        counts: [PlaceOutcome: Int] = [:], strayed: Int = 0, unseenNotices: Int? = nil
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.counts = counts
        self.strayed = strayed
        self.unseenNotices = unseenNotices
    }

    public var answered: Int { PlaceOutcome.allCases.filter(\.isAnswer).reduce(0) { $0 + (counts[$1] ?? 0) } }
    public var unanswered: Int { counts.values.reduce(0, +) - answered }
}
