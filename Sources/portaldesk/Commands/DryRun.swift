import ArgumentParser
import Domain
import Services

/// `--dry-run`: what the desk shows before a yes, for scripts and people at a shell.
struct DryRunFlag: ParsableArguments {
    @Flag(name: .long, help: "Print what would be sent; send nothing.") var dryRun = false

    /// Prints what would be sent, in place of sending it.
    func show(_ plan: ActionPlan, _ output: JsonFlag) throws(Complaint) -> ExitStatus {
        try PlannedRow.print([PlannedRow(plan)], output)
        Messages.line(Self.summary(plan.calls, plan.kind, [plan.provider]))
        return .done
    }

    func show(_ planned: [InvoiceBatch.Planned], _ output: JsonFlag) throws(Complaint) -> ExitStatus {
        let rows = planned.map(PlannedRow.init)
        try PlannedRow.print(rows, output)
        let sent = planned.filter { $0.provider != nil }
        Messages.line(Self.summary(sent.count, .einvoiceGenerate, sent.compactMap(\.provider)))
        return rows.contains { $0.isWrong } ? .badData : .done
    }

    private static func summary(_ calls: Int, _ kind: OperationKind, _ providers: [ActionProvider]) -> String {
        guard calls > 0 else { return "Nothing would be sent." }
        var names: [String] = []
        for provider in providers {
            let name = provider.name + (provider.isSimulated ? " (SANDBOX)" : " (REAL)")
            if !names.contains(name) { names.append(name) }
        }
        let through = names.joined(separator: ", ")
        return "\(Counted.text(calls, "call")) to the \(kind.system.title) through \(through). Nothing was sent."
    }
}

/// What would be sent, or why it stays.
struct PlannedRow: Encodable {
    /// ready, findings, held_back, or the state of what stands already.
    let state: String
    let kind: String
    @OrNull var gstin: String?
    let title: String
    @OrNull var reference: String?
    @OrNull var total: String?
    let calls: Int
    @OrNull var provider: String?
    @OrNull var simulated: Bool?
    @OrNull var source: String?
    let message: String

    /// Whether somebody must mend it before it can be sent.
    var isWrong: Bool { state == "findings" || state == "held_back" }

    init(_ plan: ActionPlan) {
        state = "ready"
        kind = plan.kind.rawValue
        gstin = plan.gstins.first?.text
        title = plan.documents.joined(separator: ", ")
        reference = plan.reference
        total = plan.total?.decimalText
        calls = plan.calls
        provider = plan.provider.name
        simulated = plan.provider.isSimulated
        source = nil
        message = ""
    }

    init(_ planned: InvoiceBatch.Planned) {
        let draft = planned.draft
        let error = draft.findings.first { $0.severity == .error }
        if planned.provider != nil {
            state = "ready"
        } else if error != nil {
            state = "findings"
        } else if planned.hindrance != nil {
            state = "held_back"
        } else {
            state = draft.known?.rawValue ?? "held_back"
        }
        kind = OperationKind.einvoiceGenerate.rawValue
        gstin = draft.gstin?.text
        title = draft.title
        reference = draft.irn
        total = draft.total?.decimalText
        calls = planned.provider == nil ? 0 : 1
        provider = planned.provider?.name
        simulated = planned.provider?.isSimulated
        source = draft.source
        message = error?.line ?? planned.hindrance ?? ""
    }

    static func print(_ rows: [PlannedRow], _ output: JsonFlag) throws(Complaint) {
        try Rows(json: output.json).print(
            rows, header: ["STATE", "GSTIN", "DOCUMENT", "TOTAL", "CALLS", "THROUGH", "NUMBER", "WHY NOT"]
        ) { row in
            [
                row.state, row.gstin ?? "", row.title, row.total ?? "", "\(row.calls)", row.provider ?? "",
                row.reference ?? "", row.message,
            ]
        }
    }
}
