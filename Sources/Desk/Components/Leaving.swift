import Domain
import Services
import TerminalKit

extension Question {
    /// Asked before anything leaves the house: for whom, what, how much, through whom. No is the answer unless somebody
    /// chooses otherwise.
    ///
    /// - Parameters:
    ///   - facts: what else is asked for, such as the reason of a cancellation.
    ///   - notes: what a person is to look at first, of whatever length.
    static func leaving(
        _ plan: ActionPlan, id: String = "leave", title: String, facts: [Dialog.Fact] = [],
        notes: [Dialog.Fact] = [], body: String, yes: String
    ) -> Question {
        var all = [Dialog.Fact("GSTIN", listed(plan.gstins.map(\.text)))]
        all.append(Dialog.Fact(plan.documents.count == 1 ? "Document" : "Documents", listed(plan.documents)))
        if let reference = plan.reference { all.append(Dialog.Fact(plan.kind.numberName, reference)) }
        if let total = plan.total {
            all.append(Dialog.Fact(plan.documents.count == 1 ? "Total" : "Together", "₹\(total.grouped)"))
        }
        all += facts
        all.append(Dialog.Fact("Calls", "\(plan.calls.grouped) to the \(plan.kind.system.title)"))
        all.append(Dialog.Fact("Through", plan.provider.name))
        all.append(
            plan.provider.isSimulated
                ? Dialog.Fact("Counts as", "SANDBOX: a simulation, nothing real comes of it", .info)
                : Dialog.Fact("Counts as", "REAL: the authority takes it as the taxpayer's own act", .warning))
        return Question(id: id, title: title, facts: all, notes: notes, body: body, yes: yes)
    }

    /// The first ones, and how many follow.
    private static func listed(_ texts: [String]) -> String {
        let most = 3
        guard texts.count > most else { return texts.joined(separator: ", ") }
        return "\(texts.count.grouped): " + texts.prefix(most).joined(separator: ", ") + ", …"
    }
}

extension OperationKind {
    /// What the authority's number of the matter is called.
    var numberName: String { rawValue.hasPrefix("einvoice") || self == .ewaybillByIrn ? "IRN" : "Bill" }
}
