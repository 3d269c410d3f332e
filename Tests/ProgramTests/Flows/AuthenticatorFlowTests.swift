import Foundation
import Testing

extension Whole {
    @Suite("An authenticator in the desk")
    struct AuthenticatorFlowTests {
        @Test("The letters on the screen and the app's first code set it up; leaving without a code does not")
        func setsUp() async throws {
            try await Workplace.withDemo { place in
                let command = "exec \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    try await Self.open(terminal)
                    try await terminal.press("Escape")
                    try await terminal.wait(for: "the panel to go") { !$0.contains("Scan the picture") }
                    try await Self.open(terminal)
                    let screen = try await terminal.screen()
                    let letters = screen.matches(of: /([A-Z2-7]{4} ){3}[A-Z2-7]{4}/).map { String($0.output.0) }
                    #expect(letters.count == 2)
                    try await terminal.type(try await AuthenticatorApp.code(letters.joined(separator: " "), place))
                    try await terminal.press("Enter")
                    try await terminal.wait("The authenticator is set up")
                    let row = try #require(try await place.run("authenticator", "status", "--json").rows().first)
                    #expect(row["state"] == .text("set"))
                }
            }
        }

        private static func open(_ terminal: Tmux) async throws {
            try await terminal.type(":")
            try await terminal.type("authenticator")
            try await terminal.wait("set it up, or remove it")
            try await terminal.press("Enter")
            try await terminal.wait("Scan the picture", "Confirm")
        }
    }
}
