public struct NoticeQuery: Hashable, Sendable {
    public enum SortField: String, CaseIterable, Sendable {
        /// `due`: those that still need somebody first, then the settled ones; each by due date.
        case due, issued, firstSeen = "first_seen", portal, reference, business
    }

    /// Empty means all.
    public var portals: Set<Portal>
    /// Empty means all.
    public var states: Set<NoticeState>
    /// Any part of reference, form, section, summary, identity or business name; case is forgiven.
    public var text: String?
    public var identity: PortalIdentity?
    /// Due within so many days after `today`, overdue ones included; needs `today`.
    public var dueWithin: Int?
    public var today: LegalDate?
    public var unseenOnly: Bool
    public var sort: SortField
    public var descending: Bool
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(
        portals: Set<Portal> = [], states: Set<NoticeState> = [], text: String? = nil, identity: PortalIdentity? = nil,
        dueWithin: Int? = nil, today: LegalDate? = nil, unseenOnly: Bool = false, sort: SortField = .due,
        descending: Bool = false, page: Int = 1, perPage: Int? = 20
    ) {
        self.portals = portals
        self.states = states
        self.text = text
        self.identity = identity
        self.dueWithin = dueWithin
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

/// One thing that a portal changed about a notice after the first sight.
public struct NoticeChange: Hashable, Sendable {
    public var at: Instant
    /// The notice's version after the change.
    public var version: Int
    /// Name of the field, as in the command line's rows.
    public var field: String
    public var old: String
    public var new: String

    public init(at: Instant, version: Int, field: String, old: String, new: String) {
        self.at = at
        self.version = version
        self.field = field
        self.old = old
        self.new = new
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
