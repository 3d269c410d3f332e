/// Which e-invoices are wanted, the newest first. Each document stands once, by its newest registration.
public struct EInvoiceQuery: Hashable, Sendable {
    /// Empty means all.
    public var standings: Set<EInvoiceStanding>
    /// Of one seller.
    public var gstin: Gstin?
    /// Any part of document number, party or IRN; case is forgiven.
    public var text: String?
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?
    /// Rows of something else that stand before the first invoice: pages, serials and totals count them.
    public var leading = 0
    /// Whether only those are wanted, and no invoice.
    public var isLeadingOnly = false

    public init(
        standings: Set<EInvoiceStanding> = [], gstin: Gstin? = nil, text: String? = nil, page: Int = 1,
        perPage: Int? = 20
    ) {
        self.standings = standings
        self.gstin = gstin
        self.text = text
        self.page = page
        self.perPage = perPage
    }
}

public struct EInvoicePage: Hashable, Sendable {
    public var rows: [EInvoice]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    /// Position of the page's first row in the whole selection, from 1, also when it is one of the leading; 0 for none.
    public var firstSerial: Int
    /// E-invoices that stand open, whatever the query says.
    public var standing: OperationStanding
    /// How many of the leading rows stand on this page, before its invoices.
    public var leading: Int
    /// Registrations and cancellations of this page that cannot be read; the total counts the registrations.
    public var damaged: [DamagedOperation]

    public init(
        rows: [EInvoice], page: Int, pageCount: Int, total: Int, firstSerial: Int,
        standing: OperationStanding = OperationStanding(), leading: Int = 0, damaged: [DamagedOperation] = []
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.standing = standing
        self.leading = leading
        self.damaged = damaged
    }
}
