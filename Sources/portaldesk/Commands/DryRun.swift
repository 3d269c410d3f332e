import ArgumentParser
import Domain
import Services

/// `--dry-run`: what the desk shows before a yes, for scripts and people at a shell.
struct DryRunFlag: ParsableArguments {
    @Flag(name: .long, help: "Print what would be sent; send nothing.") var dryRun = false

    /// Prints what would be sent, in place of sending it; of what stands already where it stands, and no call.
    func show(
        _ workspace: Workspace, _ output: JsonFlag, _ plan: () async throws(Complaint) -> ActionPlan
    ) async throws(Complaint) -> ExitStatus {
        let found: ActionPlan
        do throws(Complaint) {
            found = try await plan()
        } catch {
            guard let id = error.standing else { throw error }
            let operation = try await workspace.operations.dossier(id).operation
            try PlannedRow.print([PlannedRow(operation)], output)
            Messages.line(Self.summary(0, operation.kind, []))
            return .done
        }
        try PlannedRow.print([PlannedRow(found)], output)
        Messages.line(Self.summary(found.calls, found.kind, [found.provider]))
        return .done
    }

    func show(_ planned: [InvoiceBatch.Planned], _ output: JsonFlag) throws(Complaint) -> ExitStatus {
        let rows = planned.map(PlannedRow.init)
        Warnings.tell(planned)
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

    /// What stands already: nothing would be sent.
    init(_ standing: PortalOperation) {
        state = standing.state.rawValue
        kind = standing.kind.rawValue
        gstin = standing.gstin.text
        title = standing.title
        reference = standing.reference ?? standing.expectedReference
        total = standing.total?.decimalText
        calls = 0
        provider = standing.provider
        simulated = nil
        source = nil
        message = standing.message
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

    /// The screen's word for it.
    private var stateTitle: String {
        switch state {
        case "ready": "Ready"
        case "findings": "Findings"
        case "held_back": "Held back"
        default: OperationState(rawValue: state)?.title ?? state
        }
    }

    static func print(_ rows: [PlannedRow], _ output: JsonFlag) throws(Complaint) {
        try Rows(json: output.json).print(
            rows, header: ["STATE", "GSTIN", "DOCUMENT", "TOTAL", "CALLS", "THROUGH", "NUMBER", "WHY NOT"]
        ) { row in
            [
                row.stateTitle, row.gstin ?? "", row.title, row.total ?? "", "\(row.calls)", row.provider ?? "",
                row.reference ?? "", row.message,
            ]
        }
    }
}
