import Secrets

public enum HTTPMethod: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

/// What a request carries. The copy that the transfer works on is wiped afterwards in either case.
///
/// libcurl keeps request bytes in send buffers of its own, which nobody can wipe; they are reused by later requests.
public enum HTTPBody: Sendable {
    case none
    case bytes([UInt8])
    case secret(SecretBytes)

    var count: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .secret(let secret): secret.count
        }
    }
}

/// One HTTP exchange. Redirects are never followed: secrets in headers would travel with them.
public struct HTTPRequest: Sendable {
    public var method: HTTPMethod
    /// Absolute `http:` or `https:` URL.
    public var url: String
    public var headers: HTTPHeaders
    public var body: HTTPBody
    /// No byte is sent or waited for past this moment; queueing, name look-up and TLS count.
    public var deadline: ContinuousClock.Instant
    /// Longest time for TCP, proxy and TLS together; never longer than what the deadline leaves.
    public var connectTimeout: Duration
    /// A longer answer is refused and its connection closed.
    public var maxResponseBytes: Int
    /// Whether the request may leave at most once. libcurl otherwise repeats it by itself when a kept-alive
    /// connection turns out to be dead.
    public var sendOnce: Bool
    /// Cookies are kept only in a jar that is given here.
    public var cookies: CookieJar?

    public init(
        _ method: HTTPMethod, url: String, headers: HTTPHeaders = [:], body: HTTPBody = .none,
        deadline: ContinuousClock.Instant, connectTimeout: Duration = .seconds(10),
        maxResponseBytes: Int = 16 << 20, sendOnce: Bool? = nil, cookies: CookieJar? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.connectTimeout = connectTimeout
        self.maxResponseBytes = maxResponseBytes
        self.sendOnce = sendOnce ?? (method == .post || method == .put || method == .delete)
        self.cookies = cookies
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// Method and URL without its query: headers, query and body may hold secrets.
    public var description: String { "\(method.rawValue) \(url.prefix { $0 != "?" && $0 != "#" })" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
