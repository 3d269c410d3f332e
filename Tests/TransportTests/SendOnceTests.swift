import FlyingSocks
import Glibc
import Secrets
import Testing

@testable import Transport

/// Was it sent, and how often.
@Suite(.timeLimit(.minutes(20))) struct SendOnceTests {
    private static let kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// The server answers the first request on a connection, reads the second whole, and closes.
    private static let dead: [FaultServer.Step] = [.readRequest, .write(kept), .readRequest]
    private static let alive: [FaultServer.Step] = [.readRequest, .write(kept), .hold]

    @Test func aPostOnADeadKeptConnectionLeavesOnlyOnce() async throws {
        try await FaultServer.with(Self.dead, Self.alive) { server in
            let client = HTTPClient()
            _ = try await client.send(post(server.url))
            let failure = await failure { try await client.send(post(server.url)) }
            #expect(failure?.kind == .repeatRefused)
            #expect(failure?.words == "the connection ended before an answer; it was not sent again")
            #expect(failure?.evidence == .unknown)
            #expect(server.requests.count == 2)
        }
    }

    @Test func aReadOnADeadKeptConnectionIsRepeatedQuietly() async throws {
        try await FaultServer.with(Self.dead, Self.alive) { server in
            let client = HTTPClient()
            let read = HTTPRequest(.get, url: server.url, deadline: .now + .seconds(120))
            _ = try await client.send(read)
            let response = try await client.send(read)
            #expect(response.status == 200)
            #expect(server.requests.count == 3)
        }
    }

    @Test func aConnectionIsKeptForTheNextRequest() async throws {
        try await FaultServer.with([.readRequest, .write(Self.kept), .readRequest, .write(Self.kept), .hold]) {
            server in
            let client = HTTPClient()
            _ = try await client.send(post(server.url))
            _ = try await client.send(post(server.url))
            #expect(server.connections == 1)
        }
    }

    @Test func aClosedPortIsCertainlyNotSent() async throws {
        let socket = try Socket(domain: AF_INET)
        try socket.bind(to: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0))
        guard case .ip4(_, let port) = try socket.sockname() else { return }
        // Bound but not listening: nobody else can have the port, and connecting is refused.
        let failure = await failure { try await HTTPClient().send(post("http://127.0.0.1:\(port)/")) }
        #expect(failure?.kind == .connectFailed)
        #expect(failure?.evidence == .notSent)
        try socket.close()
    }

    @Test func aTlsHandshakeThatNobodyAnswersIsCertainlyNotSent() async throws {
        try await FaultServer.with([.hold]) { server in
            let url = "https://127.0.0.1:\(server.port)/"
            let failure = await failure { try await HTTPClient().send(post(url, patience: .milliseconds(150))) }
            #expect(failure?.kind == .timedOut)
            #expect(failure?.evidence == .notSent)
        }
    }

    @Test func aTlsHandshakeThatEndsIsCertainlyNotSent() async throws {
        try await FaultServer.with([.write("no TLS here\r\n")]) { server in
            let failure = await failure { try await HTTPClient().send(post("https://127.0.0.1:\(server.port)/")) }
            #expect(failure?.kind == .tlsFailed)
            #expect(failure?.evidence == .notSent)
        }
    }

    @Test func silenceUntilTheDeadlineIsUnknown() async throws {
        try await FaultServer.with([.readRequest, .hold]) { server in
            let failure = await failure { try await HTTPClient().send(post(server.url, patience: .milliseconds(150))) }
            #expect(failure?.kind == .timedOut)
            #expect(failure?.evidence == .unknown)
        }
    }

    @Test func aDeadlineThatHasPassedSendsNothing() async throws {
        try await FaultServer.with(Self.alive) { server in
            let failure = await failure { try await HTTPClient().send(post(server.url, patience: .zero)) }
            #expect(failure?.kind == .timedOut && failure?.evidence == .notSent)
            #expect(server.connections == 0)
        }
    }

    @Test(
        arguments: [
            "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1", "http://", "http://127.0.0.1/a b",
            "http://127.0.0.1/\r\nX: y",
        ])
    func anAddressThatIsNoHttpUrlIsRefused(url: String) async {
        let failure = await failure { try await HTTPClient().send(post(url)) }
        #expect(failure?.kind == .invalidRequest && failure?.evidence == .notSent)
    }

    @Test func aHeaderCannotSmuggleInAnother() async throws {
        try await FaultServer.with(Self.alive) { server in
            var request = post(server.url)
            request.headers["X-Name"] = "a\r\nX-Admin: yes"
            let failure = await failure { try await HTTPClient().send(request) }
            #expect(failure?.kind == .invalidRequest)
            #expect(server.connections == 0)
        }
    }

    @Test func aRequestBeyondTheLimitIsNotSent() async throws {
        try await FaultServer.with(Self.alive) { server in
            var configuration = HTTPClient.Configuration()
            configuration.maxRequestBytes = 1
            let failure = await failure { try await HTTPClient(configuration: configuration).send(post(server.url)) }
            #expect(failure?.kind == .requestTooLarge && failure?.evidence == .notSent)
        }
    }

    @Test func aSecretBodyArrivesWholeAndNoDescriptionHoldsIt() async throws {
        try await FaultServer.with(Self.alive) { server in
            var request = post(server.url + "path?token=Marker-1")
            request.body = .secret(SecretBytes(utf8: "Marker-2"))
            request.headers["Authorization"] = "Bearer Marker-3"
            _ = try await HTTPClient().send(request)
            #expect(server.requests.first?.hasSuffix("\r\n\r\nMarker-2") == true)
            #expect(!"\(request) \(String(reflecting: request)) \(dumped(request))".contains("Marker"))
        }
    }

    private func dumped(_ value: some Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }
}
