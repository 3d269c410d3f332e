import Domain
import Testing

/// One change to a good invoice, and what must be said of it.
struct RuleCase: Sendable, CustomTestStringConvertible {
    var path: String
    var code: String?
    var severity = Finding.Severity.error
    var good: Invoice
    var change: @Sendable (inout Invoice) -> Void
    var settings = InvoiceSettings()

    init(
        _ path: String, _ code: String?, _ severity: Finding.Severity = .error, on good: Invoice = InvoiceSamples.intra,
        settings: InvoiceSettings = InvoiceSettings(), _ change: @escaping @Sendable (inout Invoice) -> Void
    ) {
        self.path = path
        self.code = code
        self.severity = severity
        self.good = good
        self.settings = settings
        self.change = change
    }

    var testDescription: String { "\(code ?? "no code") at \(path)" }

    func check() {
        var invoice = good
        change(&invoice)
        let findings = InvoiceRules.check(invoice, on: InvoiceSamples.day, settings)
        #expect(
            findings.contains { $0.path == path && $0.code == code && $0.severity == severity },
            "found instead: \(findings.map(\.line))")
    }
}
