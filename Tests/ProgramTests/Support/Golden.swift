import Foundation
import Testing

/// Screens kept as text under Screens/. PORTALDESK_RECORD_SCREENS=1 writes them anew instead of comparing.
enum Golden {
    private static let isRecording = ProcessInfo.processInfo.environment["PORTALDESK_RECORD_SCREENS"] == "1"

    /// Waits until the screen, times and numbers masked, is the kept one. `words` say when it can be: they are waited
    /// for first, and tell more than a difference when they never come.
    static func expect(_ name: String, _ terminal: Tmux, lines: Range<Int>? = nil, _ words: String...) async throws {
        let file =
            "\(BuiltProgram.repository)/Tests/ProgramTests/Screens/\(name)-\(terminal.columns)x\(terminal.rows).txt"
        try await terminal.wait(for: "\(name): \(words)") { screen in words.allSatisfy { screen.contains($0) } }
        if isRecording {
            // Recording has nothing to compare with, so it waits until nothing moves any more.
            while await !terminal.output(within: 1_500).isEmpty {}
            try Data(masked(try await terminal.screen(), lines).utf8).write(to: URL(fileURLWithPath: file))
            return
        }
        let bytes = try #require(FileManager.default.contents(atPath: file), "there is no \(file)")
        let kept = String(decoding: bytes, as: UTF8.self)
        do {
            try await terminal.wait(for: name, limit: 20) { masked($0, lines) == kept }
        } catch {
            let found = masked(try await terminal.screen(), lines)
            Issue.record("\(name) differs from the kept screen:\n\(difference(kept, found))")
        }
    }

    private static func difference(_ kept: String, _ found: String) -> String {
        let (old, new) = (kept.components(separatedBy: "\n"), found.components(separatedBy: "\n"))
        return (0..<max(old.count, new.count)).compactMap { index -> String? in
            let (was, is_) = (index < old.count ? old[index] : "", index < new.count ? new[index] : "")
            return was == is_ ? nil : "\(index + 1) kept  \(was)\n\(index + 1) found \(is_)"
        }.joined(separator: "\n")
    }

    /// Times, dates, day-made references and the header's moving parts give way to marks of the same width.
    static func masked(_ screen: String, _ lines: Range<Int>? = nil) -> String {
        var rows = screen.components(separatedBy: "\n")
        if let sandbox = rows.first?.range(of: "SANDBOX") { rows[0] = String(rows[0][..<sandbox.upperBound]) }
        if let lines { rows = Array(rows[lines.clamped(to: 0..<rows.count)]) }
        return rows.map(masked(line:)).joined(separator: "\n")
    }

    private static func masked(line: String) -> String {
        var text = line
        for (pattern, mark) in patterns {
            guard let regex = try? Regex<AnyRegexOutput>(pattern, as: AnyRegexOutput.self) else { continue }
            text = text.replacing(regex) { match in
                let width = match.output[0].substring?.count ?? 0
                return String(mark.prefix(width)).padding(toLength: width, withPad: "-", startingAt: 0)
            }
        }
        return text
    }

    private static let patterns = [
        (#"\d\d-\d\d-\d{4} \d\d:\d\d(:\d\d)?(\.\d{3})?"#, "DD-MM-YYYY hh:mm:ss.mmm"),
        (#"\d\d-\d\d-\d{4}"#, "DD-MM-YYYY"),
        (#"\d\d:\d\d:(\d\d(\.\d{3})?|…)"#, "hh:mm:ss.mmm"),
        (#"\b\d\d:\d\d\b"#, "hh:mm"),
        (#"\b\d:\d\d\b"#, "m:ss"),
        // Around midnight the last fetch was yesterday, and the demo's passwords are a day older.
        (#"last fetch [\d:DMYhm-]+ *"#, "last fetch WHEN"),
        (#"password set (today|yesterday|\d+ days ago)[^│]*"#, "password set WHEN"),
        (#"\bZ[A-Z]\d{12,13}[A-Z0-9]?"#, "REFERENCE"),
        (#"\b\d{4}/[A-Z]{3}/\d{4}/\d*"#, "REFERENCE"),
        // The same, cut inside.
        (#"\b\d{4}…[\d/]*"#, "REFERENCE"),
        (#"· \d{6}\b"#, "· PERIOD"),
        (#"· \d\.\d s\b"#, "· N.N s"),
        (#"\b\d{4}-\d\d\b"#, "YYYY-YY"),
        (#"\bQ[1-4]\b"#, "Q#"),
        (#"by worker [0-9a-f]{4}"#, "by worker xxxx"),
        (#"\b\d+ (overdue|new)\b[^│⚙]*"#, "N news"),
        (#"[Jj]ob \d+"#, "Job N"),
        (#"\bin \d+ d(ays)?\b"#, "in N days"),
    ]
}
