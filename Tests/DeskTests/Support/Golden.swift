import Foundation
import TerminalKit
import Testing

/// Compares a picture with the one kept in `Goldens/`. PORTALDESK_REWRITE_GOLDENS=1 writes the kept one anew; such a
/// run fails, so that it cannot pass for a test.
enum Golden {
    static func check(_ canvas: Canvas, _ name: String, location: SourceLocation = #_sourceLocation) throws {
        let picture =
            (canvas.textRows + ["-- roles"] + canvas.styleRows + ["-- surfaces"] + canvas.surfaceRows)
            .map { $0 + "|" }.joined(separator: "\n") + "\n"
        try check(text: picture, against: folder.appendingPathComponent(name + ".txt"), location: location)
    }

    /// Compares a text with a kept file.
    static func check(text: String, against file: URL, location: SourceLocation = #_sourceLocation) throws {
        if ProcessInfo.processInfo.environment["PORTALDESK_REWRITE_GOLDENS"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("\(file.lastPathComponent) was rewritten", sourceLocation: location)
            return
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        #expect(text == kept, "\(file.lastPathComponent) differs:\n\(text)", sourceLocation: location)
    }

    private static var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Goldens")
    }
}
