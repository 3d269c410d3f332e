import Foundation
import Testing

extension Whole {
    @Suite("An idle desk costs nothing")
    struct IdleTests {
        @Test("Nothing is written and no thread wakes while no minute turns")
        func idle() async throws {
            try await Workplace.withDemo { place in
                let command = "exec \(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    // Background work once done must leave no thread behind that wakes.
                    try await terminal.press("/")
                    try await terminal.type("Mishra")
                    try await terminal.wait("filter: Mishra")
                    let pid = try await terminal.process()
                    // The start settles at its own pace, and a thread without work leaves after some seconds: five looks
                    // alike mean that all of it is over.
                    var before = try Self.switches(of: pid)
                    var alike = 0
                    for _ in 1...40 where alike < 5 {
                        let isQuiet = await terminal.output(within: 1_500).isEmpty
                        let now = try Self.switches(of: pid)
                        alike = isQuiet && now == before ? alike + 1 : 0
                        before = now
                    }
                    try await Self.passMinute(terminal)
                    before = try Self.switches(of: pid)
                    let written = await terminal.output(within: 4_000)
                    #expect(written.isEmpty, "\(written.count) bytes written")
                    #expect(try Self.switches(of: pid) == before)
                }
            }
        }

        /// The clock's own repaint at the turn of a minute is no part of the window.
        private static func passMinute(_ terminal: Tmux) async throws {
            let second = Int(Date().timeIntervalSince1970) % 60
            guard second >= 50 else { return }
            _ = await terminal.output(within: 12_000)
            _ = await terminal.output(within: 1_000)
        }

        /// Voluntary context switches of every thread.
        private static func switches(of pid: pid_t) throws -> [String: String] {
            var found: [String: String] = [:]
            for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") {
                let status = String(
                    decoding: try Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/task/\(thread)/status")),
                    as: UTF8.self)
                found[thread] = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt") }.map(String.init)
            }
            return found
        }
    }
}
