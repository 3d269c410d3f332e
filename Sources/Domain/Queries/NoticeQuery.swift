public struct NoticeQuery: Hashable, Sendable {
    public enum SortField: String, CaseIterable, Sendable {
        /// `due`: those that still need somebody first, then the settled ones; each by due date.
        case due, issued, firstSeen = "first_seen", portal, reference, business
    }

    public enum Assignee: Hashable, Sendable {
        case person(String)
        case nobody
    }

    /// Empty means all.
    public var portals: Set<Portal>
    /// Empty means all.
    public var states: Set<NoticeState>
    /// Words, each of which stands somewhere in reference, form, section, description, business, identity, tags or
    /// notes, as a part of a word too; case is forgiven.
    public var text: String?
    public var identity: PortalIdentity?
    /// Still to do and due within so many days after `today`, overdue ones included; needs `today`.
    public var dueWithin: Int?
    /// What `dueWithin` may be: beyond lies no date that the calendar knows.
    public static let dueWithinRange = -99_999...99_999
    /// Still to do and due before `today`, which it needs.
    public var overdueOnly: Bool
    /// Due on this day or later, whatever the state.
    public var dueFrom: LegalDate?
    /// Due on this day or earlier, whatever the state.
    public var dueTo: LegalDate?
    public var assignee: Assignee?
    /// As `NoticeTag` writes it; a notice must have all of them.
    public var tags: Set<String>
    public var today: LegalDate?
    public var unseenOnly: Bool
    public var sort: SortField
    public var descending: Bool
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(
        portals: Set<Portal> = [], states: Set<NoticeState> = [], text: String? = nil, identity: PortalIdentity? = nil,
        dueWithin: Int? = nil, overdueOnly: Bool = false, dueFrom: LegalDate? = nil, dueTo: LegalDate? = nil,
        assignee: Assignee? = nil, tags: Set<String> = [], today: LegalDate? = nil, unseenOnly: Bool = false,
        sort: SortField = .due, descending: Bool = false, page: Int = 1, perPage: Int? = 20
    ) {
        self.portals = portals
        self.states = states
        self.text = text
        self.identity = identity
        self.dueWithin = dueWithin
        self.overdueOnly = overdueOnly
        self.dueFrom = dueFrom
        self.dueTo = dueTo
        self.assignee = assignee
        self.tags = tags
        self.today = today
        self.unseenOnly = unseenOnly
        self.sort = sort
        self.descending = descending
        self.page = page
        self.perPage = perPage
    }
}

/// Notices in the order asked for; those without the date sorted by come after all that have it.
public struct NoticePage: Hashable, Sendable {
    public var rows: [Notice]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int
    /// Those of `rows` that nobody has looked at yet.
    public var unseen: Set<NoticeId>

    public init(rows: [Notice], page: Int, pageCount: Int, total: Int, firstSerial: Int, unseen: Set<NoticeId> = []) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.unseen = unseen
    }
}

public struct UpsertCount: Hashable, Sendable {
    public var new: Int
    public var changed: Int
    public init(new: Int = 0, changed: Int = 0) {
        self.new = new
        self.changed = changed
    }
}

/// How many notices fall due on one day.
public struct DueDayCount: Hashable, Sendable {
    public var day: LegalDate
    /// Those that still need somebody.
    public var open: Int
    public var settled: Int

    public init(day: LegalDate, open: Int, settled: Int) {
        self.day = day
        self.open = open
        self.settled = settled
    }
}
