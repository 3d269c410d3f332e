import Testing

@testable import Transport

/// What counts as an answer, and what each way of not answering is called.
@Suite(.timeLimit(.minutes(20))) struct AnswerTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: a\r\n\r\nhello"

    @Test func aWholeAnswerComesWithStatusHeadersAndBody() async throws {
        try await FaultServer.with([.readRequest, .write(Self.answer)]) { server in
            let response = try await HTTPClient().send(post(server.url))
            #expect(response.status == 200)
            #expect(response.headers["x-one"] == "a")
            #expect(response.body == Array("hello".utf8))
            #expect(response.framing == .delimited)
            #expect(server.requests.first?.hasSuffix("\r\n\r\n{}") == true)
        }
    }

    @Test func aHeaderThatDripsByteByByteIsStillAnAnswer() async throws {
        try await FaultServer.with([.readRequest, .drip(Self.answer)]) { server in
            let response = try await HTTPClient().send(post(server.url))
            #expect(response.body.count == 5)
        }
    }

    @Test(
        arguments: [
            ("closed unanswered", [FaultServer.Step.readRequest], TransportFailure.Kind.noAnswer, SendEvidence.unknown),
            ("closed at once", [], .noAnswer, .unknown),
            ("reset after the request", [.readRequest, .reset], .noAnswer, .unknown),
            ("cut in the header", [.readRequest, .write("HTTP/1.1 200 OK\r\nContent-Le")], .cutShort, .answered),
            ("cut before the empty line", [.readRequest, .write("HTTP/1.1 200 OK\r\nA: b\r\n")], .cutShort, .answered),
            (
                "cut in the body", [.readRequest, .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhell")],
                .cutShort, .answered
            ),
            (
                "cut in a chunk",
                [.readRequest, .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhell")],
                .cutShort, .answered
            ),
            ("garbage", [.readRequest, .write("SSH-2.0-nothing\r\n\r\n")], .garbled, .unknown),
            (
                "reset in the body",
                [.readRequest, .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhell"), .reset], .cutShort,
                .answered
            ),
        ])
    func noWholeAnswerIsNoAnswer(
        name: String, script: [FaultServer.Step], kind: TransportFailure.Kind, evidence: SendEvidence
    ) async throws {
        try await FaultServer.with(script) { server in
            let failure = await failure { try await HTTPClient().send(post(server.url)) }
            #expect(failure?.kind == kind, "\(name): \(String(describing: failure))")
            #expect(failure?.evidence == evidence, "\(name)")
        }
    }

    @Test func aBodyThatEndsWithItsConnectionIsMarkedAsPossiblyCut() async throws {
        try await FaultServer.with([.readRequest, .write("HTTP/1.1 200 OK\r\n\r\nhello")]) { server in
            let response = try await HTTPClient().send(post(server.url))
            #expect(response.framing == .untilClose)
        }
    }

    @Test(arguments: ["Content-Length: 50", "Transfer-Encoding: chunked"])
    func anAnswerBeyondTheLimitIsRefused(framing: String) async throws {
        let body =
            framing.hasPrefix("C")
            ? String(repeating: "x", count: 50) : "32\r\n\(String(repeating: "x", count: 50))\r\n0\r\n\r\n"
        try await FaultServer.with([.readRequest, .write("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n\(body)")]) { server in
            var request = post(server.url)
            request.maxResponseBytes = 20
            let failure = await failure { try await HTTPClient().send(request) }
            #expect(failure?.kind == .responseTooLarge)
            #expect(failure?.evidence == .answered)
        }
    }

    @Test func aRedirectIsNotFollowedSoThatSecretsStayHere() async throws {
        let redirect = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        try await FaultServer.with([.readRequest, .write(redirect)]) { server in
            let response = try await HTTPClient().send(post(server.url))
            #expect(response.status == 302)
            #expect(server.connections == 1)
        }
    }

    @Test(arguments: [("17", Duration.seconds(17)), ("0", nil), ("-3", nil), ("soon", nil)])
    func retryAfterIsReadAndNonsenseIgnored(text: String, expected: Duration?) async throws {
        let answer = "HTTP/1.1 429 Slow\r\nRetry-After: \(text)\r\nContent-Length: 0\r\n\r\n"
        try await FaultServer.with([.readRequest, .write(answer)]) { server in
            let response = try await HTTPClient().send(post(server.url))
            #expect(response.retryAfter == expected)
        }
    }

    @Test func anInterimAnswerIsNotTakenForTheFinalOne() async throws {
        try await FaultServer.with([
            .readRequest, .write("HTTP/1.1 103 Early Hints\r\nX-One: no\r\n\r\n" + Self.answer),
        ]) { server in
            let response = try await HTTPClient().send(post(server.url))
            #expect(response.status == 200)
            #expect(response.headers["X-One"] == "a")
        }
    }
}

/// Patient by default: beside five hundred other tests on two cores an answer may take its time.
func post(_ url: String, patience: Duration = .seconds(120)) -> HTTPRequest {
    HTTPRequest(
        .post, url: url, headers: ["Content-Type": "application/json"], body: .bytes(Array("{}".utf8)),
        deadline: .now + patience, connectTimeout: .seconds(60))
}

/// The failure that `body` ends with; nil when it ends well.
func failure<Result>(_ body: () async throws -> Result) async -> TransportFailure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TransportFailure
    }
}
