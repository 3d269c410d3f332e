import Testing

@testable import Transport

/// The driver under many requests, cancels and ends.
@Suite(.timeLimit(.minutes(20))) struct DriverTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test func manyRequestsAtOnceAllComeBack() async throws {
        let script = Array(repeating: [FaultServer.Step.readRequest, .write(Self.ok)], count: 50).flatMap { $0 }
        try await FaultServer.with(script) { server in
            let client = HTTPClient()
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 { group.addTask { try await client.send(post(server.url)).status } }
                var count = 0
                for try await status in group where status == 200 { count += 1 }
                return count
            }
            #expect(count == 40)
            #expect(server.requests.count == 40)
        }
    }

    @Test func aCancelledTaskEndsItsRequestAndOthersGoOn() async throws {
        try await FaultServer.with([.readRequest, .hold], [.readRequest, .write(Self.ok)]) { server in
            let client = HTTPClient()
            let silent = Task { await failure { try await client.send(post(server.url)) } }
            while server.requests.isEmpty { await Task.yield() }
            silent.cancel()
            let ended = await silent.value
            #expect(ended?.kind == .cancelled)
            #expect(ended?.evidence == .unknown)
            let response = try await client.send(post(server.url))
            #expect(response.status == 200)
        }
    }

    @Test func aTaskThatIsCancelledBeforeItsRequestSendsNothing() async throws {
        try await FaultServer.with([.readRequest, .write(Self.ok)]) { server in
            let client = HTTPClient()
            let url = server.url
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await failure { try await client.send(post(url)) }
            }
            let ended = await task.value
            #expect(ended?.kind == .cancelled && ended?.evidence == .notSent)
            #expect(server.connections == 0)
        }
    }

    @Test func twoJarsNeverSeeEachOthersCookies() async throws {
        let first = "HTTP/1.1 200 OK\r\nSet-Cookie: session=one\r\nContent-Length: 0\r\n\r\n"
        let script =
            [FaultServer.Step.readRequest, .write(first)]
            + Array(repeating: [.readRequest, .write(Self.ok)], count: 4).flatMap { $0 }
        try await FaultServer.with(script) { server in
            let client = HTTPClient()
            let jar = client.makeCookieJar()
            func send(_ jar: CookieJar?) async throws {
                var request = post(server.url)
                request.cookies = jar
                _ = try await client.send(request)
            }
            try await send(jar)
            try await send(client.makeCookieJar())
            try await send(nil)
            try await send(jar)
            let cookies = server.requests.map { $0.contains("Cookie: session=one") }
            #expect(cookies == [false, false, false, true])
        }
    }
}

@Suite(.timeLimit(.minutes(20))) struct URLHeadTests {
    @Test(arguments: [
        "http://127.0.0.1:80/x", "https://localhost/", "http://[::1]:5/", "HTTP://LOCALHOST", "http://127.9.9.9",
    ])
    func loopbackIsRecognised(url: String) { #expect(URLHead(url)?.isLoopback == true) }

    @Test(arguments: [
        "http://127.0.0.1.evil.example/", "http://127.0.0.1@evil.example/", "https://10.0.0.1/",
        "http://localhost.example",
    ])
    func whatOnlyLooksLikeLoopbackIsNot(url: String) { #expect(URLHead(url)?.isLoopback == false) }
}
