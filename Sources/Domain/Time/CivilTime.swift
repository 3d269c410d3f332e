/// A date and time of day on the Gregorian calendar, without a zone. Days are counted by Howard Hinnant's
/// public-domain method, so no calendar library stands on the drawing path.
public struct CivilTime: Hashable, Sendable {
    public let date: LegalDate
    public let hour: Int
    public let minute: Int
    public let second: Int
    public let millisecond: Int

    /// The wall clock at `instant`, `offset` seconds east of UTC.
    public init(_ instant: Instant, offset: Int) {
        let local = instant.milliseconds + Int64(offset) * 1_000
        let day = local.flooredDivision(by: 86_400_000)
        let rest = Int(local - day * 86_400_000)
        // East or west of UTC the first and last hours of time lie in the years 0 and 10000; the date stays in reach.
        date = LegalDate(dayNumber: Int(day))
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1_000 % 60
        millisecond = rest % 1_000
    }
}

/// A legal date: a day of the Indian calendar of business, no time, no zone. Written `YYYY-MM-DD` between programs, so
/// it lies in the years 1 to 9999.
public struct LegalDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// 1 January of the year 1 and 31 December 9999 in days since 1 January 1970.
    private static let dayNumbers = -719_162...2_932_896

    /// Days since 1 January 1970; the nearest date there is for a number beyond the years 1 to 9999.
    public init(dayNumber: Int) {
        let shifted = min(max(dayNumber, Self.dayNumbers.lowerBound), Self.dayNumbers.upperBound) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// nil unless the three numbers name a day that exists.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let candidate = LegalDate(dayNumber: Self.dayNumber(year: year, month: month, day: day))
        guard candidate.year == year, candidate.month == month, candidate.day == day else { return nil }
        self = candidate
    }

    /// Reads `YYYY-MM-DD`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            // A sign is none of the digits that stand in a date.
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads what a person types: `DD-MM-YYYY` as every screen shows it, or `YYYY-MM-DD`; nil for anything else.
    public init?(typed text: some StringProtocol) {
        let text = String(text)
        if let date = LegalDate(text) {
            self = date
            return
        }
        let parts = Self.parts(text)
        guard parts.count == 3, parts[2].count == 4, let day = Int(parts[0]), let month = Int(parts[1]),
            let year = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Whether a text is written as a day, be there such a one or not: `31/02/2026`, `2026-02-31`.
    static func isShaped(_ text: String) -> Bool {
        let lengths = parts(text).map { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? part.count : 0 }
        guard lengths.count == 3 else { return false }
        let isDayFirst = lengths[0] <= 2 && lengths[2] == 4
        let isYearFirst = lengths[0] == 4 && lengths[2] <= 2
        return (isDayFirst || isYearFirst) && lengths[1] <= 2 && !lengths.contains(0)
    }

    private static func parts(_ text: String) -> [Substring] {
        text.split(whereSeparator: { $0 == "-" || $0 == "/" || $0 == "." })
    }

    public var dayNumber: Int { Self.dayNumber(year: year, month: month, day: day) }

    /// The nearest date there is when the sum lies beyond the years 1 to 9999.
    public func adding(days: Int) -> LegalDate {
        let (sum, overflowed) = dayNumber.addingReportingOverflow(days)
        return LegalDate(dayNumber: overflowed ? (days < 0 ? .min : .max) : sum)
    }

    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    public var description: String { "\(Digits.padded(year, 4))-\(Digits.padded(month, 2))-\(Digits.padded(day, 2))" }
}

extension Int64 {
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// Decimal digits with leading zeros, without a formatter.
public enum Digits {
    public static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
    }
}
