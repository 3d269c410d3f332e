/// A rate of GST that the portals' master holds, with the days on which it holds it.
public struct GstRate: Sendable, Hashable {
    /// In thousandths of a percent.
    public let thousandths: Int64
    /// nil for as long as there has been e-invoicing.
    public let from: LegalDate?
    public let to: LegalDate?

    private init(_ rate: ExactDecimal) {
        thousandths = rate.thousandths
        (from, to) = (nil, nil)
    }

    init(_ text: String, from: LegalDate? = nil, to: LegalDate? = nil) {
        thousandths = ExactDecimal(text)?.thousandths ?? 0
        self.from = from
        self.to = to
    }

    public func holds(on day: LegalDate) -> Bool {
        (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
    }

    /// facts: nic-einvoice-ewb 4.5. The changes of 22-09-2025 brought 40; no source shows that it took others away.
    public static let master: [GstRate] =
        ["0", "0.1", "0.25", "1", "1.5", "3", "5", "6", "7.5", "12", "18", "28"].map { GstRate($0) } + [forty]

    /// Whether the registration portals know it is not certain: `InvoiceSettings.fortyPercent`.
    public static let forty = GstRate("40", from: LegalDate(dayNumber: 20_353))

    public static func find(
        _ rate: ExactDecimal, on day: LegalDate, _ extra: MasterAdditions = MasterAdditions()
    ) -> GstRate? {
        let known = master.first { $0.thousandths == rate.thousandths && $0.holds(on: day) }
        return known ?? (extra.rates.contains(rate) ? GstRate(rate) : nil)
    }
}
