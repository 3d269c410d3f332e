internal import Foundation
internal import Trail

/// Compares the members of a record with the columns that repeat them, without making anything of either.
enum TrailFields {
    /// Whether a member says what a column says.
    static func equal(
        _ bytes: UnsafeRawBufferPointer, _ fields: RecordMembers, _ span: RecordMembers.Span?,
        _ column: UnsafeRawBufferPointer
    ) -> Bool {
        guard let span else { return column.isEmpty }
        let part = UnsafeRawBufferPointer(rebasing: bytes[span])
        guard let start = part.baseAddress, !part.isEmpty else { return column.isEmpty }
        if fields.isPlain || memchr(start, Int32(UInt8(ascii: "\\")), part.count) == nil {
            guard let other = column.baseAddress, part.count == column.count else { return false }
            return memcmp(start, other, part.count) == 0
        }
        // Escapes are seldom: read it as JSON.
        let quoted = Data([UInt8(ascii: "\"")]) + Data(part) + Data([UInt8(ascii: "\"")])
        guard let text = try? JSONDecoder().decode(String.self, from: quoted) else { return false }
        return Array(text.utf8) == Array(column)
    }
}

/// Reads moments as `RecordForm` writes them. Most records are of the same day as the one before.
struct TrailCalendar {
    /// `YYYY-MM-` and `DDT` of the day that was read last, and its milliseconds since 1970.
    private var known: (month: UInt64, day: UInt32, start: Int64)?

    /// Milliseconds since 1970; nil for any other text.
    mutating func milliseconds(_ bytes: UnsafeRawBufferPointer, _ span: RecordMembers.Span?) -> Int64? {
        guard let span, span.count == 27 else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: bytes[span])
        // The fourth byte is of the hour.
        let month = text.loadUnaligned(as: UInt64.self)
        let day = text.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian & 0xFF_FFFF
        guard let time = Self.time(text) else { return nil }
        if let known, known.month == month, known.day == day { return known.start + time }
        guard let start = Self.day(text) else { return nil }
        known = (month, day, start)
        return start + time
    }

    /// Milliseconds since midnight of `hh:mm:ss.mmm000Z`, at place 11.
    private static func time(_ text: UnsafeRawBufferPointer) -> Int64? {
        let colon = UInt8(ascii: ":")
        guard text[13] == colon, text[16] == colon, text[19] == UInt8(ascii: "."), text[23] == 48, text[24] == 48,
            text[25] == 48, text[26] == UInt8(ascii: "Z"), let hour = number(text, 11, 2),
            let minute = number(text, 14, 2), let second = number(text, 17, 2), let rest = number(text, 20, 3)
        else { return nil }
        return ((hour * 60 + minute) * 60 + second) * 1_000 + rest
    }

    /// The start of the day `YYYY-MM-DDT`.
    private static func day(_ text: UnsafeRawBufferPointer) -> Int64? {
        let dash = UInt8(ascii: "-")
        guard text[4] == dash, text[7] == dash, text[10] == UInt8(ascii: "T"), let year = number(text, 0, 4),
            let month = number(text, 5, 2), let day = number(text, 8, 2), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        // Days of the civil calendar, in years that begin in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400_000
    }

    private static func number(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for index in start..<start + count {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }
}
