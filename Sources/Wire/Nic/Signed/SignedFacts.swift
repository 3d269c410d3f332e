import Domain
import FoundationEssentials

/// What a signed text states of an invoice: a signed invoice all of it, a QR ten claims (facts: nic-einvoice-ewb 5).
public struct SignedFacts: Sendable, Hashable {
    public enum Kind: String, Sendable { case invoice, qr }

    public var kind: Kind
    public var irn: String
    /// nil in a QR.
    public var ackNumber: String?
    public var registeredAt: Instant?
    public var sellerGstin: String
    public var buyerGstin: String
    public var documentType: String
    public var documentNumber: String
    public var documentDate: LegalDate?
    public var total: Decimal?
    public var itemCount: Int?
    /// HSN of the line of the highest value; nil in an invoice.
    public var mainHsn: String?
    /// The JSON that was signed, of a signed invoice; nil of a QR.
    var whole: [UInt8]?

    /// - Throws: `payload` when it is neither.
    public init(_ document: SignedDocument) throws(SignatureProblem) {
        try self.init(document.fields, document.data)
    }

    /// - Parameter data: what a document held whose signature was verified when it came.
    /// - Throws: `payload` when it is neither.
    public init(verified data: [UInt8]) throws(SignatureProblem) {
        guard let fields = try? NicFields(data) else { throw .payload }
        try self.init(fields, data)
    }

    init(_ fields: NicFields, _ data: [UInt8]) throws(SignatureProblem) {
        guard let irn = fields.text("Irn")?.lowercased() else { throw .payload }
        self.irn = irn
        if let details = fields.fields("DocDtls") {
            guard let ack = fields.text("AckNo"), let seller = fields.fields("SellerDtls")?.text("Gstin"),
                let buyer = fields.fields("BuyerDtls")?.text("Gstin"), let type = details.text("Typ"),
                let number = details.text("No")
            else { throw .payload }
            (kind, ackNumber, whole) = (.invoice, ack, data)
            (sellerGstin, buyerGstin, documentType, documentNumber) = (seller, buyer, type, number)
            registeredAt = fields.instant("AckDt")
            documentDate = details.date("Dt")
            total = fields.fields("ValDtls")?.amount("TotInvVal")
            itemCount = fields.list("ItemList").count
        } else {
            guard let seller = fields.text("SellerGstin"), let buyer = fields.text("BuyerGstin"),
                let number = fields.text("DocNo"), let type = fields.text("DocTyp")
            else { throw .payload }
            kind = .qr
            (sellerGstin, buyerGstin, documentType, documentNumber) = (seller, buyer, type, number)
            registeredAt = fields.instant("IrnDt")
            documentDate = fields.date("DocDt")
            total = fields.amount("TotInvVal")
            itemCount = fields.number("ItemCnt")
            mainHsn = fields.text("MainHsnCode")
        }
    }
}
