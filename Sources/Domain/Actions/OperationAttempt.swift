/// One exchange with an authority for an operation, as evidence: written before the request leaves, completed with what
/// came back. What came back late is completed too, whoever holds the operation by then.
public struct OperationAttempt: Hashable, Sendable {
    public enum Purpose: String, Sendable, CaseIterable {
        /// Asks the authority to do it.
        case send
        /// Asks the authority whether it was done.
        case look
        /// A login for the sake of one of them, which failed: neither left.
        case login

        /// The screen's word for it.
        public var title: String {
            switch self {
            case .send: "Request"
            case .look: "Question"
            case .login: "Login"
            }
        }
    }

    /// From 1 within its operation.
    public var number: Int
    public var purpose: Purpose
    public var provider: String
    /// The call, without identities.
    public var call: String
    public var beganAt: Instant
    /// After this moment the request cannot be on its way any more.
    public var deadline: Instant
    public var endedAt: Instant?
    /// SHA-256 of the request's body before any cryptography of the wire, hexadecimal.
    public var requestHash: String
    public var event: OperationEvent?
    public var status: Int?
    /// The authority's own code; several stand together as `AnswerCodes` writes them.
    public var code: String?
    public var message: String
    /// SHA-256 of the answer as it is kept: with what was sealed for a session opened in its place. Hexadecimal.
    public var answerHash: String?
    /// SHA-256 of the answer's body as HTTP delivered it, hexadecimal.
    public var wireHash: String?

    public init(
        number: Int, purpose: Purpose, provider: String, call: String, beganAt: Instant, deadline: Instant,
        endedAt: Instant? = nil, requestHash: String = "", event: OperationEvent? = nil, status: Int? = nil,
        code: String? = nil, message: String = "", answerHash: String? = nil, wireHash: String? = nil
    ) {
        self.number = number
        self.purpose = purpose
        self.provider = provider
        self.call = call
        self.beganAt = beganAt
        self.deadline = deadline
        self.endedAt = endedAt
        self.requestHash = requestHash
        self.event = event
        self.status = status
        self.code = code
        self.message = message
        self.answerHash = answerHash
        self.wireHash = wireHash
    }
}
