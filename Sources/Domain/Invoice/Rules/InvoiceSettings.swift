/// What is doubtful in the portals' rules, or differs between firms (facts: nic-einvoice-ewb 10).
public struct InvoiceSettings: Sendable, Hashable {
    /// How far a figure may be from the one worked out before the portal refuses it.
    public var tolerance = Tolerance.floorAndCeiling
    /// What is said of the rate of 40 percent, which no source shows in the portals' master.
    public var fortyPercent = Strictness.warning
    /// Whether goods shipped elsewhere need a ship-to GSTIN and trade name with an e-way bill: codes 2323 and 2324,
    /// announced for 01-08-2026 and said to be on hold.
    public var needsShipToGstin = false
    /// Days from the document's date to its registration; nil where no seller is bound (`EInvoiceScope.reportingDays`).
    public var reportingDays: Int? = 30
    /// Sellers whom that does not bind, by GSTIN or PAN: turnover is that of a PAN.
    public var unlimitedSellers: Set<String> = []
    /// Digits that an HSN has at the least: 6 above an aggregate turnover of 5 crore, else 4.
    public var leastHsnDigits = 6
    /// Sellers of at most 5 crore, by GSTIN or PAN: 4 digits will do.
    public var fourDigitSellers: Set<String> = []
    /// Rates and units that came after this list was made.
    public var extra = MasterAdditions()
    /// Goods that are shipped to another state than the place of supply: code 2245, which a bill-to/ship-to sale would
    /// meet although the law knows it.
    public var shipToState = Strictness.warning
    /// PINs against the first three digits of their state: ours is an approximation.
    public var pinPrefixes = Strictness.warning
    /// 1000, or 5000 for who asked NIC.
    public var mostItems = 1_000
    /// The portals took no document before 01-10-2020; a note of 2025 says 01-04-2025.
    public var earliestDate = LegalDate(dayNumber: 18_536)
    /// Credit and debit notes had to name the document they correct at first.
    public var needsPrecedingDocument = false
    /// One list allows reverse charge with supplies to a SEZ, another does not.
    public var allowsReverseChargeToSez = true

    public init() {}

    /// Days that a seller has, nil when it is not bound.
    func reportingDays(of seller: String?) -> Int? { Self.names(unlimitedSellers, seller) ? nil : reportingDays }

    /// Digits that a seller's HSN codes have at the least.
    func leastHsnDigits(of seller: String?) -> Int { Self.names(fourDigitSellers, seller) ? 4 : leastHsnDigits }

    /// Whether a list of GSTINs and PANs names a seller.
    private static func names(_ list: Set<String>, _ seller: String?) -> Bool {
        guard let seller = seller?.uppercased(), !list.isEmpty else { return false }
        return list.contains(seller) || list.contains(String(seller.dropFirst(2).prefix(10)))
    }
}

/// What the portals' masters know beyond the lists of this program, which are of one day.
public struct MasterAdditions: Sendable, Hashable {
    public var rates: Set<ExactDecimal> = []
    /// In capitals.
    public var units: Set<String> = []

    public init() {}
}

/// NIC documents floor − 1 to ceiling + 1, provider's notes ±1, or ±1 for items and ±2 for totals (facts: nic-einvoice-ewb 4.6).
public enum Tolerance: String, Sendable, Hashable, CaseIterable {
    case floorAndCeiling = "floor-and-ceiling"
    case one
    case oneAndTwo = "one-and-two"

    func accepts(_ sent: ComputedAmount, for right: ComputedAmount, isTotal: Bool) -> Bool {
        switch self {
        case .floorAndCeiling: right.roundedDown - .rupees(1) <= sent && sent <= right.roundedUp + .rupees(1)
        case .one: (sent - right).magnitude <= .rupees(1)
        case .oneAndTwo: (sent - right).magnitude <= .rupees(isTotal ? 2 : 1)
        }
    }
}
