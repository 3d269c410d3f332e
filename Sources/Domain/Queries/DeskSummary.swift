/// What the cards of the main screen say of one portal.
public struct PortalSummary: Hashable, Sendable {
    public var portal: Portal
    /// Identities at this portal, with or without a login.
    public var accounts = 0
    public var verified = 0
    /// Accounts with a user name and a password.
    public var configured = 0
    /// Configured, but not verified.
    public var attention = 0
    public var lastFetchAt: Instant?
    /// New notices of the last finished fetch.
    public var lastFetchNew = 0
    /// Notices that nobody has looked at yet.
    public var unseenNotices = 0
    /// Open notices due today or within `DueDate.soonDays`.
    public var dueSoon = 0
    /// Open notices whose due date has passed.
    public var overdue = 0
    /// Places of all these accounts that were wholly read when last tried, were it with nothing.
    public var answeredPlaces = 0
    /// What the provider said last; nil before the first answer.
    public var isProviderOk: Bool?
    public var providerMessage = ""
    public var providerAt: Instant?

    public init(portal: Portal) { self.portal = portal }

    /// Every place of every account.
    public var places: Int { accounts * portal.places.count }
    /// Places of which not everything is known now: failed, skipped, never tried, or with records that nobody understood.
    public var unreadPlaces: Int { max(0, places - answeredPlaces) }

    /// At least one account is verified and the provider answered last time.
    public var isConnected: Bool { verified > 0 && isProviderOk == true }
}

/// What the main screen shows above and beside its table. Served from kept rows only.
public struct DeskSummary: Hashable, Sendable {
    /// One for each portal, in the order in which portals are shown.
    public var portals: [PortalSummary]
    /// Jobs by status, over all portals; a status without jobs is absent.
    public var jobs: [JobStatus: Int]
    /// When the next waiting job is due; in the past when it is due already.
    public var nextTryAt: Instant?
    /// Actions at authorities that stand open.
    public var actions: OperationStanding
    /// E-way bills that run out.
    public var bills: BillWatch
    /// What a verification of the audit trail found wrong and nobody has ended yet, in words; nil for nothing.
    public var trailFinding: String?

    public init(
        portals: [PortalSummary], jobs: [JobStatus: Int] = [:], nextTryAt: Instant? = nil,
        actions: OperationStanding = OperationStanding(), bills: BillWatch = BillWatch()
    ) {
        self.actions = actions
        self.bills = bills
        self.portals = portals
        self.jobs = jobs
        self.nextTryAt = nextTryAt
    }

    public subscript(portal: Portal) -> PortalSummary {
        portals.first { $0.portal == portal } ?? PortalSummary(portal: portal)
    }
    public var totalJobs: Int { jobs.values.reduce(0, +) }
}
