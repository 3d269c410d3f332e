import Foundation
import Testing

extension Whole {
    @Suite("A terminal that cannot hold the desk is refused in one line")
    struct RefusalTests {
        @Test("TERM of a terminal that cannot place its cursor")
        func poor() async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(place, ["--home", place.home], changes: ["TERM": "dumb"], [])
                Self.expectOneLine(report.output, status: report.status)
                #expect(report.after == report.before)
            }
        }

        @Test("TERM unset")
        func unset() async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(place, ["--home", place.home], changes: ["TERM": nil], [])
                Self.expectOneLine(report.output, status: report.status)
                #expect(report.after == report.before)
            }
        }

        @Test("A TERM that this system does not describe is taken for an xterm")
        func unknown() async throws {
            try await Workplace.withDemo { place in
                let report = try await Pty.run(
                    place, ["--home", place.home], changes: ["TERM": "no-such-terminal"], [.until("4,884"), .keys("q")])
                #expect(report.status == 0)
                report.expectRestored()
            }
        }

        @Test("Standard output that is no terminal", arguments: [["--home"], ["demo", "--home"], ["desk", "--home"]])
        func pipe(arguments: [String]) async throws {
            try await Workplace.withDemo { place in
                let run = try await place.run(arguments + [place.home])
                #expect(run.output.isEmpty)
                Self.expectOneLine(run.errors, status: Int(run.status))
            }
        }

        private static func expectOneLine(
            _ text: String, status: Int, sourceLocation: SourceLocation = #_sourceLocation
        ) {
            let lines = text.split(whereSeparator: \.isNewline)
            #expect(lines.count == 1, "\(text.debugDescription)", sourceLocation: sourceLocation)
            #expect(
                lines.first?.hasPrefix("portaldesk: ") == true, "\(text.debugDescription)",
                sourceLocation: sourceLocation)
            #expect(text.lowercased().contains("terminal"), "\(text)", sourceLocation: sourceLocation)
            #expect(!text.unicodeScalars.contains { $0.value == 0x1B }, sourceLocation: sourceLocation)
            #expect(status == 78, sourceLocation: sourceLocation)
        }
    }
}
