/// An e-invoice by schema INV-01 v1.1 (facts: nic-einvoice-ewb 4), as its writer drafted it.
///
/// Every field may be missing and no text is changed: `InvoiceRules` says what is wrong, all of it at once.
public struct Invoice: DocumentPart {
    /// `1.1`.
    public var version: String?
    public var transaction = TransactionDetails()
    public var document = DocumentDetails()
    public var seller = Party()
    public var buyer = Party()
    /// From where the goods leave, when that is not the seller's address.
    public var dispatch: DispatchDetails?
    /// To where they go, when that is not the buyer's address.
    public var shipTo: Party?
    public var items: [InvoiceItem] = []
    public var totals = InvoiceTotals()
    public var payment: PaymentDetails?
    public var references: References?
    public var additionalDocuments: [AdditionalDocument] = []
    public var export: ExportDetails?
    /// Given when an e-way bill is wanted in the same call.
    public var eWayBill: TransportDetails?

    public init() {}
}

public struct TransactionDetails: DocumentPart {
    /// `GST`.
    public var taxScheme: String?
    /// A word of `SupplyKind`, in any case.
    public var supplyType: String?
    /// `Y` when the recipient pays the tax.
    public var reverseCharge: String?
    public var ecommerceGstin: String?
    /// `Y` for IGST although seller and place of supply are in one state.
    public var igstOnIntra: String?

    public init() {}

    public var kind: SupplyKind? { supplyType.flatMap { SupplyKind(rawValue: $0.uppercased()) } }
    public var isReverseCharge: Bool { reverseCharge == "Y" }
    public var isIgstOnIntra: Bool { igstOnIntra == "Y" }
}

/// Kinds of supply that are registered (facts: nic-einvoice-ewb 4.2). B2C is none of them.
public enum SupplyKind: String, Sendable, Hashable, CaseIterable {
    case business = "B2B"
    /// To a special economic zone, with and without payment of tax.
    case sezWithPayment = "SEZWP"
    case sezWithoutPayment = "SEZWOP"
    case exportWithPayment = "EXPWP"
    case exportWithoutPayment = "EXPWOP"
    /// To somebody in India who exports.
    case deemedExport = "DEXP"

    public var isExport: Bool { self == .exportWithPayment || self == .exportWithoutPayment }
    public var isSez: Bool { self == .sezWithPayment || self == .sezWithoutPayment }
    public var isWithoutPayment: Bool { self == .exportWithoutPayment || self == .sezWithoutPayment }
}

public struct DocumentDetails: DocumentPart {
    public var type: String?
    public var number: String?
    /// `dd/MM/yyyy`.
    public var date: String?

    public init() {}

    public var kind: DocumentKind? { type.flatMap(DocumentKind.init) }
    public var day: LegalDate? { date.flatMap { DocumentDate.read($0) } }
}

public enum DocumentKind: String, Sendable, Hashable, CaseIterable {
    case invoice = "INV"
    case creditNote = "CRN"
    case debitNote = "DBN"
}
