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
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens")
        let file = folder.appendingPathComponent(name + ".txt")
        if ProcessInfo.processInfo.environment["PORTALDESK_REWRITE_GOLDENS"] == "1" {
            try Data(picture.utf8).write(to: file)
            Issue.record("golden \(name) was rewritten", sourceLocation: location)
            return
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        #expect(picture == kept, "\(name) differs:\n\(picture)", sourceLocation: location)
    }
}
