import Foundation
import Testing

extension Whole {
    /// A terminal that says what it can draw, and the captcha that it then gets.
    @Suite("Captchas in pixels")
    struct GraphicsFlowTests {
        private static let question = "\u{1B}_Gi=4711,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[c"
        private static let drawn = Pty.Step.until("4,885")
        private static let escape = Pty.Step.keys("\u{1B}")

        /// A demo in which a job waits for a captcha.
        private static func withCaptcha(_ body: @Sendable (Workplace) async throws -> Void) async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("income_tax", "captcha")
                let waiting = try await place.run(
                    "fetch", "--portal", "income_tax", "--identity", identity, "--wait", "--json")
                #expect(try waiting.rows().first?["status"] == .text("needs_input"))
                try await body(place)
            }
        }

        private static func desk(
            _ place: Workplace, changes: [String: String?] = [:], _ steps: [Pty.Step]
        ) async throws -> Pty {
            let start = [drawn, .keys("\u{1B}[20~")]
            let report = try await Pty.run(
                place, ["--home", place.home], changes: changes, start + steps + [.keys("q")])
            #expect(report.status == 0)
            return report
        }

        @Test("kitty: asked once, drawn, taken away under help and behind Esc, drawn again after Ctrl-L")
        func kitty() async throws {
            try await Self.withCaptcha { place in
                let report = try await Self.desk(
                    place,
                    [
                        .until(Self.question),
                        .keys("\u{1B}_Gi=47"), .keys("\u{1B}[200~57\u{1B}[201~"), .until("57"),
                        .keys("11;OK\u{1B}\\\u{1B}[?62;22c"), .until("a=T"), .keys("\u{7F}\u{7F}"),
                        .keys("\u{0C}"), .until("a=T"),
                        .keys("\u{1B}OP"), .until("a=d,d=I"), Self.escape, .until("a=T"),
                        // Had anything of the reply been typed, this would only empty the field.
                        Self.escape, .until("a=d,d=I"),
                    ])
                report.expectRestored()
                #expect(report.output.components(separatedBy: Self.question).count == 2)
                #expect(!report.output.contains("\u{1B}P"))
                let sent = report.output.components(separatedBy: "a=T").count
                let removed = report.output.components(separatedBy: "a=d").count
                #expect(sent == removed, "each that was sent is removed")
            }
        }

        @Test("sixel: drawn in whole cells where the terminal tells their size, gone when its rows are painted anew")
        func sixel() async throws {
            try await Self.withCaptcha { place in
                let report = try await Self.desk(
                    place,
                    [
                        .pixels(800, 480), .until(Self.question), .keys("\u{1B}[?62;4;22c"),
                        .until("\u{1B}P0;1;0q"), Self.escape, .until("Recent"),
                    ])
                let size = try #require(report.output.firstMatch(of: /q"1;1;(\d+);(\d+)/))
                #expect(Int(size.1).map { $0 % 10 } == 0 && Int(size.2).map { $0 % 20 } == 0)
                let unsized = try await Self.desk(
                    place,
                    [
                        .until(Self.question), .keys("\u{1B}[?62;4;22c\u{1B}OP"), .until("Keys"),
                        .keys("\u{1B}\u{1B}"), .until("Recent"),
                    ])
                #expect(!unsized.output.contains("\u{1B}P"))
            }
        }

        @Test("A terminal that never answers keeps its half blocks, and Esc leaves all the same")
        func silent() async throws {
            try await Self.withCaptcha { place in
                let report = try await Self.desk(
                    place, [.until(Self.question), Self.escape, .until("Recent")])
                report.expectRestored()
                #expect(!report.output.contains("a=T") && !report.output.contains("\u{1B}P"))
                #expect(report.output.contains("▀"))
            }
        }

        @Test("Nothing is asked where it may not be, and a setting needs no answer")
        func settings() async throws {
            try await Self.withCaptcha { place in
                let quiet: [Pty.Step] = [.until("digits"), Self.escape, .until("Recent")]
                for changes in [
                    ["TERM": "linux"], ["NO_COLOR": "1"], ["LC_ALL": "C"], ["TMUX": "/tmp/tmux,1,0"],
                    ["TERM": "screen-256color"],
                ] {
                    let report = try await Self.desk(place, changes: changes, quiet)
                    #expect(!report.output.contains("\u{1B}_G") && !report.output.contains("\u{1B}[c"), "\(changes)")
                }
                let file = place.home + "/config.toml"
                let standing = place.text(of: file)
                func choose(_ way: String) throws {
                    let text = standing.replacingOccurrences(of: "pictures = \"auto\"", with: "pictures = \"\(way)\"")
                    #expect(text != standing)
                    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                }
                try choose("blocks")
                let blocks = try await Self.desk(place, quiet)
                #expect(!blocks.output.contains("\u{1B}_G"))
                try choose("kitty")
                let unasked = try await Self.desk(place, [.until("a=T"), Self.escape, .until("a=d,d=I")])
                #expect(!unasked.output.contains("a=q"))
            }
        }
    }
}
