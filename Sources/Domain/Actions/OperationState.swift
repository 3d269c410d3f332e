/// Where an action stands. Raw values are the names of the command line (facts: reliability 5.3).
public enum OperationState: String, CaseIterable, Sendable, Codable {
    /// May still be edited.
    case draft
    /// Its payload is frozen; fingerprint and idempotency key stand.
    case sealed
    /// Signed, or confirmed by who may.
    case approved
    case queued
    /// An attempt is durable; the request may be on its way.
    case intent
    /// The authority took it under a number and has not decided.
    case pending
    /// Done: the authority's number (IRN, ARN, e-way bill number) is ours.
    case filed
    /// The authority refused it for good; another try is another operation.
    case rejected
    /// It is certain that nothing reached the provider.
    case notSent = "not_sent"
    /// It may have reached the authority; only asking there tells.
    case unknown
    /// The authority is being asked.
    case reconciling
    /// The authority has said twice, and late enough, that it holds nothing of the kind.
    case resendOk = "resend_ok"
    /// The authority holds something else under our key.
    case conflict
    /// Nothing more happens by itself.
    case attention
    /// Given up: nothing was sent, or the authority does not hold it.
    case discarded

    /// A finished operation never changes again.
    public var isFinished: Bool { self == .filed || self == .rejected || self == .discarded }

    /// Whether the same asked for again is this one, and not another.
    public var stands: Bool { self != .rejected && self != .discarded }

    /// Whether only a person can help.
    public var needsPerson: Bool { self == .conflict || self == .attention }

    /// Whether the authority may hold it without our knowing.
    public var isInDoubt: Bool {
        switch self {
        case .intent, .unknown, .reconciling: true
        default: false
        }
    }

    /// The screen's word for it.
    public var title: String {
        switch self {
        case .draft: "Draft"
        case .sealed: "Sealed"
        case .approved: "Approved"
        case .queued: "Queued"
        case .intent: "Sending"
        case .pending: "Accepted, open"
        case .filed: "Done"
        case .rejected: "Rejected"
        case .notSent: "Not sent"
        case .unknown: "In doubt"
        case .reconciling: "Looking up"
        case .resendOk: "Not there"
        case .conflict: "Conflict"
        case .attention: "Attention"
        case .discarded: "Discarded"
        }
    }

    /// What it means for the user of the desk.
    public var meaning: String {
        switch self {
        case .draft: "It can still be changed. Nothing was sent."
        case .sealed: "Its content is frozen. Nothing was sent."
        case .approved: "It may leave as soon as it is queued. Nothing was sent."
        case .queued: "It waits for the worker. Nothing was sent, or the portal does not hold it."
        case .intent: "It is on its way now."
        case .pending: "The portal took it and has not decided yet."
        case .filed: "The portal confirmed it."
        case .rejected: "The portal refused it. What is wrong must be mended; that makes a new operation."
        case .notSent: "Nothing reached the portal. It is tried again by itself."
        case .unknown: "The portal may hold it. It is looked up before anything is sent again."
        case .reconciling: "The portal is being asked whether it holds it."
        case .resendOk: "The portal does not hold it, so it is sent again."
        case .conflict: "The portal holds something else under the same number. A person must decide."
        case .attention: "It does not go on by itself. A person must decide."
        case .discarded: "It was given up: nothing was sent, or the portal does not hold it."
        }
    }
}
