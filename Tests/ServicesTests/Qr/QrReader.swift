import Foundation
import Testing

@testable import Services

/// Reads QR codes with a program that is not ours.
enum QrReader {
    /// What zbarimg finds in the text that a terminal shows: dark where a half block has ink.
    static func read(_ lines: [String]) throws -> String {
        let pixels = lines.flatMap { line -> [[Bool]] in
            [line.map { $0 == "█" || $0 == "▀" }, line.map { $0 == "█" || $0 == "▄" }]
        }
        let scale = 4
        let width = (pixels.first?.count ?? 0) * scale
        var picture = "P1 \(width) \(pixels.count * scale)\n"
        for row in pixels {
            let line = row.map { String(repeating: $0 ? "1 " : "0 ", count: scale) }.joined() + "\n"
            picture += String(repeating: line, count: scale)
        }
        let file = NSTemporaryDirectory() + "qr-\(UUID().uuidString).pbm"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try picture.write(toFile: file, atomically: true, encoding: .utf8)
        let program = Process()
        program.executableURL = URL(fileURLWithPath: "/usr/bin/zbarimg")
        program.arguments = ["--quiet", "--raw", "--set", "*.enable=0", "--set", "qrcode.enable=1", file]
        let output = Pipe()
        program.standardOutput = output
        program.standardError = FileHandle.nullDevice
        try program.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        program.waitUntilExit()
        try #require(program.terminationStatus == 0, "zbarimg found no code")
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
