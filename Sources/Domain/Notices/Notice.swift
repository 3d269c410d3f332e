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
}

/// Where a due date comes from. A computed or manual date is marked on screen.
public enum DueBasis: String, CaseIterable, Sendable, Codable { case portal, printed, computed, manual }

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
    public var dueOn: LegalDate?
    public var dueBasis: DueBasis?
    /// Rupees; nil when the notice demands nothing.
    public var demand: Rupees?
    public var state: NoticeState
    /// The portal's own word for the state.
    public var rawState: String
    public var documents: [NoticeDocument]

    public init(
        externalKey: String, place: Place, reference: String, form: String = "", section: String = "",
        summary: String = "",
        period: String = "", issuedOn: LegalDate? = nil, dueOn: LegalDate? = nil, dueBasis: DueBasis? = nil,
        demand: Rupees? = nil, state: NoticeState = .open, rawState: String = "", documents: [NoticeDocument] = []
    ) {
        self.externalKey = externalKey
        self.place = place
        self.reference = reference
        self.form = form
        self.section = section
        self.summary = summary
        self.period = period
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.dueBasis = dueBasis
        self.demand = demand
        self.state = state
        self.rawState = rawState
        self.documents = documents
    }
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
    public var firstSeenAt: Instant
    public var lastSeenAt: Instant
    /// Counts the changes of content seen since the first sight, from 1.
    public var version: Int

    public init(
        id: NoticeId, accountId: AccountId, identity: PortalIdentity, business: String, facts: NoticeFacts,
        firstSeenAt: Instant, lastSeenAt: Instant, version: Int
    ) {
        self.id = id
        self.accountId = accountId
        self.identity = identity
        self.business = business
        self.facts = facts
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = lastSeenAt
        self.version = version
    }
}

/// What one place of one identity said when it was last read.
public struct CoverageEntry: Hashable, Sendable {
    public var identity: PortalIdentity
    /// Name of the business at the time of reading; may be empty for an identity without one.
    public var business: String
    public var place: Place
    public var outcome: PlaceOutcome
    public var count: Int
    /// When it was last truly read (outcome read or empty).
    public var readAt: Instant?
    /// When it was last tried, and what then went wrong.
    public var triedAt: Instant?
    public var error: String

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
