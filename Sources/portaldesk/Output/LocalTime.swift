import Domain
import Services

extension Workspace {
    /// A moment as tables for people show it, by the desk's clock; empty for none.
    func shown(_ instant: Instant?) -> String {
        instant.map { TimeText.full($0, offset: utcOffset(at: $0)) } ?? ""
    }

    /// `cancelled on 22-11-2026 18:40:01, order cancelled: sold to another`.
    func told(_ withdrawal: InvoiceWithdrawal) -> String {
        "cancelled" + (withdrawal.at.map { " on \(shown($0))" } ?? "")
            + (withdrawal.why.isEmpty ? "" : ", \(withdrawal.why)")
    }

    /// The same for a moment of a row that is made for programs.
    func local(rfc3339 text: String?) -> String { shown(text.flatMap { TimeText.instant(rfc3339: $0) }) }
}
