public struct NoticeId: Hashable, Sendable, Comparable {
    public let rawValue: Int64
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Where a notice stands, in our own words; the portal's raw word is kept beside it.
public enum NoticeState: String, CaseIterable, Sendable, Codable {
    case open, replied
    case partlyReplied = "partly_replied"
    case closed, withdrawn, unknown

    public var title: String {
        switch self {
        case .open: "To reply"
        case .replied: "Replied"
        case .partlyReplied: "Partly replied"
        case .closed: "Closed"
        case .withdrawn: "Withdrawn"
        case .unknown: "Unknown"
        }
    }

    /// Whether somebody may still have to do something; a word of the portal that we do not know counts as that.
    public var needsSomebody: Bool {
        switch self {
        case .open, .partlyReplied, .unknown: true
        case .replied, .closed, .withdrawn: false
        }
    }
}

/// What a portal says about one notice or order, as upserted by its own key.
public struct NoticeFacts: Hashable, Sendable {
    /// The portal's own key, unique per portal and identity.
    public var externalKey: String
    public var place: Place
    public var reference: String
    public var form: String
    public var section: String
    public var summary: String
    /// As the portal names it: a return period, an assessment year, a quarter.
    public var period: String
    public var issuedOn: LegalDate?
    /// When it reached the taxpayer, where the portal tells that apart from the day of issue.
    public var servedOn: LegalDate?
    /// What the portal or provider says; what counts in the end is `Notice.due`.
    public var dueOn: LegalDate?
    public var dueBasis: DueBasis?
    /// nil where nothing tells it, and always for GST.
    public var act: TaxAct?
    /// Rupees; nil when the notice demands nothing.
    public var demand: Rupees?
    public var state: NoticeState
    /// The portal's own word for the state.
    public var rawState: String
    public var documents: [NoticeDocument]
    /// What else the portal tells.
    public var particulars = NoticeParticulars()
    /// What came in a form that nobody could read, and is nil here for that. Never stored: what was known of it stays.
    public var unread: Set<NoticeValue> = []

    public init(
        externalKey: String, place: Place, reference: String, form: String = "", section: String = "",
        summary: String = "",
        period: String = "", issuedOn: LegalDate? = nil, servedOn: LegalDate? = nil, dueOn: LegalDate? = nil,
        dueBasis: DueBasis? = nil, act: TaxAct? = nil, demand: Rupees? = nil, state: NoticeState = .open,
        rawState: String = "", documents: [NoticeDocument] = []
    ) {
        self.externalKey = externalKey
        self.place = place
        self.reference = reference
        self.form = form
        self.section = section
        self.summary = summary
        self.period = period
        self.issuedOn = issuedOn
        self.servedOn = servedOn
        self.dueOn = dueOn
        self.dueBasis = dueBasis
        self.act = act
        self.demand = demand
        self.state = state
        self.rawState = rawState
        self.documents = documents
    }

    /// The same with what was known before in place of what could not be read: a garbled date must not make an overdue
    /// notice look settled.
    public func keeping(_ known: NoticeFacts) -> NoticeFacts {
        var facts = self
        if unread.contains(.issuedOn) { facts.issuedOn = known.issuedOn }
        if unread.contains(.servedOn) { facts.servedOn = known.servedOn }
        if unread.contains(.dueOn) { (facts.dueOn, facts.dueBasis) = (known.dueOn, known.dueBasis) }
        if unread.contains(.demand) { facts.demand = known.demand }
        if unread.contains(.form) { facts.form = known.form }
        if unread.contains(.particulars) {
            facts.particulars.replies = known.particulars.replies
            facts.particulars.defaults = known.particulars.defaults
        }
        return facts
    }

    /// Whether the portal or provider says how the notice stands. Where it does not, `state` is what readers assume.
    public var tellsState: Bool { !rawState.isEmpty || !state.needsSomebody }

    /// The date that the portal gives.
    public var saidDue: DueDate? { dueOn.map { DueDate(on: $0, basis: dueBasis ?? .portal) } }
}

/// Facts of a notice that may come garbled, or missing for once, or stand in a part that could not be read.
public enum NoticeValue: String, Sendable, Hashable {
    case issuedOn, servedOn, dueOn, demand, form
    /// Replies and lines of a default summary.
    case particulars
}

/// A file that belongs to a notice. Stored once per content; `sha256` is nil until it was downloaded.
public struct NoticeDocument: Hashable, Sendable, Codable {
    public var externalId: String
    public var name: String
    public var mediaType: String
    public var byteCount: Int
    public var sha256: String?

    public init(externalId: String, name: String, mediaType: String, byteCount: Int, sha256: String? = nil) {
        self.externalId = externalId
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}

/// A stored notice: what the portal says, and what we know around it.
public struct Notice: Hashable, Sendable {
    public var id: NoticeId
    public var accountId: AccountId
    public var identity: PortalIdentity
    public var business: String
    public var facts: NoticeFacts
    /// The date that counts, whoever gave it.
    public var due: DueDate?
    /// The last one that counted, when none counts any more.
    public var lastDueOn: LegalDate?
    /// How often the date that counts has changed since the first sight.
    public var dueMoves = 0
    /// The provider that delivered it last; nil for an entry by hand, and where that was never noted.
    public var provider: String?
    /// Whether the last true reading of its place listed it.
    public var isListed = true
    public var work: NoticeWork
    /// Entered by a person; no portal has delivered it.
    public var isManual: Bool
    /// Since when a place that was read whole no longer lists it.
    public var goneAt: Instant?
    public var firstSeenAt: Instant
    public var lastSeenAt: Instant
    /// Counts the changes of content seen since the first sight, from 1.
    public var version: Int

    /// - Parameter due: the portal's own date when nothing else is given.
    public init(
        id: NoticeId, accountId: AccountId, identity: PortalIdentity, business: String, facts: NoticeFacts,
        due: DueDate? = nil, work: NoticeWork = NoticeWork(), isManual: Bool = false, goneAt: Instant? = nil,
        firstSeenAt: Instant, lastSeenAt: Instant, version: Int
    ) {
        self.id = id
        self.accountId = accountId
        self.identity = identity
        self.business = business
        self.facts = facts
        self.due = due ?? facts.saidDue
        self.work = work
        self.isManual = isManual
        self.goneAt = goneAt
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = lastSeenAt
        self.version = version
    }

    /// Whether people say how the notice stands, because nobody else does: it was entered by hand, its place no longer
    /// lists it, or the provider tells no state.
    public var stateIsOurs: Bool {
        isManual || goneAt != nil || !isListed || work.state != nil || !facts.tellsState
    }

    public func standing(on today: LegalDate) -> DueStanding { DueStanding(due, facts.state, today: today) }
}
