import Foundation
import Glibc
import Testing

extension Whole {
    /// A password is shown after a code that came by real mail: STARTTLS, AUTH, a checked certificate.
    @Suite("The reveal behind a mailed code")
    struct RevealFlowTests {
        /// A demo whose codes go to the mail server, and a login with the password that is stored for it.
        private static func with(
            _ body: @Sendable (Workplace, MailProcess, _ identity: String, _ password: String) async throws -> Void
        ) async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let mail = try await MailProcess.start(place)
                let login = try #require(try sandbox.accounts("gst", "success").first)
                try await body(
                    place, mail, try #require(login["identity"].text), try #require(login["password"].text))
            }
        }

        @Test("account reveal --otp-file sends the code first and then prints the password into the pipe")
        func command() async throws {
            try await Self.with { place, mail, identity, password in
                let fifo = place.folder + "/otp"
                #expect(mkfifo(fifo, 0o600) == 0)
                let commits = try Commits(place.home)
                let arguments = ["account", "reveal", "--portal", "gst", "--identity", identity, "--otp-file", fifo]
                let child = try place.start(arguments + ["--reason", "the client asked"])
                try await commits.wait(for: "the message") { try mail.message(1) != nil }
                let message = try #require(try mail.message(1))
                #expect(message["tls"] == .flag(true) && message["user"] == .text("desk"))
                #expect(message["to"] == .list([.text("demo@portaldesk.example")]))
                let code = try #require(try mail.code(1))
                #expect(message["subject"].text?.contains(code) == false)
                #expect(message["raw"].text?.contains(password) == false)
                await offPool {
                    let end = open(fifo, O_WRONLY | O_CLOEXEC)
                    _ = code.withCString { write(end, $0, strlen($0)) }
                    close(end)
                }
                let run = try await place.finish(child)
                #expect(run.status == 0 && run.output == password + "\n", "\(run.errors)")
                #expect(run.errors.contains("A code was sent to d•••@portaldesk.example"))
                // The code is used, and another is not sent at once.
                let again = try await place.run(arguments.dropLast() + ["-"], input: code + "\n")
                again.expectComplaint(75, "no code was sent")
            }
        }

        @Test("The eye in the Edit form: reason, code, the password, and masked again", arguments: DeskFlowTests.sizes)
        func desk(size: DeskFlowTests.Size) async throws {
            try await Self.with { place, mail, identity, password in
                let command = "exec \(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: size.columns, rows: size.rows, command) { terminal in
                    try await Self.askForCode(identity, terminal)
                    let code = try #require(try mail.code(1))
                    try await terminal.type(Self.wrong(code))
                    try await terminal.press("Enter")
                    try await terminal.wait("The code is not right")
                    try await terminal.type(code)
                    try await terminal.press("Enter")
                    let shown = try await terminal.wait(password, "◉ hide F2")
                    #expect(!shown.contains(code))
                    // The countdown moves.
                    try await terminal.wait(for: "fewer seconds") { screen in
                        (20...29).contains { screen.contains("· \($0) s") } && screen.contains(password)
                    }
                    try await terminal.press("Escape")
                    try await terminal.wait(for: "the mask") { $0.contains("kept unless") && !$0.contains(password) }
                    let history = try await terminal.tell("capture-pane", "-p", "-S", "-").output
                    #expect(!history.contains(password) && !history.contains(code))
                }
                let rows = try await place.run("audit", "list", "--subject", "gst/\(identity)", "--json").rows()
                #expect(
                    rows.map { "\($0["action"].text ?? "") \($0["outcome"].text ?? "")" } == [
                        "reveal.request done", "reveal.code sent", "reveal.code wrong", "reveal done",
                        "reveal.hide done",
                    ])
            }
        }

        @Test("A wrong code five times voids it: the right one comes too late")
        func void() async throws {
            try await Self.with { place, mail, identity, password in
                let command = "exec \(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await Self.askForCode(identity, terminal)
                    let code = try #require(try mail.code(1))
                    let commits = try Commits(place.home)
                    for count in 1...5 {
                        try await terminal.type(Self.wrong(code))
                        try await terminal.press("Enter")
                        try await commits.wait(for: "wrong code \(count)") {
                            try await place.run("audit", "list", "--action", "reveal.code", "--json").rows()
                                .count { $0["outcome"] == .text("wrong") } == count
                        }
                        try await terminal.wait("The code is not right")
                    }
                    try await terminal.type(code)
                    try await terminal.press("Enter")
                    let refused = try await terminal.wait("The reveal is locked for")
                    #expect(!refused.contains(password))
                }
            }
        }

        @Test("Without working mail nothing is revealed, and the form says why")
        func noMail() async throws {
            try await Self.with { place, _, identity, _ in
                let dead = "[mail]\ntransport = \"smtp\"\nurl = \"smtp://localhost:9\"\nstarttls = \"off\"\n"
                try Data(dead.utf8).write(to: URL(fileURLWithPath: place.home + "/config.toml"))
                let run = try await place.run(
                    "account", "reveal", "--portal", "gst", "--identity", identity, "--otp-file", "-", input: "1\n")
                run.expectComplaint(69, "no code could be sent, so nothing is revealed")
                let command = "exec \(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await Self.openReason(identity, terminal)
                    try await terminal.press("Enter")
                    try await terminal.wait("No code could be sent, so nothing is revealed")
                }
            }
        }

        private static func wrong(_ code: String) -> String { String(code.map { $0 == "9" ? "0" : "9" }) }

        private static func openReason(_ identity: String, _ terminal: Tmux) async throws {
            try await terminal.wait("Total 4,884 items")
            try await terminal.press("1")
            try await terminal.wait("View/Edit Business Credentials")
            try await terminal.press("/")
            try await terminal.type(identity)
            try await terminal.press("Enter")
            try await terminal.wait("Total 1 item")
            try await terminal.press("e")
            try await terminal.wait("kept unless", "◉ show F2")
            try await terminal.press("F2")
            try await terminal.wait("Reason")
            try await terminal.type("the client asked")
        }

        private static func askForCode(_ identity: String, _ terminal: Tmux) async throws {
            try await openReason(identity, terminal)
            try await terminal.press("Enter")
            try await terminal.wait("Sent to d•••@portaldesk.example", "valid for 4:")
        }
    }
}
