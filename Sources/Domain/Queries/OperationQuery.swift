/// Which operations are wanted, newest first.
public struct OperationQuery: Hashable, Sendable {
    /// Empty means all.
    public var states: Set<OperationState>
    /// Empty means all.
    public var kinds: Set<OperationKind>
    public var gstin: Gstin?
    /// Any part of title, key, reference or GSTIN; case is forgiven.
    public var text: String?
    public var order: Order
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public enum Order: Hashable, Sendable {
        case newest
        /// What a person must look at, what is in doubt, what is tried again and what waits, each the newest first; then
        /// what is finished.
        case openFirst
    }

    public init(
        states: Set<OperationState> = [], kinds: Set<OperationKind> = [], gstin: Gstin? = nil, text: String? = nil,
        order: Order = .newest, page: Int = 1, perPage: Int? = 20
    ) {
        self.states = states
        self.kinds = kinds
        self.gstin = gstin
        self.text = text
        self.order = order
        self.page = page
        self.perPage = perPage
    }
}

public struct OperationPage: Hashable, Sendable {
    /// Without those that are damaged.
    public var rows: [PortalOperation]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    /// Position of the first row in the whole selection, from 1; 0 for an empty page.
    public var firstSerial: Int
    /// Those of this page that cannot be read; the total counts them.
    public var damaged: [DamagedOperation]

    public init(
        rows: [PortalOperation], page: Int, pageCount: Int, total: Int, firstSerial: Int,
        damaged: [DamagedOperation] = []
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.damaged = damaged
    }
}

/// What stands open, for the main screen.
public struct OperationStanding: Hashable, Sendable {
    public var queued: Int
    public var inDoubt: Int
    public var retrying: Int
    public var attention: Int
    /// Those whose state cannot be read: nobody knows where they stand.
    public var damaged: Int
    /// The earliest next step of those that wait.
    public var nextStepAt: Instant?

    public init(
        queued: Int = 0, inDoubt: Int = 0, retrying: Int = 0, attention: Int = 0, damaged: Int = 0,
        nextStepAt: Instant? = nil
    ) {
        self.queued = queued
        self.inDoubt = inDoubt
        self.retrying = retrying
        self.attention = attention
        self.damaged = damaged
        self.nextStepAt = nextStepAt
    }

    public var isQuiet: Bool { queued + inDoubt + retrying + attention + damaged == 0 }
}
