import ArgumentParser
import Domain
import Services

/// `operation reconcile`.
struct OperationReconcile: Performable {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Look now whether the authority holds it, instead of at the next time.",
        discussion: """
            Several at once by their ids, or all that stand in a state; how many those are is said and asked first. Ends \
            with 0 when all are confirmed, 75 while one is open, 1 when one was refused.
            """)
    @Argument(help: "Ids, from `operation list`.") var id: [String] = []
    @Option(name: .long, help: "All in this state: attention, in_doubt or not_sent; may be given several times.")
    var state: [Stand] = []
    @Option(name: .long, help: "With --state, only of this GSTIN.") var gstin: String?
    @Option(name: .long, help: "With --state, only through this provider.") var provider: String?
    @Flag(name: .long, help: "Do not ask.") var yes = false
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    /// What is open, as people name it.
    enum Stand: String, CaseIterable, ExpressibleByArgument {
        case attention
        case inDoubt = "in_doubt"
        case notSent = "not_sent"

        /// `operation list` prints what is in doubt as `unknown`.
        init?(argument: String) {
            self.init(rawValue: argument == OperationState.unknown.rawValue ? Self.inDoubt.rawValue : argument)
        }

        var states: Set<OperationState> {
            switch self {
            case .attention: [.attention, .conflict]
            case .inDoubt: [.unknown, .reconciling]
            case .notSent: [.notSent]
            }
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        var ids: [OperationId] = []
        for text in id { ids.append(try OperationIds.read(text)) }
        guard ids.isEmpty != state.isEmpty, !state.isEmpty || gstin == nil && provider == nil else {
            throw Complaint(
                "ids or --state are needed, one of them", why: "--gstin and --provider belong to --state",
                status: .usage)
        }
        let who = try gstin.map { text throws(Complaint) in try Identity.gstin(text) }
        let workspace = try await place.enter(surroundings, opensVault: true)
        if !state.isEmpty {
            ids = try await matching(who, workspace)
            guard try isWanted(ids.count) else { return .refused }
            guard !ids.isEmpty else { return .done }
        }
        let asked = try await workspace.operations.carryOut(.hurry, on: ids)
        for refusal in asked.refusals.dropFirst(asked.done.isEmpty ? 1 : 0) { Messages.complain(refusal) }
        guard let first = asked.done.first else {
            throw asked.refusals.first ?? Complaint("nothing was looked at", status: .badData)
        }
        Interruption.say(OperationRow.goesOn(first))
        let operations = try await workspace.operations.wait(for: asked.done.map(\.id)) { _ in }
        try OperationRow.print(operations, workspace, output)
        sayUnasked(operations, before: asked.done, workspace)
        if operations.count == 1, asked.refusals.isEmpty { return try OperationRow.status(operations[0], workspace) }
        return summary(operations, asked.refusals.count)
    }

    /// A provider that is left alone for a while is not asked, whoever wants it.
    private func sayUnasked(_ operations: [PortalOperation], before: [PortalOperation], _ workspace: Workspace) {
        for one in UnaskedOperations.all(before: before, after: operations, now: workspace.now) {
            let when = TimeText.full(one.until, offset: workspace.utcOffset(at: one.until))
            Messages.line(
                "\(Counted.text(one.count, "operation")) not looked at: \(one.provider) is left alone until \(when)")
        }
    }

    private func matching(_ who: Gstin?, _ workspace: Workspace) async throws(Complaint) -> [OperationId] {
        let wanted = state.reduce(into: Set<OperationState>()) { $0.formUnion($1.states) }
        let found = try await workspace.operations.list(OperationQuery(states: wanted, gstin: who, perPage: nil))
        return found.rows.filter { provider == nil || $0.provider == provider }.map(\.id)
    }

    private func isWanted(_ count: Int) throws(Complaint) -> Bool {
        guard count > 0 else {
            Messages.line("No operation stands so.")
            return true
        }
        if yes { return true }
        let isGiven = try Confirmation.isGiven(
            "Look now for \(Counted.text(count, "operation"))?", option: "--yes")
        if !isGiven { Messages.line("Nothing was looked at.") }
        return isGiven
    }

    private func summary(_ operations: [PortalOperation], _ unasked: Int) -> ExitStatus {
        let filed = operations.count { $0.state == .filed }
        let refused = operations.count { $0.state == .rejected || $0.state == .discarded }
        let open = operations.count - filed - refused
        let parts = [
            "\(filed) confirmed", open > 0 ? "\(open) open" : nil, refused > 0 ? "\(refused) refused" : nil,
            unasked > 0 ? "\(unasked) not looked at" : nil,
        ]
        Messages.line(
            "\(Counted.text(operations.count + unasked, "operation")): "
                + parts.compactMap(\.self).joined(separator: ", "))
        if let waiting = operations.first(where: \.awaitsApiUser) {
            Messages.line("\(waiting.title): \(OperationAdvice.apiUser(waiting))")
        }
        if open > 0 { return .tryLater }
        if unasked > 0 { return .badData }
        return refused > 0 ? .refused : .done
    }
}
