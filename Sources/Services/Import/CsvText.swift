import Foundation

/// A spreadsheet's CSV made ready to parse: byte-order mark gone, line ends even, delimiter known, quotes balanced.
struct CsvText: Sendable {
    /// UTF-8, its lines ended by `\n`.
    let bytes: [UInt8]
    let delimiter: UInt8
    /// Rows that are not blank, the header included.
    private(set) var recordCount = 0

    /// Files above this are no list of businesses (bytes).
    static let largest = 256 << 20

    /// Reads UTF-8 (with or without mark), UTF-16 with a mark, and, when neither fits, Windows-1252 as Excel writes it.
    ///
    /// - Throws: a `Complaint` (bad data) naming the line of an unclosed quote, or what else makes it no CSV.
    init(bytes: Data, file: String) throws(Complaint) {
        guard let decoded = Self.decode(bytes), !decoded.contains(0) else {
            throw Complaint(
                "\(file) is no CSV", why: "it holds bytes that are no text",
                remedy: "Save it as CSV (UTF-8) and try again",
                status: .badData)
        }
        let lines = Self.evenLines(decoded)
        if let told = Self.toldDelimiter(lines) {
            delimiter = told.delimiter
            // Its line stays, empty, so that the rows below keep their numbers.
            self.bytes = Array(lines[told.length...])
        } else {
            delimiter = Self.guessDelimiter(lines)
            self.bytes = lines
        }
        if let line = countRecords() {
            throw Complaint(
                "\(file) is no valid CSV", why: "the quote opened in line \(line) is never closed",
                remedy: "Close the quote, or double it inside a quoted field", status: .badData
            )
        }
    }

    private static func decode(_ bytes: Data) -> [UInt8]? {
        if bytes.starts(with: [0xFF, 0xFE]) { return utf8(bytes.dropFirst(2), .utf16LittleEndian) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf8(bytes.dropFirst(2), .utf16BigEndian) }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        return utf8(body, .utf8) ?? utf8(body, .windowsCP1252)
    }

    private static func utf8(_ bytes: Data, _ encoding: String.Encoding) -> [UInt8]? {
        String(data: bytes, encoding: encoding).map { Array($0.utf8) }
    }

    /// `\r\n` and lone `\r` become `\n`. Other characters that end lines somewhere (vertical tab, form feed, NEL, line
    /// and paragraph separator) become blanks: no spreadsheet ends a row with them, but the parser would.
    private static func evenLines(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let rest = bytes.count - index
            switch byte {
            case 0x0D:
                if rest > 1, bytes[index + 1] == 0x0A { index += 1 }
                result.append(0x0A)
            case 0x0B, 0x0C: result.append(0x20)
            case 0xC2 where rest > 1 && bytes[index + 1] == 0x85:
                result.append(0x20)
                index += 1
            case 0xE2
            where rest > 2 && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9):
                result.append(0x20)
                index += 2
            default: result.append(byte)
            }
            index += 1
        }
        return result
    }

    /// - Returns: the line of a quote that is never closed.
    private mutating func countRecords() -> Int? {
        var records = CsvRecords(self)
        while records.next() != nil { recordCount += 1 }
        return records.lineOfOpenQuote
    }

    /// Excel's first line `sep=;`, which names the separator and is no row; `length` is without its line end.
    private static func toldDelimiter(_ bytes: [UInt8]) -> (delimiter: UInt8, length: Int)? {
        let line = bytes.prefix { $0 != 0x0A }
        var word = line
        if word.first == UInt8(ascii: "\""), word.last == UInt8(ascii: "\"") { word = word.dropFirst().dropLast() }
        guard word.count == 5, String(decoding: word.prefix(4), as: UTF8.self).lowercased() == "sep=",
            let delimiter = word.last, delimiter != UInt8(ascii: "\""),
            delimiter == 0x09 || (0x21..<0x7F).contains(delimiter)
        else { return nil }
        return (delimiter, line.count)
    }

    /// The most frequent of comma, semicolon and tab in the header, outside quotes. Comma when none occurs.
    private static func guessDelimiter(_ bytes: [UInt8]) -> UInt8 {
        let comma = UInt8(ascii: ",")
        var counts: [UInt8: Int] = [comma: 0, UInt8(ascii: ";"): 0, UInt8(ascii: "\t"): 0]
        var isQuoted = false
        var hasText = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            // Blank lines before the header say nothing.
            if byte == 0x0A, hasText { break }
            if counts[byte] != nil { counts[byte, default: 0] += 1 }
            hasText = hasText || byte > 0x20
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? comma
    }
}
