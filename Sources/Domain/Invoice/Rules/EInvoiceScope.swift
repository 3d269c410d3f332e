/// Who must register invoices, and how soon, by aggregate annual turnover in crore rupees in any year since 2017-18
/// (facts: nic-einvoice-ewb 4.9).
public enum EInvoiceScope {
    private struct Step {
        var from: LegalDate
        /// Bound above it.
        var crore: Int
    }

    private static func step(_ year: Int, _ month: Int, _ crore: Int) -> Step? {
        LegalDate(year: year, month: month, day: 1).map { Step(from: $0, crore: crore) }
    }

    /// The last step is Notification 10/2023-Central Tax.
    private static let steps = [
        step(2020, 10, 500), step(2021, 1, 100), step(2021, 4, 50), step(2022, 4, 20), step(2022, 10, 10),
        step(2023, 8, 5),
    ].compactMap(\.self)

    /// Those who are to report within 30 days, from the turnover on (advisory of 05-11-2024 for 10 crore).
    private static let limits = [step(2023, 11, 100), step(2025, 4, 10)].compactMap(\.self)

    /// Who is not bound whatever the turnover. Of governments it is not certain.
    public enum Exemption: String, Sendable, Hashable, CaseIterable {
        case sezUnit, bank, financeCompany, insurer, goodsTransport, passengerTransport, multiplex, government
    }

    /// Whether a business of that turnover must register what it issues on that day.
    public static func isBound(turnoverCrore: Int, exemption: Exemption? = nil, on day: LegalDate) -> Bool {
        exemption == nil && steps.contains { $0.from <= day && turnoverCrore > $0.crore }
    }

    /// Days that it has for it, nil when there is no limit.
    public static func reportingDays(turnoverCrore: Int, on day: LegalDate) -> Int? {
        limits.contains { $0.from <= day && turnoverCrore >= $0.crore } ? 30 : nil
    }
}
