import Domain
import Store

extension OperationService {
    /// What a person found at the authority's own pages, or decided.
    public enum Settlement: Sendable, Hashable {
        /// It is there under this number.
        case found(String)
        /// It is not there: it is sent again.
        case sendAgain
        /// It is not done any more: the authority does not hold it, or holds something else in its place.
        case giveUp

        public var choice: OperationChoice {
            switch self {
            case .found: .found
            case .sendAgain: .sendAgain
            case .giveUp: .giveUp
            }
        }
    }

    /// Gives an operation up of which nothing was sent, or of which it is proven that the authority holds nothing.
    ///
    /// - Throws: a `Complaint`: 65 for an unknown id or a state that does not allow it.
    public func discard(_ id: OperationId) async throws(Complaint) -> PortalOperation {
        try await settle(id, .discard, reference: nil, reason: "")
    }

    /// A person has looked at the portal.
    ///
    /// - Parameter reason: on record; needed where something is given up, or sent against what the portal was seen to hold.
    /// - Throws: a `Complaint`: 65 for an unknown id, a state that asks nobody, a number that cannot be this one's, or a
    ///   missing reason.
    public func settle(
        _ id: OperationId, _ settlement: Settlement, reason: String = ""
    ) async throws(Complaint) -> PortalOperation {
        var reference: String?
        if case .found(let text) = settlement { reference = text.trimmed.lowercased() }
        let operation = try await settle(id, settlement.choice, reference: reference, reason: reason)
        if settlement == .sendAgain { try workspace.sync.startWorker() }
        return operation
    }

    private func settle(
        _ id: OperationId, _ choice: OperationChoice, reference: String?, reason: String
    ) async throws(Complaint) -> PortalOperation {
        let doer = try await workspace.permit(.act, on: "operation/\(id)", correlation: id.text)
        let (now, reason) = (workspace.now, HarmlessText.line(reason.trimmed, limit: 200))
        return try await workspace.write { writer in
            guard let before = try writer.reader.operation(id) else { throw Self.unknown(id) }
            let moved = try Self.move(before, choice, reference, reason, writer, now)
            guard moved else { throw Self.impossible(before, choice) }
            if let reference, let payload = try writer.reader.payload(of: id) {
                let bills = BillFacts.all(before.kind, request: payload.request, result: nil, reference: reference)
                for bill in bills { try writer.note(bill, by: id) }
            }
            var facts = ["operation": id.text, "choice": choice.rawValue]
            if let reference { facts["reference"] = reference }
            if !reason.isEmpty { facts["reason"] = reason }
            let action = choice == .discard ? "operation.discard" : "operation.settle"
            try writer.recordEvent(
                doer.event(
                    action, "gst/\(before.gstin)", detail: AuditDetail.text(facts), correlation: id.text, at: now))
            return try writer.reader.operation(id) ?? before
        }
    }

    /// - Returns: false, and nothing changed, where the table or what was sent does not allow it.
    private static func move(
        _ operation: PortalOperation, _ choice: OperationChoice, _ reference: String?, _ reason: String,
        _ writer: StoreWriter, _ now: Instant
    ) throws -> Bool {
        guard let events = choice.events(in: operation.state) else { return false }
        if let reference, let wrong = operation.refusesReference(reference) {
            throw Complaint(
                "\(HarmlessText.line(reference, limit: 80)) cannot be the number of this", why: wrong,
                remedy: "Copy it from the portal's own page", status: .badData)
        }
        if choice.needsReason(in: operation.state), reason.isEmpty {
            throw Complaint(
                "a reason is needed", why: "it stays on record what was seen at the portal and who decided",
                remedy: "Say it with --reason", status: .badData)
        }
        let steps = events.map { step($0, choice, reference, reason, now) }
        if choice == .giveUp, operation.state == .attention {
            // Where the evidence says that nothing left, nobody's word is needed for it.
            let never = step(.neverSent, choice, reference, reason, now)
            if try writer.move(operation.id, [never], now: now) != nil { return true }
        }
        return try writer.move(operation.id, steps, now: now) != nil
    }

    private static func step(
        _ event: OperationEvent, _ choice: OperationChoice, _ reference: String?, _ reason: String, _ now: Instant
    ) -> OperationStep {
        let words =
            switch choice {
            case .found: "a person found it at the portal"
            case .sendAgain: "a person did not find it at the portal"
            case .giveUp: OperationChoice.givenUp
            case .discard, .hurry: "given up"
            }
        var step = OperationStep(event, message: reason.isEmpty ? words : "\(words): \(reason)")
        (step.reference, step.isAdopted) = (reference, reference != nil)
        step.nextAt = choice == .sendAgain ? now : nil
        return step
    }

    private static func impossible(_ operation: PortalOperation, _ choice: OperationChoice) -> Complaint {
        if choice != .discard, operation.state.isInDoubt || operation.state == .pending {
            return Complaint(
                "operation \(operation.id) is \(operation.state.title.lowercased())",
                why: "the portal is asked by itself, and what it shows counts more than what was read there",
                remedy:
                    "`portaldesk operation reconcile \(operation.id)` asks it now; where it cannot tell, the operation "
                    + "comes to a person, and then a number can be told", status: .badData)
        }
        let isAttention = operation.state == .attention && choice == .discard
        return Complaint(
            "operation \(operation.id) is \(operation.state.title.lowercased())",
            why: isAttention ? "something of it may have left" : operation.state.meaning,
            remedy: isAttention
                ? "Look at the portal; where it is not there, `portaldesk operation settle \(operation.id) --give-up`"
                : "`portaldesk operation show \(operation.id)` tells what can be done", status: .badData)
    }
}
