import Domain
import Services

/// A row of E-invoices: what stands in a file and was not sent, or what the desk knows of an invoice.
enum EInvoiceRow: ListRow, Hashable {
    case draft(InvoiceSurvey.Draft)
    case invoice(EInvoice)

    // A document that is registered anew after a refusal is another operation and stays the same invoice.
    var rowId: String {
        switch self {
        case .draft(let draft): "draft \(draft.id)"
        case .invoice(let invoice): invoice.operation.businessKey
        }
    }

    var draft: InvoiceSurvey.Draft? { if case .draft(let draft) = self { draft } else { nil } }
    var invoice: EInvoice? { if case .invoice(let invoice) = self { invoice } else { nil } }
}

/// A page of both, the drafts before the invoices.
struct EInvoiceRows: ListPage {
    var rows: [EInvoiceRow]
    var page: Int
    var pageCount: Int
    var total: Int
    var firstSerial: Int
    var damaged: [DamagedOperation]

    /// - Parameter drafts: all that lead the list; the page was asked for with their number.
    init(_ drafts: [InvoiceSurvey.Draft], _ found: EInvoicePage) {
        let own = drafts.dropFirst(max(0, found.firstSerial - 1)).prefix(found.leading)
        rows = own.map(EInvoiceRow.draft) + found.rows.map(EInvoiceRow.invoice)
        (page, pageCount, total) = (found.page, found.pageCount, found.total)
        firstSerial = found.firstSerial
        damaged = found.damaged
    }
}
