import Foundation
import Testing

extension Whole {
    /// What only a connector that enters TRACES itself can do, in a demo, by keys alone.
    @Suite("Files asked of TRACES in a demo")
    struct TracesFlowTests {
        @Test("One TAN of the demo is fetched with a captcha and asks for a justification report")
        func asks() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let tan = try #require(try sandbox.accounts("traces", "success").last?["identity"].text)
                let command = "exec \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    try await terminal.press("3", "/")
                    try await terminal.type(tan)
                    try await terminal.press("Enter")
                    try await terminal.wait("filter: \(tan)", "Total 1 item", "authority of")
                    try await terminal.press("f")
                    try await terminal.wait("? 1 need input")
                    try await terminal.press("F9")
                    try await terminal.wait("Type the letters", "the last captcha in `portaldesk sandbox")
                    let captcha = try await place.run("sandbox", "ledger", "--json").rows().last
                    try await terminal.type(try #require(captcha?["key"].text))
                    try await terminal.press("Enter")
                    try await terminal.wait("No job waits for a person")
                    try await terminal.press("F7")
                    try await terminal.wait("Notices & Orders   filter")
                    try await terminal.press("/")
                    try await terminal.type("\(tan) default")
                    try await terminal.press("Enter")
                    try await terminal.wait(for: "its default summaries alone") {
                        $0.contains("filter: \(tan) default") && $0.contains("To reply") && !$0.contains("Income Tax")
                    }
                    try await terminal.press("J")
                    try await terminal.wait("Ask TRACES for a file", "justification report", "Challan")
                    try await terminal.press("Enter")
                    try await terminal.press("Enter")
                    try await terminal.wait("asks TRACES for it")
                    try await terminal.press("M-r")
                    try await terminal.wait("Files asked of TRACES", tan, "✓ Asked")
                }
            }
        }
    }
}
