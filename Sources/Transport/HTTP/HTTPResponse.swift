/// A whole answer: status line, complete header and a body of the length that the header promised.
public struct HTTPResponse: Sendable {
    /// How the end of the body was known.
    public enum Framing: Sendable, Hashable {
        /// By Content-Length, by the last chunk, or because there is no body.
        case delimited
        /// By the end of the connection only, so that a cut body looks whole. Trust it only after parsing.
        case untilClose
    }

    public var status: Int
    public var headers: HTTPHeaders
    public var body: [UInt8]
    public var framing: Framing
    /// Seconds or date of `Retry-After`, as a wait from now; nil when absent.
    public var retryAfter: Duration?

    public init(
        status: Int, headers: HTTPHeaders, body: [UInt8], framing: Framing = .delimited, retryAfter: Duration? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.framing = framing
        self.retryAfter = retryAfter
    }

    public var isSuccess: Bool { (200...299).contains(status) }
}
