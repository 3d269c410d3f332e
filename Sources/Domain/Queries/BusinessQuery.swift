public struct BusinessQuery: Hashable, Sendable {
    /// Any part of name, group or an identity; case is forgiven.
    public var text: String?
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(text: String? = nil, page: Int = 1, perPage: Int? = 20) {
        self.text = text
        self.page = page
        self.perPage = perPage
    }
}

/// Businesses ordered by name.
public struct BusinessPage: Hashable, Sendable {
    public var rows: [Business]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int

    public init(rows: [Business], page: Int, pageCount: Int, total: Int, firstSerial: Int) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
    }
}

/// What storing one draft did.
public enum ImportOutcome: Hashable, Sendable {
    case created(BusinessId)
    /// An identity, user name, PAN or group was added to a business that stood already.
    case extended(BusinessId)
    case unchanged(BusinessId)
    /// Nothing of the draft was kept; the text says why, for people.
    case refused(String)

    public var id: BusinessId? {
        switch self {
        case .created(let id), .extended(let id), .unchanged(let id): id
        case .refused: nil
        }
    }
}

/// A business as an edit leaves it: identities that are absent are removed, new ones are added.
public struct BusinessEdit: Hashable, Sendable {
    public var name: String
    public var pan: Pan?
    public var gstins: [Gstin]
    public var tans: [Tan]
    public var group: String
    /// Date of birth or incorporation.
    public var formedOn: LegalDate?

    public init(
        name: String, pan: Pan? = nil, gstins: [Gstin] = [], tans: [Tan] = [], group: String = "",
        formedOn: LegalDate? = nil
    ) {
        self.name = name
        self.pan = pan
        self.gstins = gstins
        self.tans = tans
        self.group = group
        self.formedOn = formedOn
    }
}
