/// Which e-way bills are wanted. Each document stands once, by the newest bill that was asked for it.
public struct EWayBillQuery: Hashable, Sendable {
    public enum Order: String, Sendable, CaseIterable {
        /// The newest first.
        case newest
        /// The one that ends first comes first; those without an end last.
        case end
    }

    /// Empty means all.
    public var standings: Set<EWayBillStanding>
    /// Of one GSTIN.
    public var gstin: Gstin?
    /// Any part of number, document, party or vehicle; case is forgiven.
    public var text: String?
    /// Only bills that end after that, no later than `endsBy`, and are not cancelled: by their end alone, whatever is being
    /// done to them.
    public var endsAfter: Instant?
    /// Goes with `endsAfter`; nil for `soon` from now.
    public var endsBy: Instant?
    public var order: Order
    /// By which valid, expiring and expired are told apart.
    public var now: Instant
    /// How long before its end a bill counts as one that expires soon, whichever ends are wanted.
    public var soon: Duration
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(
        standings: Set<EWayBillStanding> = [], gstin: Gstin? = nil, text: String? = nil, endsAfter: Instant? = nil,
        endsBy: Instant? = nil, order: Order = .newest, now: Instant, soon: Duration = EWayBillStanding.soon,
        page: Int = 1, perPage: Int? = 20
    ) {
        self.standings = standings
        self.gstin = gstin
        self.text = text
        self.endsAfter = endsAfter
        self.endsBy = endsBy
        self.order = order
        self.now = now
        self.soon = soon
        self.page = page
        self.perPage = perPage
    }
}

public struct EWayBillPage: Hashable, Sendable {
    public var rows: [StandingBill]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    /// Position of the first row in the whole selection, from 1; 0 for an empty page.
    public var firstSerial: Int
    /// Bills that run out, whatever the query says.
    public var watch: BillWatch
    /// Bills and changes of this page that cannot be read; the total counts the bills.
    public var damaged: [DamagedOperation]

    public init(
        rows: [StandingBill], page: Int, pageCount: Int, total: Int, firstSerial: Int, watch: BillWatch = BillWatch(),
        damaged: [DamagedOperation] = []
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.watch = watch
        self.damaged = damaged
    }
}
