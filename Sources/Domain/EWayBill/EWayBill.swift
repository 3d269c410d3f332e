/// An e-way bill made without an IRN, as its writer drafted it (facts: nic-einvoice-ewb 3.4).
public struct EWayBill: DocumentPart {
    /// Of who asks for it; must be the one that is logged in.
    public var userGstin: String?
    /// A letter of `SupplyDirection`.
    public var supplyType: String?
    /// A number of `SubSupply`.
    public var subSupplyType: String?
    public var subSupplyDescription: String?
    /// A word of `EWayBillDocument`.
    public var documentType: String?
    public var documentNumber: String?
    public var documentDate: String?
    public var from = EWayBillParty()
    public var to = EWayBillParty()
    /// A number of `TransactionType`.
    public var transactionType: Int?
    /// Who the goods leave from or go to, when that is not who is billed.
    public var dispatchFrom = EWayBillPartner()
    public var shipTo = EWayBillPartner()
    public var totals = EWayBillTotals()
    public var transport = TransportDetails()
    public var mainHsnCode: String?
    public var items: [EWayBillItem] = []

    public init() {}

    public var direction: SupplyDirection? { supplyType.flatMap(SupplyDirection.init) }
    public var subSupply: SubSupply? { subSupplyType.flatMap { SubSupply(rawValue: $0.trimmed) } }
    public var document: EWayBillDocument? { documentType.flatMap(EWayBillDocument.init) }
    public var documentDay: LegalDate? { documentDate.flatMap { DocumentDate.read($0) } }
    public var transaction: TransactionType? { transactionType.flatMap { TransactionType(rawValue: String($0)) } }
}

public struct EWayBillParty: DocumentPart {
    /// A GSTIN, or `URP`.
    public var gstin: String?
    public var tradeName: String?
    public var address1: String?
    public var address2: String?
    public var place: String?
    public var pin: Int?
    /// Where the goods are in truth.
    public var actualStateCode: Int?
    public var stateCode: Int?

    public init() {}
}

public struct EWayBillPartner: DocumentPart {
    public var gstin: String?
    public var tradeName: String?

    public init() {}
}

/// In rupees.
public struct EWayBillTotals: DocumentPart {
    /// Charges and discounts, so perhaps below zero.
    public var other: ExactDecimal?
    public var taxable: ExactDecimal?
    public var cgst: ExactDecimal?
    public var sgst: ExactDecimal?
    public var igst: ExactDecimal?
    public var cess: ExactDecimal?
    public var nonAdvolCess: ExactDecimal?
    public var invoice: ExactDecimal?

    public init() {}
}

/// Rates in percent, amounts in rupees.
public struct EWayBillItem: DocumentPart {
    public var number: Int?
    public var name: String?
    public var description: String?
    public var hsnCode: String?
    public var quantity: ExactDecimal?
    public var unit: String?
    public var taxableAmount: ExactDecimal?
    public var cgstRate: ExactDecimal?
    public var sgstRate: ExactDecimal?
    public var igstRate: ExactDecimal?
    public var cessRate: ExactDecimal?
    public var nonAdvolCess: ExactDecimal?

    public init() {}
}
