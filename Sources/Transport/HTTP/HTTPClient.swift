/// Sends HTTP requests over one libcurl driver thread with kept-alive connections.
///
/// Nothing is loaded or started before the first request. HTTP/1.1 only: the reasoning about "sent once" needs it.
/// The proxy comes from the environment, as libcurl reads it; loopback is always reached directly.
public final class HTTPClient: Sendable {
    public struct Configuration: Sendable {
        public enum Proxy: Sendable, Hashable {
            /// `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
            case environment
            case direct
        }

        public var userAgent = "PortalDesk"
        public var proxy = Proxy.environment
        /// PEM file of trusted authorities; nil for those of the system.
        public var caFile: String?
        /// A larger request body is refused before anything is sent.
        public var maxRequestBytes = 64 << 20
        /// Idle connections kept for reuse.
        public var maxIdleConnections = 128

        public init() {}
    }

    private let driver: CurlDriver
    private let answering: (@Sendable (HTTPRequest) -> HTTPResponse)?

    private let witness: (any CallWitness)?

    /// - Parameter witness: without one, nobody sees what leaves.
    public init(configuration: Configuration = Configuration(), witness: (any CallWitness)? = nil) {
        driver = CurlDriver(configuration: configuration)
        answering = nil
        self.witness = witness
    }

    /// Answers at once in place of the network: only tests reach it, to try connectors with a million answers.
    init(answering: @escaping @Sendable (HTTPRequest) -> HTTPResponse) {
        driver = CurlDriver(configuration: Configuration())
        self.answering = answering
        witness = nil
    }

    deinit { driver.stop() }

    /// Sends `request` and returns its whole answer, whatever the status.
    ///
    /// - Throws: `TransportFailure`, of kind `cancelled` when the task was cancelled.
    public func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        if let answering { return answering(request) }
        guard let witness else { return try await transferred(request).get() }
        let mark = try await witness.leaves(request)
        let began = ContinuousClock.now
        let end = await transferred(request)
        witness.ended(mark, request, end, took: .now - began)
        return try end.get()
    }

    private func transferred(_ request: HTTPRequest) async -> Result<HTTPResponse, TransportFailure> {
        let transfer = CurlTransfer(request: request)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.continuation = continuation
                driver.submit(transfer)
            }
        } onCancel: {
            driver.cancel(transfer)
        }
    }

    /// A new, empty jar for the `cookies` of requests of this client.
    public func makeCookieJar() -> CookieJar { driver.makeJar() }
}
