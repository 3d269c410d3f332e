import Foundation
import Testing

/// A run in a real pseudo-terminal of 80x24, by a small Python program.
struct Pty: Decodable, Sendable {
    struct Flags: Decodable, Sendable, Equatable { let icanon, echo, isig, opost, icrnl: Bool }

    /// The exit code, or minus the signal that ended it.
    let status: Int
    let trouble: String
    let before: Flags
    let during: Flags?
    let after: Flags?
    let output: String

    enum Step {
        case until(String), keys(String), signal(Int32), hangup
        /// Of the whole screen, as the terminal tells the kernel.
        case pixels(Int, Int)

        var json: [String: Any] {
            switch self {
            case .until(let text): ["until": text]
            case .keys(let text): ["keys": text]
            case .signal(let number): ["signal": Int(number)]
            case .hangup: ["hangup": true]
            case .pixels(let across, let down): ["pixels": [across, down]]
            }
        }
    }

    static func run(
        _ place: Workplace, _ arguments: [String], changes: [String: String?] = [:], _ steps: [Step]
    ) async throws -> Pty {
        let script = try JSONSerialization.data(withJSONObject: steps.map(\.json))
        let driver = BuiltProgram.repository + "/Tests/ProgramTests/Support/pty_driver.py"
        var environment = place.environment
        for (name, value) in changes { environment[name] = value }
        let command = ["/usr/bin/python3", driver, String(decoding: script, as: UTF8.self), place.program] + arguments
        let run = try await place.finish(
            Child.start(command, environment: environment, folder: place.folder), limit: 90)
        try #require(run.status == 0, "\(run.errors)")
        let report = try JSONDecoder().decode(Pty.self, from: Data(run.bytes))
        try #require(report.trouble.isEmpty, "\(report.trouble): \(report.output.suffix(3_000).debugDescription)")
        return report
    }

    /// Everything from the last time the alternate screen was left.
    var afterLeaving: String? {
        output.range(of: "\u{1B}[?1049l", options: .backwards).map { String(output[$0.upperBound...]) }
    }

    func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(output.contains("\u{1B}[?1049h"), "it never took the screen", sourceLocation: sourceLocation)
        #expect(afterLeaving != nil, "the alternate screen was not left", sourceLocation: sourceLocation)
        #expect(after == before, "the terminal's modes differ", sourceLocation: sourceLocation)
        for mode in ["1000", "1002", "1003", "1006", "2004", "1004"] {
            let on = output.range(of: "\u{1B}[?\(mode)h", options: .backwards)?.lowerBound
            let off = output.range(of: "\u{1B}[?\(mode)l", options: .backwards)?.lowerBound
            if let on { #expect(off.map { $0 > on } == true, "mode \(mode) stays on", sourceLocation: sourceLocation) }
        }
        let hidden = output.range(of: "\u{1B}[?25l", options: .backwards)?.lowerBound
        let shown =
            output.range(of: "\u{1B}[?25h", options: .backwards)?.lowerBound
            ?? output.range(of: "\u{1B}[?12l\u{1B}[?25h")?.lowerBound
        if let hidden {
            #expect(shown.map { $0 > hidden } == true, "the cursor stays hidden", sourceLocation: sourceLocation)
        }
    }
}
