/// Which jobs are wanted. Empty sets and nil mean no restriction.
public struct ActivityFilter: Hashable, Sendable {
    public var statuses: Set<JobStatus>
    public var portals: Set<Portal>
    /// Identities that begin so; case is forgiven.
    public var identityPrefix: String?
    public var accountId: AccountId?
    /// Words in the name of the business, or in its group; case is forgiven.
    public var businessText: String?
    /// Days on which the job started (or was created, while it has not started), at `utcOffset`.
    public var days: ClosedRange<LegalDate>?
    /// Seconds east of UTC at which `days` begin and end.
    public var utcOffset: Int

    public init(
        statuses: Set<JobStatus> = [], portals: Set<Portal> = [], identityPrefix: String? = nil,
        accountId: AccountId? = nil, businessText: String? = nil, days: ClosedRange<LegalDate>? = nil,
        utcOffset: Int = 19_800
    ) {
        self.statuses = statuses
        self.portals = portals
        self.identityPrefix = identityPrefix
        self.accountId = accountId
        self.businessText = businessText
        self.days = days
        self.utcOffset = utcOffset
    }

    public static let everything = ActivityFilter()
    public var isEmpty: Bool {
        statuses.isEmpty && portals.isEmpty && (identityPrefix ?? "").isEmpty && accountId == nil
            && (businessText ?? "").isEmpty && days == nil
    }
}

/// The order of a page of activity. Every order is total: equal keys follow start and then id, and `descending`
/// reverses the whole of it.
public struct ActivitySort: Hashable, Sendable {
    public enum Field: String, CaseIterable, Sendable {
        /// Start of the first attempt; creation while the job has not started.
        case startTime = "start"
        /// A job that is not completed sorts after all that are.
        case completedTime = "completed"
        case portal, identity
        /// In the order queued, running, retrying, needs input, done, failed, cancelled.
        case status
    }
    public var field: Field
    public var descending: Bool

    public init(field: Field = .startTime, descending: Bool = true) {
        self.field = field
        self.descending = descending
    }
}

public struct ActivityQuery: Hashable, Sendable {
    public var filter: ActivityFilter
    public var sort: ActivitySort
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// At least 1; at most 1,000 are given.
    public var perPage: Int

    public init(
        filter: ActivityFilter = .everything, sort: ActivitySort = ActivitySort(), page: Int = 1, perPage: Int = 20
    ) {
        self.filter = filter
        self.sort = sort
        self.page = page
        self.perPage = perPage
    }
}

public struct ActivityPage: Hashable, Sendable {
    public var rows: [Job]
    /// The page that was given, from 1, after clamping.
    public var page: Int
    /// nil when the total is not known yet.
    public var pageCount: Int?
    /// Exact number of jobs under the filter, or nil when it must be asked for by `activityTotal`.
    public var total: Int?
    /// Serial number of the first row in this order and filter, from 1; 0 for an empty page.
    public var firstSerial: Int

    public init(rows: [Job], page: Int, pageCount: Int?, total: Int?, firstSerial: Int) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
    }
}
