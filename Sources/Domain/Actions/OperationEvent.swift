/// What moves an action from one state to another.
public enum OperationEvent: String, CaseIterable, Sendable {
    case seal, approve, enqueue, discard
    /// The attempt's row is durable: from here on bytes may leave.
    case begin
    /// The authority confirmed, refused, or took it under a number.
    case confirmed, refused, acknowledged
    /// Proven: no byte reached the provider.
    case notSent = "not_sent"
    /// Anything else after the attempt began, a crash included.
    case lost
    case look
    /// The authority holds the same.
    case foundSame = "found_same"
    /// The authority holds the same, undecided.
    case foundOpen = "found_open"
    /// The authority holds something else, or the same in a state that is not ours.
    case foundOther = "found_other"
    /// A first "not there", or one that came too early to count.
    case notFoundYet = "not_found_yet"
    /// "Not there" twice, late enough after the last attempt.
    case notFound = "not_found"
    /// The question itself failed.
    case lookFailed = "look_failed"
    /// Budget, deadline or knowledge are exhausted.
    case giveUp = "give_up"
    /// A look back at the evidence: every request of it ended with the proof that nothing left.
    case neverSent = "never_sent"
    /// The same look back, and what stopped it is mended.
    case resumed
    /// A person has looked at the portal: it is there.
    case personFound = "person_found"
    /// A person has looked at the portal: it is not there.
    case personNotFound = "person_not_found"

    /// What it tells, for people.
    public var title: String {
        switch self {
        case .seal: "sealed"
        case .approve: "approved"
        case .enqueue: "queued"
        case .discard: "given up"
        case .begin: "begun"
        case .confirmed: "confirmed"
        case .refused: "refused"
        case .acknowledged: "taken under a number, not decided"
        case .notSent: "nothing left"
        case .lost: "no usable answer: in doubt"
        case .look: "being asked"
        case .foundSame: "it is there"
        case .foundOpen: "it is there, not decided"
        case .foundOther: "something else is there"
        case .notFoundYet: "not there yet"
        case .notFound: "not there"
        case .lookFailed: "could not be asked"
        case .giveUp: "not tried any more"
        case .neverSent: "nothing of it ever left"
        case .resumed: "nothing of it ever left; it goes on"
        case .personFound: "a person found it"
        case .personNotFound: "a person did not find it"
        }
    }

    /// Whether it proves that the authority holds nothing, so that sending again makes no second one.
    public var provesAbsence: Bool {
        switch self {
        case .notFound, .personNotFound, .notSent, .neverSent, .resumed: true
        default: false
        }
    }
}

extension OperationAttempt {
    /// What came of it, for people; nil as long as nothing did. A request that was turned away at the door did leave, and
    /// did nothing.
    public var outcome: String? {
        event == .notSent && status != nil ? "turned away, nothing was done" : event?.title
    }
}
