/// One call to a provider or a portal, as the audit trail tells it: hashes, lengths and harmless headers, never a body, a
/// token or a password.
public struct AuditCall: Hashable, Sendable {
    public var method: String
    public var host: String
    /// Path and query; values that may be secret are left out.
    public var route: String
    /// SHA-256 of the request's body in hexadecimal, `hmac:KEY:HEX` where the body holds a secret, empty for none.
    public var requestHash: String
    /// Bytes of the request's body.
    public var requestLength: Int
    /// What the trail shows of the header; the value of any other field is `redacted`.
    public var requestHeaders: [String: String]
    /// Counts the calls of a workspace from 1 without a gap, so that one whose record was taken away is missed; 0 until its
    /// intent is kept, nil in records of older programs.
    public var number: Int64?
    /// Whether the request's body was kept, sealed, when the call was put on record.
    public var isRequestKept = false
    /// nil when no answer came.
    public var answer: Answer?

    public struct Answer: Hashable, Sendable {
        /// Of HTTP.
        public var status: Int
        /// SHA-256 of the body in hexadecimal, `hmac:KEY:HEX` where it holds a secret, empty for none.
        public var hash: String
        /// Bytes of the body.
        public var length: Int
        public var headers: [String: String]
        /// Whether the body was kept, sealed.
        public var isKept = false

        public init(status: Int, hash: String, length: Int, headers: [String: String] = [:]) {
            self.status = status
            self.hash = hash
            self.length = length
            self.headers = headers
        }
    }

    public init(
        method: String, host: String, route: String, requestHash: String = "", requestLength: Int = 0,
        requestHeaders: [String: String] = [:], answer: Answer? = nil
    ) {
        self.method = method
        self.host = host
        self.route = route
        self.requestHash = requestHash
        self.requestLength = requestLength
        self.requestHeaders = requestHeaders
        self.answer = answer
    }
}

/// The two bodies of a call, which are kept apart from its record and sealed.
public enum AuditBodySide: Int, CaseIterable, Sendable {
    case request = 0
    case answer = 1
}

/// How a call ended, as the trail says it.
public enum AuditCallOutcome: String, CaseIterable, Sendable {
    /// A whole answer came, whatever it says.
    case answered
    /// No byte left.
    case notSent = "not_sent"
    /// It left, and no whole answer came.
    case lost
    /// The process ended before it could say.
    case unknown
}
