import Foundation
import Testing

/// The program under test: the real executable that the build put beside the test bundle.
enum BuiltProgram {
    /// Its path; nil when the tests were built without it.
    static let path: String? = {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = folder.appendingPathComponent("portaldesk").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return nil
    }()

    static func required() throws -> String {
        try #require(path, "portaldesk was not built beside the tests")
    }

    /// The folder that holds Package.swift.
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
}
