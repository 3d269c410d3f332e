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
        return try read(Array(picture.utf8), as: "pbm")
    }

    /// What it finds in a picture.
    static func read(_ picture: [UInt8], as kind: String) throws -> String {
        let file = NSTemporaryDirectory() + "qr-\(UUID().uuidString).\(kind)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try Data(picture).write(to: URL(fileURLWithPath: file))
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
