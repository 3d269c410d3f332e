/// What a person may do with an action where it stands: one list for desk and commands, read off the table of states.
public enum OperationChoice: String, CaseIterable, Sendable {
    /// The worker looks at it now instead of at its next time.
    case hurry
    /// Given up, for nothing of it is anywhere.
    case discard
    /// Somebody found it at the authority's own pages.
    case found
    /// Somebody did not find it there: it is sent again.
    case sendAgain = "send_again"
    /// Somebody decided that it is not done any more.
    case giveUp = "give_up"

    /// What stands with an action that a person gave up.
    public static let givenUp = "given up by a person"

    /// The events that carry it out; nil where the table has no such way.
    public func events(in state: OperationState) -> [OperationEvent]? {
        let ways: [[OperationEvent]] =
            switch self {
            case .hurry: [[.look], [.begin], [.enqueue]]
            // With a person only what never left is given up without a word on what stands at the authority.
            case .discard: [state == .attention ? [.neverSent] : [.discard]]
            case .found: [[.personFound]]
            case .sendAgain: state.needsPerson ? [[.personNotFound]] : []
            // What the authority holds instead stays there; where it holds nothing, that is the person's word.
            case .giveUp: state.needsPerson ? [[.refused], [.personNotFound, .discard]] : []
            }
        return ways.first { Self.isOpen($0, from: state) }
    }

    private static func isOpen(_ events: [OperationEvent], from state: OperationState) -> Bool {
        var state: OperationState? = state
        for event in events { state = state.flatMap { OperationTable.next($0, event) } }
        return state != nil
    }

    /// Whether the person has to say why: it goes against what the authority was seen to hold, or ends what may be there.
    public func needsReason(in state: OperationState) -> Bool {
        self == .giveUp || self == .sendAgain && state == .conflict
    }

    /// Why it cannot be done with this one, as a sentence; nil when it can.
    public func refusal(for operation: PortalOperation) -> String? {
        let state = operation.state
        let isOpen = events(in: state) != nil
        switch self {
        case .hurry:
            if state.isFinished { return "It is \(state.title.lowercased()): nothing is open" }
            return isOpen ? nil : "It is being worked on"
        case .discard: return isOpen ? nil : "It is \(state.title.lowercased()): it may be at the portal"
        case .found, .sendAgain, .giveUp:
            if isOpen { return nil }
            if state.isFinished { return "It is \(state.title.lowercased()): nothing is open" }
            return "It goes on by itself; a person is asked once the portal cannot tell"
        }
    }
}

extension PortalOperation {
    /// What a person may do with it where it stands. Of giving up and discarding only the one that fits its state. Of what
    /// never left nobody can have found anything.
    public var choices: [OperationChoice] {
        let open = OperationChoice.allCases.filter {
            $0.refusal(for: self) == nil && !(isUnsent && ($0 == .found || $0 == .sendAgain))
        }
        return open.contains(.giveUp) ? open.filter { $0 != .discard } : open
    }

    /// Stopped before anything of it left.
    public var isUnsent: Bool { awaitsApiUser && attempts == 0 }

    /// Ended by a person's word, not by the portal's.
    public var isGivenUp: Bool { state == .rejected && message.hasPrefix(OperationChoice.givenUp) }

    /// What its state means for the user of the desk.
    public var meaning: String {
        if isUnsent { return "Nothing was sent. It goes on by itself once its API user is set right." }
        return isGivenUp ? "A person gave it up; what the portal holds instead stays there." : state.meaning
    }

    /// Whether it was stopped for its API user, and goes on by itself when that is set right.
    public var awaitsApiUser: Bool { state == .attention && stoppedBy.map(Cause.mendedByApiUser.contains) == true }
}

extension Cause {
    /// What an API user set anew mends: none was there, or the authority refused the one before.
    public static let mendedByApiUser: Set<Cause> = [.wrongPassword, .locked, .notRegistered, .accountProblem]
}

extension PortalOperation {
    /// What is wrong with a number that somebody read at the authority's pages, as a sentence; nil when it can be this
    /// action's (facts: nic-einvoice-ewb 3.3, 4.8, 6).
    ///
    /// - Parameter text: an IRN in lower case, or the number of a bill.
    public func refusesReference(_ text: String) -> String? {
        let digits = text.utf8.allSatisfy { (48...57).contains($0) }
        switch kind {
        case .einvoiceGenerate, .einvoiceCancel:
            let isHash =
                text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            guard isHash else { return "an IRN has 64 hexadecimal digits" }
            guard let expectedReference, expectedReference != text else { return nil }
            return "the IRN of this document is \(expectedReference): another one is another document's"
        case .ewaybillConsolidate:
            return digits && text.utf8.count == 10 ? nil : "a consolidated bill's number has 10 digits"
        case .ewaybillGenerate, .ewaybillByIrn:
            return digits && text.utf8.count == 12 ? nil : "an e-way bill's number has 12 digits"
        case .ewaybillVehicle, .ewaybillExtend, .ewaybillTransporter, .ewaybillCancel:
            guard digits, text.utf8.count == 12 else { return "an e-way bill's number has 12 digits" }
            // Keys of changes begin with the bill that they are about.
            let parts = businessKey.split(separator: "/")
            guard parts.count > 2, parts[0] == "ewb", parts[1] != text else { return nil }
            return "it is about bill \(parts[1])"
        }
    }
}
