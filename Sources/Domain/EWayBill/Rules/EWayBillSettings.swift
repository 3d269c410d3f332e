/// What is doubtful in the rules of e-way bills, or differs between firms (facts: nic-einvoice-ewb 10).
public struct EWayBillSettings: Sendable, Hashable {
    /// Whether the firm registers its invoices, so that its sales to registered persons get their bill by IRN (720).
    public var registersInvoices = false
    /// GSTIN that is logged in; the bill must name the same (358).
    public var loginGstin: String?
    /// The code of another country: lists show 96 and 99.
    public var abroadStates: Set<Int> = [96, 99]
    /// PINs against the first three digits of their state: ours is an approximation.
    public var pinPrefixes = Strictness.warning
    /// How far the total may lie below the sum of its parts, in rupees.
    public var graceRupees = 2
    public var mostItems = 250
    /// Days that a document may be old (advisory of 17-12-2024).
    public var mostDocumentDays = 180
    /// GST began on that day.
    public var earliestDate = LegalDate(dayNumber: 17_348)
    /// Whether a ship-to GSTIN and trade name are needed by IRN: codes 4073 and 4074, announced for 01-08-2026 and said to
    /// be on hold.
    public var needsShipToGstin = false
    /// Rates and units that came after this list was made.
    public var extra = MasterAdditions()

    public init() {}
}
