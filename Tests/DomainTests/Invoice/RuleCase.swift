import Domain
import Testing

/// One change to a good document, and what must be said of it.
struct RuleCase<Document: Sendable, Settings: Sendable>: Sendable, CustomTestStringConvertible {
    var path: String
    var code: String?
    var severity: Finding.Severity
    var good: Document
    var settings: Settings
    var change: @Sendable (inout Document) -> Void

    var testDescription: String { "\(code ?? "no code") at \(path)" }

    func check(_ rules: (Document, LegalDate, Settings) -> [Finding]) {
        var document = good
        change(&document)
        let findings = rules(document, InvoiceSamples.day, settings)
        #expect(
            findings.contains { $0.path == path && $0.code == code && $0.severity == severity },
            "found instead: \(findings.map(\.line))")
    }
}

typealias InvoiceCase = RuleCase<Invoice, InvoiceSettings>
typealias BillCase = RuleCase<EWayBill, EWayBillSettings>

extension InvoiceCase {
    init(
        _ path: String, _ code: String?, _ severity: Finding.Severity = .error, on good: Invoice = InvoiceSamples.intra,
        settings: InvoiceSettings = InvoiceSettings(), _ change: @escaping @Sendable (inout Invoice) -> Void
    ) {
        self.init(path: path, code: code, severity: severity, good: good, settings: settings, change: change)
    }

    static func settings(_ change: (inout InvoiceSettings) -> Void) -> InvoiceSettings {
        var settings = InvoiceSettings()
        change(&settings)
        return settings
    }
}

extension BillCase {
    init(
        _ path: String, _ code: String?, _ severity: Finding.Severity = .error,
        on good: EWayBill = EWayBillSamples.sale,
        settings: EWayBillSettings = EWayBillSettings(), _ change: @escaping @Sendable (inout EWayBill) -> Void
    ) {
        self.init(path: path, code: code, severity: severity, good: good, settings: settings, change: change)
    }

    static func settings(_ change: (inout EWayBillSettings) -> Void) -> EWayBillSettings {
        var settings = EWayBillSettings()
        change(&settings)
        return settings
    }
}
