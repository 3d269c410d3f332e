import Domain

/// What a person can do with an action where it stands, as commands. The desk names keys for the same choices.
enum OperationAdvice {
    static func lines(_ operation: PortalOperation) -> [String] {
        let ways = (operation.awaitsApiUser ? [apiUser(operation)] : []) + operation.choices.map { line($0, operation) }
        guard ways.isEmpty else { return ways }
        switch operation.state {
        case .rejected: return ["mend what is wrong and ask again: that is a new operation"]
        case .discarded: return ["ask for it again: that is a new operation"]
        case .filed: return ["nothing is open"]
        default: return ["wait: it is being worked on"]
        }
    }

    /// The cure of what was stopped for its API user.
    static func apiUser(_ operation: PortalOperation) -> String {
        "set its API user right; what was stopped for it goes on by itself: `portaldesk einvoice user set --gstin "
            + "\(operation.gstin) --provider \(operation.provider) --username NAME`"
    }

    private static func line(_ choice: OperationChoice, _ operation: PortalOperation) -> String {
        let id = operation.id.text
        let reason = choice.needsReason(in: operation.state) ? " --reason TEXT" : ""
        return switch choice {
        case .hurry: "look now whether the authority holds it: `portaldesk operation reconcile \(id)`"
        case .discard: "give it up: `portaldesk operation discard \(id)`"
        case .found:
            "say that it is there, with its number: `portaldesk operation settle \(id) --found-as NUMBER`"
        case .sendAgain:
            "say that it is not there, so that it is sent again: `portaldesk operation settle \(id) --not-there\(reason)`"
        case .giveUp: "give it up: `portaldesk operation settle \(id) --give-up\(reason)`"
        }
    }
}
