import Domain
import FoundationEssentials

/// The ten claims of a signed QR text (facts: nic-einvoice-ewb 5).
public struct QrClaims: Sendable, Hashable {
    public var sellerGstin: String
    public var buyerGstin: String
    public var documentNumber: String
    public var documentType: String
    public var documentDate: LegalDate?
    public var total: Decimal?
    public var itemCount: Int?
    /// HSN of the line of the highest value.
    public var mainHsn: String?
    public var irn: String
    public var irnAt: Instant?

    /// - Throws: `payload` when it is no QR's.
    public init(_ document: SignedDocument) throws(SignatureProblem) { try self.init(document.fields) }

    init(_ fields: NicFields) throws(SignatureProblem) {
        guard let seller = fields.text("SellerGstin"), let buyer = fields.text("BuyerGstin"),
            let number = fields.text("DocNo"), let type = fields.text("DocTyp"), let irn = fields.text("Irn")
        else { throw .payload }
        sellerGstin = seller
        buyerGstin = buyer
        documentNumber = number
        documentType = type
        documentDate = fields.date("DocDt")
        total = fields.amount("TotInvVal")
        itemCount = fields.number("ItemCnt")
        mainHsn = fields.text("MainHsnCode")
        self.irn = irn.lowercased()
        irnAt = fields.instant("IrnDt")
    }
}

/// What a signed invoice says of itself, for comparing with what was sent (facts: nic-einvoice-ewb 5.1).
public struct SignedInvoiceFacts: Sendable, Hashable {
    public var irn: String
    public var ackNumber: String
    public var ackAt: Instant?
    public var sellerGstin: String
    public var buyerGstin: String
    public var documentType: String
    public var documentNumber: String
    public var documentDate: LegalDate?
    public var total: Decimal?
    public var itemCount: Int

    /// - Throws: `payload` when it is no invoice's.
    public init(_ document: SignedDocument) throws(SignatureProblem) { try self.init(document.fields) }

    /// - Parameter data: what a document held whose signature was verified when it came.
    /// - Throws: `payload` when it is no invoice's.
    public init(verified data: [UInt8]) throws(SignatureProblem) {
        guard let fields = try? NicFields(data) else { throw .payload }
        try self.init(fields)
    }

    init(_ fields: NicFields) throws(SignatureProblem) {
        guard let irn = fields.text("Irn"), let ack = fields.text("AckNo"), let details = fields.fields("DocDtls"),
            let seller = fields.fields("SellerDtls")?.text("Gstin"),
            let buyer = fields.fields("BuyerDtls")?.text("Gstin"), let type = details.text("Typ"),
            let number = details.text("No")
        else { throw .payload }
        self.irn = irn.lowercased()
        ackNumber = ack
        ackAt = fields.instant("AckDt")
        sellerGstin = seller
        buyerGstin = buyer
        documentType = type
        documentNumber = number
        documentDate = details.date("Dt")
        total = fields.fields("ValDtls")?.amount("TotInvVal")
        itemCount = fields.list("ItemList").count
    }
}
