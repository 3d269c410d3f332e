import Domain

/// What came of sending an action or of looking for it, already judged: the event that moves the operation on, and what
/// was seen, as evidence.
public struct ActionAnswer: Sendable, Hashable {
    public var event: OperationEvent
    /// Why, where it went wrong.
    public var cause: Cause?
    /// HTTP status; nil when no answer came.
    public var status: Int?
    /// The authority's own codes, all of them.
    public var codes: [String] = []
    /// The same in one text; nil for none.
    public var code: String? {
        get { AnswerCodes.text(codes) }
        set { codes = AnswerCodes.list(newValue) }
    }
    /// One line, free of control characters.
    public var message: String
    /// The authority's number of what was done.
    public var reference: String?
    /// The JSON that the authority gave, out of the wire's cryptography.
    public var result: [UInt8]?
    /// The answer's body as it came, with what was sealed for a session opened in its place; nil when none came.
    public var body: [UInt8]?
    public var retryAfter: Duration?
    /// Earliest moment of the next call, when our own limits held this one back.
    public var notBefore: Instant?
    /// Whether the answer says that an earlier attempt was carried out, so that looking at once is worth it.
    public var isTold = false
    /// The registration portal that holds it, as the one that was asked calls it.
    public var registrar: String?
    /// SHA-256 of the body as HTTP delivered it, hexadecimal; nil when none came.
    public var wireHash: String?
    /// The login that failed before the call could leave.
    public var login: FailedLogin?
    /// Whether nothing was done, and what stood in the way is out of it: the same once more, at once.
    public var isMended = false
    /// Whether a session ran out before anything was looked at: another one, and the same again.
    public var wantsSession = false

    public init(_ event: OperationEvent, message: String = "", cause: Cause? = nil) {
        self.event = event
        self.message = message
        self.cause = cause
    }
}
