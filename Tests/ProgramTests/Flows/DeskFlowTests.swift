import Foundation
import Testing

extension Whole {
    /// The journeys of the first issue by keys alone. A dump of each screen is kept under Screens/.
    @Suite("The desk in a terminal")
    struct DeskFlowTests {
        struct Size: Sendable, CustomTestStringConvertible {
            let columns, rows: Int
            var testDescription: String { "\(columns)x\(rows)" }
            var isNarrow: Bool { columns < 100 }
        }

        static let sizes = [Size(columns: 120, rows: 40), Size(columns: 80, rows: 24)]

        private static func withDesk(
            _ size: Size, _ body: @Sendable (Workplace, SandboxProcess, Tmux) async throws -> Void
        ) async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let command = "exec \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: size.columns, rows: size.rows, command) { terminal in
                    try await body(place, sandbox, terminal)
                }
            }
        }

        @Test("The demo opens with three cards, 4,884 items and a page of 20 rows", arguments: sizes)
        func opens(size: Size) async throws {
            try await Self.withDesk(size) { _, _, terminal in
                try await Golden.expect(
                    "main", terminal, "Total 4,884 items", "GST Portal", "Income Tax Portal", "TRACES", "1–20")
                // At 24 lines the page is longer than the screen: it scrolls, and the page stays one of 20.
                try await terminal.press("End")
                let end = try await terminal.wait(for: "row 20") { screen in
                    screen.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("20 ") }
                }
                #expect(end.contains("1–20"))
                try await terminal.press("]")
                let next = try await terminal.wait("21–40")
                #expect(next.contains("Total 4,884 items"))
            }
        }

        @Test("One command from nothing builds the demo, opens the desk on it and answers keys")
        func fromNothing() async throws {
            try await Workplace.with { place in
                let command = "exec \(place.program) demo --home \(place.folder)/new"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    try await terminal.press("]")
                    try await terminal.wait("21–40")
                }
            }
        }

        @Test("Configure, Edit, Submit: a wrong password becomes Verified", arguments: sizes)
        func verifies(size: Size) async throws {
            try await Self.withDesk(size) { _, sandbox, terminal in
                let login = try #require(try sandbox.accounts("gst", "wrong_password").first)
                let identity = try #require(login["identity"].text)
                try await terminal.wait("Total 4,884 items")
                try await terminal.press("1")
                try await Golden.expect("configure", terminal, "View/Edit Business Credentials", "71 verified")
                try await terminal.press("/")
                try await terminal.type(identity)
                try await terminal.press("Enter")
                try await terminal.wait("Not Verified", "filter: \(identity)", "Total 1 item")
                try await terminal.press("e")
                try await Golden.expect("edit", terminal, "Submit", "kept unless", "Not Verified on")
                try await terminal.press("Tab")
                try await terminal.type(try #require(login["password"].text))
                let typed = try await terminal.wait("••••")
                #expect(!typed.contains(try #require(login["password"].text)))
                try await terminal.press("Enter")
                try await terminal.wait("Verified", "GST Portal accepted \(identity)")
                try await terminal.wait(for: "the toast to go") { !$0.contains("accepted") }
                try await Golden.expect("verified", terminal, "✓ Verified", "1 verified · 0 need attention")
            }
        }

        @Test(
            "Fetch Data: Triggered Successfully, the job ends Done, its notices stand in Notices & Orders",
            arguments: sizes)
        func fetches(size: Size) async throws {
            try await Self.withDesk(size) { place, sandbox, terminal in
                // Nothing was ever fetched from TRACES in the demo, so what is found is new.
                let identity = try sandbox.identity("traces", "success")
                try await terminal.wait("Total 4,884 items")
                try await terminal.press("3", "/")
                try await terminal.type(identity)
                try await terminal.press("Enter")
                try await terminal.wait("Total 1 item")
                try await terminal.press("Enter")
                try await Golden.expect("actions", terminal, "Edit", "Fetch Data", "Verify", "Notices & Orders")
                try await terminal.press("Down", "Enter")
                try await Golden.expect(
                    "triggered", terminal, lines: (size.rows - 5)..<(size.rows - 2), "Triggered Successfully")
                try await terminal.press("Escape", "Escape", "Escape")
                try await terminal.wait(for: "the job's row") { screen in
                    screen.split(separator: "\n").contains { $0.contains(identity) && $0.contains("✓ Done") }
                }
                try await terminal.wait(for: "the toast to go") { !$0.contains("Triggered") }
                try await Golden.expect("fetched", terminal, "Total 4,885 items", identity)
                let who = ["notice", "list", "--portal", "traces", "--identity", identity, "--json"]
                let rows = try await place.run(who).rows()
                // A narrow screen cuts a reference inside and shows its end.
                let reference = String(try #require(rows.first?["reference"].text).suffix(9))
                try await terminal.press("3", "/")
                try await terminal.type(identity)
                try await terminal.press("Enter")
                try await terminal.wait("Total 1 item", "✓ Verified")
                try await terminal.press("N")
                try await Golden.expect("notices", terminal, "Notices & Orders", reference, "Total \(rows.count) item")
                try await terminal.press("Enter")
                try await Golden.expect("notice", terminal, reference, "State ", "Documents")
            }
        }

        @Test("A failing identity: Failed, the eye, its log", arguments: sizes)
        func fails(size: Size) async throws {
            try await Self.withDesk(size) { _, sandbox, terminal in
                let identity = try sandbox.identity("traces", "not_registered")
                try await terminal.wait("Total 4,884 items")
                try await terminal.press("3", "/")
                try await terminal.type(identity)
                try await terminal.press("Enter")
                try await terminal.wait("Total 1 item")
                try await terminal.press("f")
                try await terminal.wait("Triggered Successfully")
                try await terminal.press("Escape", "Escape")
                try await terminal.wait(for: "the failed row") { screen in
                    screen.split(separator: "\n").contains { $0.contains(identity) && $0.contains("✗ Failed") }
                }
                try await terminal.wait(for: "the toast to go") { !$0.contains("Triggered") }
                try await terminal.press("Home")
                try await Golden.expect("failed", terminal, "✗ Failed", "Total 4,885 items")
                try await terminal.press("l")
                try await Golden.expect("log", terminal, "EF00035", identity)
                try await terminal.press("Escape")
                try await terminal.wait("Total 4,885 items")
            }
        }
    }
}
