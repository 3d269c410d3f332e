import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("The terminal is given back as it was")
    struct RestoreTests {
        private static let drawn = Pty.Step.until("4,884")

        @Test("after q")
        func quit() async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(place, ["--home", place.home], [Self.drawn, .keys("q")])
                #expect(report.status == 0)
                #expect(report.during != report.before)
                report.expectRestored()
            }
        }

        @Test("after a signal that asks it to end", arguments: [SIGTERM, SIGINT, SIGQUIT, SIGHUP])
        func asked(number: Int32) async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(place, ["--home", place.home], [Self.drawn, .signal(number)])
                #expect(report.status == Int(128 + number))
                report.expectRestored()
            }
        }

        @Test("after a crash, with one line that says so", arguments: [SIGSEGV, SIGILL, SIGABRT, SIGTRAP])
        func crash(number: Int32) async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(place, ["--home", place.home], [Self.drawn, .signal(number)])
                #expect(report.status == -Int(number))
                report.expectRestored()
                let rest = try #require(report.afterLeaving)
                #expect(rest.contains("PortalDesk crashed"))
                #expect(!rest.contains("Thread 0"), "a backtrace may print memory")
            }
        }

        @Test("A terminal that goes away ends the desk")
        func hangup() async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(place, ["--home", place.home], [Self.drawn, .hangup])
                #expect(report.status == 129)
            }
        }

        @Test("On a terminal without a screen of our own nothing of the desk is left under the shell's prompt")
        func noAlternateScreen() async throws {
            try await Workplace.withDemo { place in
                let shell = "exec env TERM=linux PS1='ready$ ' bash --norc --noprofile -i"
                try await Tmux.with(place, columns: 80, rows: 24, shell) { terminal in
                    try await terminal.wait("ready$")
                    try await terminal.type("\(place.program) --home \(place.home)\n")
                    try await terminal.wait("Total 4,884 items")
                    try await terminal.press("q")
                    let left = try await terminal.wait(for: "the prompt after quitting") {
                        $0.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }?.hasPrefix("ready$") == true
                    }
                    #expect(!left.contains("Portal") && !left.contains("quit"))
                }
            }
        }

        @Test("Ctrl-Z hands a sane terminal to the shell and fg brings the desk back")
        func suspend() async throws {
            try await Workplace.withDemo { place in
                let shell = "exec env PS1='ready$ ' bash --norc --noprofile -i"
                try await Tmux.with(place, columns: 80, rows: 24, shell) { terminal in
                    try await terminal.wait("ready$")
                    try await terminal.type("\(place.program) --home \(place.home)\n")
                    try await terminal.wait("Total 4,884 items")
                    for _ in 1...3 {
                        try await terminal.press("C-z")
                        try await terminal.wait(for: "the shell's prompt") {
                            $0.contains("Stopped") && !$0.contains("Total 4,884")
                        }
                        try await terminal.type(
                            "clear; stty -a | tr ' ' '\\n' | grep -cxE 'icanon|echo|isig|opost|icrnl;?'\n")
                        let modes = try await terminal.wait(for: "the count of modes") {
                            $0.split(separator: "\n").contains("5")
                        }
                        #expect(!modes.contains("Recent Sync"))
                        try await terminal.type("fg\n")
                        try await terminal.wait("Total 4,884 items", "Recent Sync Activity")
                    }
                    try await terminal.press("q")
                    try await terminal.wait(for: "the prompt after quitting") {
                        !$0.contains("Total 4,884") && $0.contains("ready$")
                    }
                }
            }
        }
    }
}
