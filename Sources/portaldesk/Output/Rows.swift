import Domain
import Foundation
import Services

/// Rows on standard output: JSON Lines, or a table for people, or tab-separated text for pipes.
struct Rows {
    let isJson: Bool
    private let encoder: JSONEncoder

    init(json: Bool) {
        isJson = json
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Prints `rows`: `cells` for people, the rows themselves with `--json`.
    func print<Row: Encodable>(_ rows: [Row], header: [String], cells: (Row) -> [String]) throws(Complaint) {
        var text = ""
        if isJson {
            for row in rows { text += try line(row) }
        } else if isatty(STDOUT_FILENO) == 1 {
            text = Self.aligned([header] + rows.map(cells))
        } else {
            for fields in [header] + rows.map(cells) {
                text += fields.map { HarmlessText.line($0, limit: 2_000) }.joined(separator: "\t") + "\n"
            }
        }
        try Self.write(text)
    }

    /// One more JSON object; nothing without `--json`.
    func printObject(_ value: some Encodable) throws(Complaint) {
        if isJson { try Self.write(try line(value)) }
    }

    func line(_ value: some Encodable) throws(Complaint) -> String {
        do {
            return Self.escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
        } catch {
            throw Complaint("a row could not be written as JSON", status: .inputOutput)
        }
    }

    /// What a terminal would obey stands only inside of texts, where JSON has another way to write it.
    private static func escaped(_ json: String) -> String {
        guard !json.unicodeScalars.allSatisfy(HarmlessText.isHarmless) else { return json }
        return json.unicodeScalars.reduce(into: "") { text, scalar in
            if HarmlessText.isHarmless(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
    }

    static func text(_ text: String) throws(Complaint) { try write(text + "\n") }

    /// Somebody else's bytes: as they are for a file or a pipe, made harmless for a terminal, which would obey them.
    static func foreign(_ bytes: [UInt8]) throws(Complaint) {
        guard isatty(STDOUT_FILENO) != 1 else {
            return try text(HarmlessText.block(String(decoding: bytes, as: UTF8.self), limit: 1 << 20))
        }
        let code = bytes.withUnsafeBytes { WholeWrite.write($0, to: STDOUT_FILENO) }
        if code != 0, code != EPIPE {
            throw Complaint(
                "cannot write to standard output", why: String(cString: strerror(code)), status: .inputOutput)
        }
    }

    /// A reader that went away (`| head`) is no error; a full disk is.
    static func write(_ text: String) throws(Complaint) {
        let code = Array(text.utf8).withUnsafeBytes { WholeWrite.write($0, to: STDOUT_FILENO) }
        if code == EPIPE { Program.end(0) }
        if code != 0 {
            throw Complaint(
                "cannot write to standard output", why: String(cString: strerror(code)), status: .inputOutput)
        }
    }

    private static func aligned(_ rows: [[String]]) -> String {
        let cleaned = rows.map { $0.map { HarmlessText.line($0, limit: 200) } }
        var widths: [Int] = []
        for row in cleaned {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        var text = ""
        for row in cleaned {
            let padded = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }
            text += padded.joined(separator: "  ") + "\n"
        }
        return text
    }
}
