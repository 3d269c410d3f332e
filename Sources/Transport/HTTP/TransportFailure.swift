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
        /// A dead kept-alive connection; the request was not repeated because it may be sent only once.
        case repeatRefused
        case cancelled
        /// The client was shut down.
        case stopped
        case other
    }

    public var kind: Kind
    public var evidence: SendEvidence
    /// One line from libcurl or the system, without secrets.
    public var detail: String
    /// Status line of an answer that came, though not whole.
    public var status: Int?

    public init(_ kind: Kind, evidence: SendEvidence, detail: String = "", status: Int? = nil) {
        self.kind = kind
        self.evidence = evidence
        self.detail = detail
        self.status = status
    }
}
