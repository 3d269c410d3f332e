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
    /// Position of the first row in the whole selection, from 1; 0 for an empty page.
    public var firstSerial: Int
    /// E-invoices that stand open, whatever the query says.
    public var standing: OperationStanding

    public init(
        rows: [EInvoice], page: Int, pageCount: Int, total: Int, firstSerial: Int,
        standing: OperationStanding = OperationStanding()
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.standing = standing
    }
}
