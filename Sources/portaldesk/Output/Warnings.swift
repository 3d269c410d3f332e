import Domain
import Services

/// What the portal would take, but hardly anybody means, told before it is sent.
enum Warnings {
    private static let most = 5

    /// - Parameters:
    ///   - found: of what is sent, each with the file that it is in.
    ///   - remedy: how to see all of them.
    static func tell(_ found: [(source: String, finding: Finding)], all remedy: String = "") {
        let warnings = found.filter { $0.finding.severity == .warning }
        for warning in warnings.prefix(most) {
            // Of a sheet the finding knows file and line itself.
            let place = warning.finding.origin == nil ? "\(warning.source): " : ""
            Messages.line("warning: \(place)\(warning.finding.line)")
        }
        guard warnings.count > most else { return }
        Messages.line(
            "and \(Counted.text(warnings.count - most, "more warning"))\(remedy.isEmpty ? "" : "; \(remedy)")")
    }

    /// Of the invoices that are sent.
    static func tell(_ entries: [InvoiceBatch.Entry]) {
        tell(
            entries.filter(\.isInOrder).flatMap { entry in entry.findings.map { (source: entry.source, finding: $0) } },
            all: "`portaldesk einvoice check` shows all")
    }

    /// Of the invoices that would be sent.
    static func tell(_ planned: [InvoiceBatch.Planned]) {
        tell(
            planned.filter { $0.provider != nil }.flatMap { one in
                one.draft.findings.map { (source: one.draft.source, finding: $0) }
            },
            all: "`portaldesk einvoice check` shows all")
    }
}
