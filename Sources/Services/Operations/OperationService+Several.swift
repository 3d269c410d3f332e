import Domain
import Store

extension OperationService {
    /// What became of several actions that a person meant together.
    public struct Several: Sendable {
        public var done: [PortalOperation] = []
        /// Why the others stayed as they were, each in its own words.
        public var refusals: [Complaint] = []
    }

    /// Does the same with several actions, each for itself: one that cannot be moved is in nobody's way.
    ///
    /// - Parameter reason: on record with each; needed where one of them is given up or sent against what was seen.
    /// - Throws: a `Complaint`: 77 not permitted, 65 for a number, which belongs to one action alone.
    public func carryOut(
        _ choice: OperationChoice, on ids: [OperationId], reason: String = ""
    ) async throws(Complaint) -> Several {
        try await workspace.permit(.act, on: ids.first.map { "operation/\($0)" }, correlation: ids.first?.text ?? "")
        guard choice != .found else {
            throw Complaint(
                "a number belongs to one action", remedy: "Settle them one by one", status: .badData)
        }
        var several = Several()
        for id in ids {
            do throws(Complaint) {
                several.done.append(try await carryOut(choice, on: id, reason))
            } catch {
                several.refusals.append(error)
            }
        }
        if choice == .hurry, !several.done.isEmpty { try workspace.sync.startWorker() }
        return several
    }

    private func carryOut(
        _ choice: OperationChoice, on id: OperationId, _ reason: String
    ) async throws(Complaint) -> PortalOperation {
        switch choice {
        case .hurry: return try await reconcile(id)
        case .sendAgain: return try await settle(id, .sendAgain, reason: reason)
        case .discard, .found: return try await discard(id)
        case .giveUp:
            // With a person it is given up by a word, before that nothing of it was sent.
            let found = try await workspace.read { try $0.operation(id) }
            let isWithPerson = found.map { OperationChoice.giveUp.events(in: $0.state) != nil } ?? false
            return isWithPerson ? try await settle(id, .giveUp, reason: reason) : try await discard(id)
        }
    }
}
