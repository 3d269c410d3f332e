import Domain
import FoundationEssentials

extension ReadInvoice {
    /// As a portal is said to have shown it: for screens that show one.
    public init(
        irn: String, ackNumber: String, ackAt: Instant?, isCancelled: Bool?, sellerGstin: String, buyerGstin: String,
        title: String, total: Decimal?, signedInvoice: String, signedQr: String?, gstin: Gstin, provider: String,
        readAt: Instant
    ) {
        (self.irn, self.ackNumber, self.ackAt, self.isCancelled) = (irn, ackNumber, ackAt, isCancelled)
        (self.sellerGstin, self.buyerGstin) = (sellerGstin, buyerGstin)
        (self.title, self.total) = (title, total)
        (self.signedInvoice, self.signedQr) = (signedInvoice, signedQr)
        (self.gstin, self.provider, self.readAt) = (gstin, provider, readAt)
    }

    /// Its total as the program shows money; nil where the portal's is no amount of rupees and paise.
    public var rupees: Rupees? { total.flatMap { Rupees($0.description) } }
}
