public struct PaymentDetails: DocumentPart {
    public var payee: String?
    public var account: String?
    public var mode: String?
    public var branch: String?
    public var terms: String?
    public var instruction: String?
    public var creditTransfer: String?
    public var directDebit: String?
    public var creditDays: Int?
    public var paid: ExactDecimal?
    public var due: ExactDecimal?

    public init() {}
}

public struct References: DocumentPart {
    public var remark: String?
    public var period: DocumentPeriod?
    public var precedingDocuments: [PrecedingDocument] = []
    public var contracts: [ContractReference] = []

    public init() {}
}

public struct DocumentPeriod: DocumentPart {
    public var start: String?
    public var end: String?

    public init() {}
}

public struct PrecedingDocument: DocumentPart {
    public var number: String?
    public var date: String?
    public var otherReference: String?

    public init() {}
}

public struct ContractReference: DocumentPart {
    public var receiptAdvice: String?
    public var receiptAdviceDate: String?
    public var tender: String?
    public var contract: String?
    public var external: String?
    public var project: String?
    public var purchaseOrder: String?
    public var purchaseOrderDate: String?

    public init() {}
}

public struct AdditionalDocument: DocumentPart {
    public var url: String?
    public var content: String?
    public var information: String?

    public init() {}
}

public struct ExportDetails: DocumentPart {
    public var shippingBillNumber: String?
    public var shippingBillDate: String?
    public var port: String?
    /// `Y` when a refund is claimed.
    public var refundClaim: String?
    public var currency: String?
    /// Two letters.
    public var country: String?
    public var duty: ExactDecimal?

    public init() {}
}

/// How the goods of an invoice travel: its `EwbDtls`.
public struct TransportDetails: DocumentPart {
    /// GSTIN or TRANSIN.
    public var transporterId: String?
    public var transporterName: String?
    /// A digit of `TransportMode`.
    public var mode: String?
    /// Kilometres; 0 asks the portal to work it out from the PINs.
    public var distance: Int?
    public var documentNumber: String?
    public var documentDate: String?
    public var vehicleNumber: String?
    /// A letter of `VehicleKind`.
    public var vehicleType: String?

    public init() {}
}
