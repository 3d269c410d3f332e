import Domain
import Store

/// What an operation's requests came to so far, as far as its next step hangs on it. Read from the evidence, so that
/// nothing which is done to the operation meanwhile takes it away.
struct OperationHistory: Sendable, Hashable {
    /// Requests that may have left: all but those that are proven not to have.
    var sends = 0
    /// The authority's own codes in answer to the newest request, where that may have left.
    var told: [String] = []
    /// Those of the newest request, where it is certain that nothing was looked at.
    var toldUnsent: [String] = []

    init(sends: Int = 0, told: [String] = [], toldUnsent: [String] = []) {
        self.sends = sends
        self.told = told
        self.toldUnsent = toldUnsent
    }

    init(_ attempts: [OperationAttempt]) {
        let requests = attempts.filter { $0.purpose == .send }
        sends = requests.count { $0.event != .notSent }
        guard let last = requests.last else { return }
        if last.event == .notSent { toldUnsent = last.codes } else { told = last.codes }
    }
}

extension [OperationAttempt] {
    /// The failure of the provider after which the same is asked again now; nil where it is no retry. What it answered in
    /// its own words was no failure, and a first question after a request that was lost is none of the same.
    ///
    /// - Parameter held: its failures in a row are of the provider alone: our own limits add none.
    func retried(_ purpose: OperationAttempt.Purpose, _ held: HeldOperation) -> OperationAttempt? {
        let other: OperationAttempt.Purpose = purpose == .send ? .look : .send
        guard let last = last(where: { $0.purpose != other }), last.isProvidersFailure else { return nil }
        return held.failures > 0 || last.event == .lost ? last : nil
    }
}

extension OperationAttempt {
    fileprivate var isProvidersFailure: Bool {
        guard codes.isEmpty, let event, event == .lost || event.isWithoutAnswer || purpose == .login else {
            return false
        }
        return status.map { $0 >= 500 || $0 == 429 } ?? true
    }

    /// What a retry after it costs hangs on that (facts: reliability 1.4).
    var cause: Cause { endedAt.map { $0 >= deadline } ?? true ? .portalTimeout : .portalDown }
}

extension OperationEvent {
    fileprivate var isWithoutAnswer: Bool { self == .notSent || self == .lookFailed }
}
