internal import Foundation

/// Compares the members of a record with the columns that repeat them, without making anything of either.
enum TrailFields {
    typealias Span = Range<Int>

    /// Whether a member says what a column says.
    static func equal(
        _ bytes: UnsafeRawBufferPointer, _ span: Span?, _ column: UnsafeRawBufferPointer
    ) -> Bool {
        guard let span else { return column.isEmpty }
        let part = UnsafeRawBufferPointer(rebasing: bytes[span])
        guard let start = part.baseAddress, !part.isEmpty else { return column.isEmpty }
        if memchr(start, Int32(UInt8(ascii: "\\")), part.count) == nil {
            guard let other = column.baseAddress, part.count == column.count else { return false }
            return memcmp(start, other, part.count) == 0
        }
        // Escapes are seldom: read it as JSON.
        let quoted = Data([UInt8(ascii: "\"")]) + Data(part) + Data([UInt8(ascii: "\"")])
        guard let text = try? JSONDecoder().decode(String.self, from: quoted) else { return false }
        return Array(text.utf8) == Array(column)
    }

    /// Milliseconds since 1970 of a moment as `RecordForm` writes it; nil for any other text.
    static func milliseconds(_ bytes: UnsafeRawBufferPointer, _ span: Span?) -> Int64? {
        guard let span, span.count == 27 else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: bytes[span])
        let shape: StaticString = "dddd-dd-ddTdd:dd:dd.ddd000Z"
        for index in 0..<27 {
            let wanted = shape.utf8Start[index]
            let isRight = wanted == UInt8(ascii: "d") ? (48...57).contains(text[index]) : text[index] == wanted
            guard isRight else { return nil }
        }
        func part(_ range: Range<Int>) -> Int64 { range.reduce(0) { $0 * 10 + Int64(text[$1] - 48) } }
        let (year, month, day) = (part(0..<4), part(5..<7), part(8..<10))
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Days of the civil calendar, in years that begin in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return ((days * 24 + part(11..<13)) * 60 + part(14..<16)) * 60_000 + part(17..<19) * 1_000 + part(20..<23)
    }
}
