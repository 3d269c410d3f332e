/// One line of an invoice. Amounts in rupees, rates in percent.
public struct InvoiceItem: DocumentPart {
    public var serialNumber: String?
    public var description: String?
    /// `Y` for a service, `N` for goods.
    public var serviceFlag: String?
    public var hsnCode: String?
    public var barcode: String?
    public var quantity: ExactDecimal?
    public var freeQuantity: ExactDecimal?
    public var unit: String?
    public var unitPrice: ExactDecimal?
    /// Quantity times price.
    public var totalAmount: ExactDecimal?
    public var discount: ExactDecimal?
    public var preTaxValue: ExactDecimal?
    /// What the tax is worked out on.
    public var assessableAmount: ExactDecimal?
    public var gstRate: ExactDecimal?
    public var igst: ExactDecimal?
    public var cgst: ExactDecimal?
    public var sgst: ExactDecimal?
    public var cessRate: ExactDecimal?
    public var cess: ExactDecimal?
    /// Cess by quantity rather than by value.
    public var nonAdvalCess: ExactDecimal?
    public var stateCessRate: ExactDecimal?
    public var stateCess: ExactDecimal?
    public var stateNonAdvalCess: ExactDecimal?
    public var otherCharges: ExactDecimal?
    public var itemTotal: ExactDecimal?
    public var orderLine: String?
    public var originCountry: String?
    public var productSerialNumber: String?
    public var batch: BatchDetails?
    public var attributes: [AttributeDetails] = []

    public init() {}

    public var isService: Bool { serviceFlag == "Y" }
}

public struct BatchDetails: DocumentPart {
    public var name: String?
    public var expiryDate: String?
    public var warrantyDate: String?

    public init() {}
}

public struct AttributeDetails: DocumentPart {
    public var name: String?
    public var value: String?

    public init() {}
}

/// Sums of the whole invoice, in rupees.
public struct InvoiceTotals: DocumentPart {
    public var assessable: ExactDecimal?
    public var cgst: ExactDecimal?
    public var sgst: ExactDecimal?
    public var igst: ExactDecimal?
    public var cess: ExactDecimal?
    public var stateCess: ExactDecimal?
    /// Taken off the sum of the items.
    public var discount: ExactDecimal?
    /// Added to the sum of the items.
    public var otherCharges: ExactDecimal?
    public var roundOff: ExactDecimal?
    public var invoiceTotal: ExactDecimal?
    /// In the currency of `ExportDetails`; checked by nobody.
    public var foreignTotal: ExactDecimal?

    public init() {}
}
