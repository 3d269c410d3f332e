/// Seller, buyer, or who receives the goods. Which fields each has: `InvoiceSchema`.
public struct Party: DocumentPart {
    /// A GSTIN, or `URP` for an unregistered person.
    public var gstin: String?
    public var legalName: String?
    public var tradeName: String?
    /// State code of the place of supply, `96` for exports. Of the buyer alone.
    public var placeOfSupply: String?
    public var address1: String?
    public var address2: String?
    public var location: String?
    /// Six digits, 999999 outside India.
    public var pin: Int?
    public var stateCode: String?
    public var phone: String?
    public var mail: String?

    public init() {}

    public var isUnregistered: Bool { gstin == TextForm.unregistered }
}

public struct DispatchDetails: DocumentPart {
    public var name: String?
    public var address1: String?
    public var address2: String?
    public var location: String?
    public var pin: Int?
    public var stateCode: String?

    public init() {}
}
