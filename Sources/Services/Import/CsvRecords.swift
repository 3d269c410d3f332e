/// Finds where records begin and end, so that they can be parsed a few at a time and refused one by one.
///
/// A quote opens a field only at its beginning; elsewhere it is an ordinary character, as in spreadsheets.
struct CsvRecords {
    struct Record {
        /// Line on which it begins, from 1.
        var line: Int
        /// Without its line end.
        var range: Range<Int>
        var fields: Int
    }

    private enum Place { case start, field, quoted, afterQuote }

    private let text: CsvText
    private var position = 0
    private var line = 1
    /// Line of a quote that the end of the text found open.
    private(set) var lineOfOpenQuote: Int?

    init(_ text: CsvText) { self.text = text }

    /// The next record that is not blank; nil at the end.
    mutating func next() -> Record? {
        while position < text.bytes.count {
            let (begin, first) = (position, line)
            let (end, fields) = passRecord()
            if !isBlank(begin..<end) { return Record(line: first, range: begin..<end, fields: fields) }
        }
        return nil
    }

    private mutating func passRecord() -> (end: Int, fields: Int) {
        let bytes = text.bytes
        var place = Place.start
        var fields = 1
        var opened = line
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x0A {
                line += 1
                if place != .quoted { return (position - 1, fields) }
            }
            switch place {
            case .quoted: if byte == UInt8(ascii: "\"") { place = .afterQuote }
            case .afterQuote where byte == UInt8(ascii: "\""): place = .quoted
            case .start where byte == UInt8(ascii: "\""):
                place = .quoted
                opened = line
            case _ where byte == text.delimiter:
                place = .start
                fields += 1
            case .start where byte == 0x20 || byte == 0x09: break
            case .start, .field, .afterQuote: place = .field
            }
        }
        if place == .quoted { lineOfOpenQuote = opened }
        return (position, fields)
    }

    /// Excel writes rows of nothing but delimiters below the last one that was ever used.
    private func isBlank(_ range: Range<Int>) -> Bool {
        text.bytes[range].allSatisfy { $0 == text.delimiter || $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "\"") }
    }
}
