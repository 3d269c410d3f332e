import Secrets
import Testing

@testable import Transport

/// What the end of a delivery means, and what must never leave.
@Suite(.timeLimit(.minutes(20))) struct MailTests {
    private static let upToData: [FaultServer.Step] = [
        .write("220 fault\r\n"), .readLine, .write("250 fault\r\n"), .readLine, .write("250 OK\r\n"), .readLine,
        .write("250 OK\r\n"), .readLine, .write("354 Go on\r\n"),
    ]

    private func submission(_ server: FaultServer, byteCount: Int = 100) throws -> MailSubmission {
        var message = Array(repeating: UInt8(ascii: "x"), count: byteCount)
        for end in stride(from: 78, to: byteCount, by: 80) { message.replaceSubrange((end - 1)...end, with: [13, 10]) }
        return MailSubmission(
            server: try #require(MailServer("smtp://127.0.0.1:\(server.port)")), startTls: .off, greeting: "test",
            from: "desk@firm.example", to: "asha@firm.example", message: SecretBytes(consuming: &message),
            deadline: .now + .seconds(240))
    }

    /// libcurl ends a message where it stands when its handle is taken away.
    @Test func aMessageGivenUpHalfwayIsNeverEnded() async throws {
        try await FaultServer.with(Self.upToData + [.readLine, .wait, .readToEnd]) { server in
            // More than the sockets between the two can hold.
            let submission = try submission(server, byteCount: 48 << 20)
            let sending = Task { await MailClient.send(submission) }
            while !server.isWaiting, !Task.isCancelled { await Task.yield() }
            sending.cancel()
            #expect(await sending.value == .notSent(.cancelled, detail: "cancelled"))
            server.openGate()
            while server.requests.isEmpty, !Task.isCancelled { await Task.yield() }
            let tail = try #require(server.requests.first)
            #expect(tail.contains("xxx") && !tail.hasSuffix("\r\n.\r\n"))
        }
    }

    @Test func aServerThatAnswersAndThenIgnoresTheFarewellHasTakenTheMessage() async throws {
        let script = Self.upToData + [.readLine, .write("250 Taken\r\n"), .hold]
        try await FaultServer.with(script) { server in
            let submission = try submission(server)
            #expect(await MailClient.send(submission) == .accepted)
        }
    }

    @Test(arguments: [
        ("554-No\r\n554 thanks\r\n", 554, "No thanks", false), ("421 Going down\r\n", 421, "Going down", true),
    ])
    func aServerThatTurnsAwayAtTheDoorIsQuoted(greeting: String, code: Int, text: String, isTemporary: Bool)
        async throws
    {
        try await FaultServer.with([.write(greeting), .hold]) { server in
            let submission = try submission(server)
            let outcome = await MailClient.send(submission)
            #expect(outcome == .refused(MailReply(code: code, text: text)))
            #expect(MailReply(code: code, text: text).isTemporary == isTemporary)
        }
    }

    @Test func aServerThatEndsBeforeTheMessageWasGivenNothing() async throws {
        try await FaultServer.with([.write("220 fault\r\n"), .readLine]) { server in
            let submission = try submission(server)
            guard case .notSent(.connectionLost, _) = await MailClient.send(submission) else {
                Issue.record("the connection ended after the greeting")
                return
            }
        }
    }

    @Test(arguments: ["asha@firm.example>\r\nRCPT TO:<eve@evil.example", "a b@c", "", "ä@firm.example"])
    func anAddressThatBreaksACommandIsNotSent(to address: String) async throws {
        try await FaultServer.with([.hold]) { server in
            var submission = try submission(server)
            submission.to = address
            guard case .notSent(.invalidRequest, _) = await MailClient.send(submission) else {
                Issue.record("\(address) was accepted")
                return
            }
            #expect(server.connections == 0)
        }
    }

    @Test func aSubmissionPrintsNoSecret() {
        var bytes = Array("body-4711".utf8)
        let message = SecretBytes(consuming: &bytes)
        guard let server = MailServer("smtps://[::1]") else {
            Issue.record("a loopback address is a server")
            return
        }
        let login = MailSubmission.Login(user: "desk", password: SecretBytes(utf8: "secret-4711"))
        let submission = MailSubmission(
            server: server, startTls: .off, login: login, greeting: "test", from: "a@b", to: "c@d", message: message,
            deadline: .now)
        var dumped = "\(submission)"
        dump(submission, to: &dumped)
        #expect(!dumped.contains("4711"))
        #expect(server.port == 465 && server.isLoopback && server.description == "[::1]:465")
    }

    @Test(arguments: [
        "http://mail.example", "smtp://", "smtp://user:pass@mail.example", "smtp://mail.example/path",
        "mail.example:25",
        "smtp://mail.example:0", "smtp://mail.example:70000", "smtp://mail example", "smtp://[::1", "smtp://a:b:c",
    ])
    func whatIsNoMailServerIsRefused(url: String) { #expect(MailServer(url) == nil) }
}
