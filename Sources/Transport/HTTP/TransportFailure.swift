/// What is known about whether request bytes left this machine.
public enum SendEvidence: String, Sendable, Hashable {
    /// Certainly no byte of the request was sent: it is safe to repeat.
    case notSent
    /// Bytes may have left; whether they were acted upon is unknown.
    case unknown
    /// The server answered, but the answer is of no use (cut short, too large, garbled after its status line).
    case answered
}

/// Why there is no whole answer. Facts only; no URL query, header or body is ever in it.
public struct TransportFailure: Error, Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// libcurl is missing or too old; `detail` says which package to install.
        case libraryMissing
        /// The URL, a header or the size of the request is refused before anything is sent.
        case invalidRequest
        case requestTooLarge
        case nameNotFound
        case connectFailed
        case proxyRefused
        case tlsFailed
        case certificateRejected
        case timedOut
        /// The connection ended before an answer.
        case noAnswer
        /// The answer ended before the length that it promised, or in the middle of its header.
        case cutShort
        /// The answer is not HTTP.
        case garbled
        case responseTooLarge
        /// The connection ended before an answer; the request was not repeated because it may be sent only once.
        case repeatRefused
        case cancelled
        /// The client was shut down.
        case stopped
        /// The call could not be put on record, so it was not made.
        case unrecorded
        case other

        /// For people, where nobody said more.
        public var words: String {
            switch self {
            case .libraryMissing: "libcurl is missing"
            case .invalidRequest: "the request cannot be sent as it is"
            case .requestTooLarge: "the request is too large"
            case .nameNotFound: "the name of the host was not found"
            case .connectFailed: "no connection could be made"
            case .proxyRefused: "the proxy refused the connection"
            case .tlsFailed: "no secured connection could be made"
            case .certificateRejected: "the certificate of the host is not trusted"
            case .timedOut: "no answer came in the time allowed"
            case .noAnswer: "the connection ended before an answer"
            case .cutShort: "the answer was cut short"
            case .garbled: "the answer is not HTTP"
            case .responseTooLarge: "the answer is too large"
            case .repeatRefused: "the connection ended before an answer; it was not sent again"
            case .cancelled: "the call was cancelled"
            case .stopped: "the program ends"
            case .unrecorded: "the audit trail cannot be written"
            case .other: "the network failed"
            }
        }
    }

    public var kind: Kind
    public var evidence: SendEvidence
    /// One line from libcurl or the system, without secrets.
    public var detail: String
    /// Status line of an answer that came, though not whole.
    public var status: Int?

    /// For people: what happened, with what the system said of it where that helps to find the cause.
    public var words: String {
        switch kind {
        // libcurl speaks of its own callbacks here.
        case .noAnswer, .repeatRefused: kind.words
        case .libraryMissing, .invalidRequest, .requestTooLarge, .responseTooLarge:
            detail.isEmpty ? kind.words : detail
        default: detail.isEmpty ? kind.words : "\(kind.words) (\(detail))"
        }
    }

    public init(_ kind: Kind, evidence: SendEvidence, detail: String = "", status: Int? = nil) {
        self.kind = kind
        self.evidence = evidence
        self.detail = detail
        self.status = status
    }
}
