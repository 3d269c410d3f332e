/// What became of a message that was given to a mail server.
public enum MailOutcome: Sendable, Hashable {
    /// The server took it over.
    case accepted
    /// The server said no, and will not deliver it.
    case refused(MailReply)
    /// The message was certainly not taken over: its end was never sent. `detail` is one line without secrets of ours; a
    /// server's own words in it may hold anything.
    case notSent(Reason, detail: String)
    /// All of it was sent and no answer came back: it may be delivered or not.
    case unknown(detail: String)

    public enum Reason: String, Sendable, Hashable {
        case libraryMissing
        /// An address or the login cannot be put into a command.
        case invalidRequest
        case nameNotFound
        case cannotConnect
        case timedOut
        case connectionLost
        /// TLS was required and not offered, or the offer was taken back.
        case noStartTls
        case tlsFailed
        case certificateRejected
        case caFileUnusable
        /// The server refused user or password, or offers no way to log in that is known here.
        case loginRefused
        case cancelled
        case other
    }
}

/// A server's answer (RFC 5321 section 4.2).
public struct MailReply: Sendable, Hashable {
    public var code: Int
    /// Its words without the code, lines joined by blanks. A server's words may hold anything.
    public var text: String

    public init(code: Int, text: String) {
        self.code = code
        self.text = text
    }

    /// 4yz: the same message may be taken later.
    public var isTemporary: Bool { (400..<500).contains(code) }
}
