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
    /// 6 above an aggregate turnover of 5 crore, else 4.
    public var leastHsnDigits = 6
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
    func reportingDays(of seller: String?) -> Int? {
        guard let seller = seller?.uppercased(), !unlimitedSellers.isEmpty else { return reportingDays }
        let pan = String(seller.dropFirst(2).prefix(10))
        return unlimitedSellers.contains(seller) || unlimitedSellers.contains(pan) ? nil : reportingDays
    }
}

/// NIC documents floor − 1 to ceiling + 1, provider's notes ±1, or ±1 for items and ±2 for totals (facts: nic-einvoice-ewb 4.6).
public enum Tolerance: String, Sendable, Hashable, CaseIterable {
    case floorAndCeiling, one, oneAndTwo

    func accepts(_ sent: ComputedAmount, for right: ComputedAmount, isTotal: Bool) -> Bool {
        switch self {
        case .floorAndCeiling: right.roundedDown - .rupees(1) <= sent && sent <= right.roundedUp + .rupees(1)
        case .one: (sent - right).magnitude <= .rupees(1)
        case .oneAndTwo: (sent - right).magnitude <= .rupees(isTotal ? 2 : 1)
        }
    }
}
