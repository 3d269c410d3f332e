/// A business whose portals are looked after: one PAN at most, any number of GSTINs and TANs.
public struct Business: Hashable, Sendable {
    /// In characters (Unicode scalars), as every screen and file can hold them.
    public static let longestName = 200
    public static let longestGroup = 100

    public var id: BusinessId
    public var name: String
    public var pan: Pan?
    public var gstins: [String]
    public var tans: [String]
    /// A word by which the firm groups its clients; may be empty.
    public var group: String
    /// Date of birth or incorporation, a part of the passwords of some documents.
    public var formedOn: LegalDate?

    public init(
        id: BusinessId, name: String, pan: Pan? = nil, gstins: [String] = [], tans: [String] = [], group: String = "",
        formedOn: LegalDate? = nil
    ) {
        self.id = id
        self.name = name
        self.pan = pan
        self.gstins = gstins
        self.tans = tans
        self.group = group
        self.formedOn = formedOn
    }
}

/// What somebody types, or a spreadsheet row says, about a business. Checked identities, ready to store.
public struct BusinessDraft: Hashable, Sendable {
    public var name: String
    public var pan: Pan?
    public var gstin: Gstin?
    public var tan: Tan?
    public var gstUsername: String?
    public var incomeTaxUsername: String?
    /// The TAN's own e-filing login, separate from TRACES.
    public var tanIncomeTaxUsername: String?
    public var tracesUsername: String?
    public var group: String
    /// Date of birth or incorporation.
    public var formedOn: LegalDate?

    public init(
        name: String, pan: Pan? = nil, gstin: Gstin? = nil, tan: Tan? = nil, gstUsername: String? = nil,
        incomeTaxUsername: String? = nil, tanIncomeTaxUsername: String? = nil, tracesUsername: String? = nil,
        group: String = "", formedOn: LegalDate? = nil
    ) {
        self.name = name
        self.pan = pan
        self.gstin = gstin
        self.tan = tan
        self.gstUsername = gstUsername
        self.incomeTaxUsername = incomeTaxUsername
        self.tanIncomeTaxUsername = tanIncomeTaxUsername
        self.tracesUsername = tracesUsername
        self.group = group
        self.formedOn = formedOn
    }
}
