import Foundation
import Testing

extension Whole {
    /// A captcha on its way from the portal to a person and back, by keys alone.
    @Suite("Captchas in the desk")
    struct RelayFlowTests {
        /// A demo's desk, and one job that waits for a captcha; `settings` are those of the terminal.
        private static func withQuestion(
            _ size: DeskFlowTests.Size, _ settings: String,
            _ body: @Sendable (Workplace, Tmux, _ identity: String, _ answer: String) async throws -> Void
        ) async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let account = try #require(try sandbox.accounts("income_tax", "captcha").first)
                let identity = try #require(account["identity"].text)
                let answer = try #require(account["otp"].text)
                let command = "exec env \(settings) \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: size.columns, rows: size.rows, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    try await place.run("fetch", "--portal", "income_tax", "--identity", identity).expectStatus(0)
                    try await terminal.wait(size.isNarrow ? "? 1" : "? 1 need input", "F9 answer")
                    try await terminal.press("F9")
                    try await terminal.wait("Type the digits of the image", identity)
                    try await body(place, terminal, identity, answer)
                }
            }
        }

        @Test(
            "The captcha is drawn, its answer typed below, and the job ends Done; nothing typed is logged",
            arguments: DeskFlowTests.sizes)
        func answers(size: DeskFlowTests.Size) async throws {
            try await Self.withQuestion(size, "NO_COLOR=1") { place, terminal, identity, answer in
                try await Golden.expect(
                    "relay", terminal, "Captcha · Income Tax", "time left", "█",
                    "it is the otp in the workspace's sandbox/profiles/accounts.jsonl")
                try await terminal.press("F4")
                try await terminal.wait("Another picture would be")
                try await terminal.type(answer)
                try await terminal.wait("Answer  \(answer)")
                try await terminal.press("Enter")
                try await terminal.wait("No job waits for a person")
                try await terminal.press("Escape")
                try await terminal.wait(for: "the job's row") { screen in
                    screen.split(separator: "\n").contains { $0.contains(identity) && $0.contains("✓ Done") }
                }
                let log = place.text(of: place.home + "/log/worker.log")
                let audit = try await place.run("audit", "list", "--json").output
                #expect(!log.contains(answer) && !audit.contains(answer))
            }
        }

        @Test("Colours give half blocks; a terminal of ASCII alone gets plain signs")
        func terminals() async throws {
            let size = DeskFlowTests.sizes[0]
            try await Self.withQuestion(size, "TERM=xterm-256color") { _, terminal, _, _ in
                try await terminal.wait("▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀")
                let bytes = String(decoding: await terminal.everything(), as: UTF8.self)
                #expect(bytes.contains("38;5;") && bytes.contains("48;5;"))
            }
            try await Self.withQuestion(size, "LANG=C LC_ALL=C") { _, terminal, _, _ in
                let screen = try await terminal.wait("::::::::::", "##")
                #expect(!screen.unicodeScalars.contains { !$0.isASCII })
            }
        }
    }
}
