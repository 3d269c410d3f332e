import Foundation
import Testing

extension Whole {
    @Suite("The first start in a terminal")
    struct FirstRunFlowTests {
        @Test("A newcomer sets up a workspace by keys, reads the recovery code and is in the desk, logged in")
        func setsUp() async throws {
            try await Workplace.with { place in
                let command = "\(place.program); echo ended $?; exec cat"
                try await Tmux.with(place, columns: 80, rows: 24, command) { terminal in
                    try await terminal.wait("Welcome to PortalDesk", "Set up my own workspace", "Try the demo")
                    try await terminal.press("Enter")
                    try await terminal.wait("Your own workspace", "Provider file")
                    for text in ["asha", "asha@firm.example", "lotus under glass", "lotus under glasses"] {
                        try await terminal.type(text)
                        try await terminal.press("Tab")
                    }
                    try await terminal.press("Enter")
                    try await terminal.wait("the two passwords differ")
                    try await terminal.press("C-u")
                    try await terminal.type("lotus under glass")
                    try await terminal.press("Tab", "Enter")
                    let shown = try await terminal.wait("recovery code", "not shown again")
                    #expect(!shown.contains("lotus"))
                    try await terminal.type("w")
                    try await terminal.wait("Portal Integration", "Recent Sync Activity")
                    let who = try #require(try await place.run("whoami", "--json").rows().first)
                    #expect(who["user"] == .text("asha") || who["name"] == .text("asha"), "\(who)")
                    try await terminal.press("q")
                    try await terminal.wait("ended 0")
                }
                let everything = try await place.run("audit", "list", "--json").output
                #expect(!everything.contains("lotus"))
            }
        }

        @Test("The demo is a key away, and is made while one looks on")
        func demo() async throws {
            try await Workplace.with { place in
                try await Tmux.with(place, columns: 120, rows: 40, "exec \(place.program)") { terminal in
                    try await terminal.wait("Try the demo")
                    try await terminal.press("d")
                    try await terminal.wait("Total 4,884 items", "SANDBOX")
                }
            }
        }

        @Test("Leaving gives the terminal back and makes nothing")
        func leaves() async throws {
            try await Workplace.with { place in
                let report = try await Pty.run(place, [], [.until("Welcome"), .keys("q")])
                #expect(report.status == 0)
                report.expectRestored()
                #expect(!FileManager.default.fileExists(atPath: place.home))
                let ended = try await Pty.run(place, [], [.until("Welcome"), .signal(SIGTERM)])
                #expect(ended.status == 128 + Int(SIGTERM))
                ended.expectRestored()
            }
        }

        @Test("Without a terminal it is refused in one line")
        func refused() async throws {
            try await Workplace.with { place in
                try await place.run([]).expectComplaint(78)
                try FileManager.default.createDirectory(atPath: place.home, withIntermediateDirectories: true)
                try await place.run([]).expectComplaint(78)
            }
        }
    }
}
