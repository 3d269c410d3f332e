import Domain

/// What an operation's requests came to so far, as far as its next step hangs on it. Read from the evidence, so that
/// nothing which is done to the operation meanwhile takes it away.
struct OperationHistory: Sendable, Hashable {
    /// Requests that may have left: all but those that are proven not to have.
    var sends = 0
    /// The authority's own code in answer to the newest request.
    var told: String?

    init(sends: Int = 0, told: String? = nil) {
        self.sends = sends
        self.told = told
    }

    init(_ attempts: [OperationAttempt]) {
        let requests = attempts.filter { $0.purpose == .send }
        sends = requests.count { $0.event != .notSent }
        told = requests.last?.code
    }
}
