import ArgumentParser
import Domain
import Services

/// What every command has that asks for something at the e-way bill system.
struct BillActionOptions: ParsableArguments {
    @Option(name: .long, help: "Through this provider.") var provider: String?
    @OptionGroup var dry: DryRunFlag
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag
}

/// A command that asks for one action at the e-way bill system, follows it to where it stands for now, and prints it.
protocol BillAction: Performable {
    associatedtype Asked: Sendable

    var options: BillActionOptions { get }

    /// What was typed, read before anything is opened.
    func asked() throws(Complaint) -> Asked

    func submit(_ asked: Asked, _ bills: EWayBillService) async throws(Complaint) -> PortalOperation

    /// What `submit` would send.
    func plan(_ asked: Asked, _ bills: EWayBillService) async throws(Complaint) -> ActionPlan
}

extension BillAction {
    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let asked = try asked()
        // Only what is sent needs passwords.
        let workspace = try await options.place.enter(surroundings, opensVault: !options.dry.dryRun)
        if options.dry.dryRun {
            return try await options.dry.show(workspace, options.output) { () async throws(Complaint) in
                try await plan(asked, workspace.eWayBills)
            }
        }
        let begun = try await submit(asked, workspace.eWayBills)
        Interruption.say(OperationRow.goesOn(begun))
        let operation = try await workspace.operations.wait(for: begun.id)
        try OperationRow.print([operation], workspace, options.output)
        return try OperationRow.status(operation, workspace)
    }
}

/// Whose user asks for a change.
struct BillAsker: ParsableArguments {
    @Option(name: .long, help: "Whose API user asks: the bill's maker by itself, or its transporter.") var gstin:
        String?

    func known() throws(Complaint) -> Gstin? {
        try gstin.map { text throws(Complaint) in try Identity.gstin(text) }
    }
}

/// A command that asks for a change of a bill that stands.
protocol BillChange: BillAction where Asked == EWayBillChange {
    var asker: BillAsker { get }
}

extension BillChange {
    func submit(_ asked: EWayBillChange, _ bills: EWayBillService) async throws(Complaint) -> PortalOperation {
        try await bills.submit(asked, gstin: asker.known(), provider: options.provider)
    }

    func plan(_ asked: EWayBillChange, _ bills: EWayBillService) async throws(Complaint) -> ActionPlan {
        try await bills.plan(asked, gstin: asker.known(), provider: options.provider)
    }
}
