import Domain

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
