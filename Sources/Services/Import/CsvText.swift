import Foundation
import SwiftCSV

/// A spreadsheet's CSV made ready to parse: byte-order mark gone, line ends even, delimiter known, quotes balanced.
struct CsvText: Sendable {
    let text: String
    let delimiter: Character

    /// Reads UTF-8 (with or without mark), UTF-16 with a mark, and, when neither fits, Windows-1252 as Excel writes it.
    ///
    /// - Throws: a `Complaint` (bad data) naming the line of an unclosed quote, or what else makes it no CSV.
    init(bytes: Data, file: String) throws(Complaint) {
        let decoded = Self.decode(bytes)
        guard let decoded, !decoded.unicodeScalars.contains("\0") else {
            throw Complaint("\(file) is no CSV", why: "it holds bytes that are no text", remedy: Self.hint, status: .badData)
        }
        let even = decoded.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
        if let line = Self.lineOfUnclosedQuote(in: even) {
            throw Complaint(
                "\(file) is no valid CSV", why: "the quote opened in line \(line) is never closed",
                remedy: "Close the quote, or double it inside a quoted field.", status: .badData
            )
        }
        text = even
        delimiter = Self.guessDelimiter(even)
    }

    private static let hint = "Save it as CSV (UTF-8) and try again."

    private static func decode(_ bytes: Data) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return String(data: bytes.dropFirst(2), encoding: .utf16LittleEndian) }
        if bytes.starts(with: [0xFE, 0xFF]) { return String(data: bytes.dropFirst(2), encoding: .utf16BigEndian) }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        return String(data: body, encoding: .utf8) ?? String(data: body, encoding: .windowsCP1252)
    }

    private static func lineOfUnclosedQuote(in text: String) -> Int? {
        var line = 1
        var opened: Int?
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "\"") { opened = opened == nil ? line : nil }
        }
        return opened
    }

    /// The most frequent of comma, semicolon and tab in the header, outside quotes. Comma when none occurs.
    private static func guessDelimiter(_ text: String) -> Character {
        var counts: [Character: Int] = [:]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if isQuoted { continue }
            if character == "\n" { break }
            if character == "," || character == ";" || character == "\t" { counts[character, default: 0] += 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ","
    }

    /// Calls `body` with each record and the line on which it begins; empty lines are passed over.
    func eachRecord(_ body: (_ line: Int, _ fields: [String]) throws -> Void) throws {
        let delimiter: CSVDelimiter = delimiter == "," ? .comma : delimiter == ";" ? .semicolon : .tab
        let csv = try EnumeratedCSV(string: text, delimiter: delimiter, loadColumns: false)
        var line = 1
        for fields in [csv.header] + csv.rows {
            let isBlank = fields.allSatisfy(\.isEmpty)
            if !isBlank { try body(line, fields) }
            line += 1 + fields.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: "\n") } }
        }
    }
}
