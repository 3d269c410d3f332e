/// When something is due by the calendar: five fields, minute, hour, day of the month, month, day of the week.
///
/// `*`, lists, ranges and steps, names of months and days, 7 for Sunday, and `@hourly`, `@daily`, `@weekly`,
/// `@monthly`, as crontab(5) has them: where both days are given, either is enough.
public struct CronRule: Sendable, Hashable {
    /// As it was typed, in one spelling.
    public let text: String
    let minutes: UInt64
    let hours: UInt64
    let days: UInt64
    let months: UInt64
    let weekdays: UInt64
    let isAnyDay: Bool
    let isAnyWeekday: Bool

    private static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *",
    ]
    private static let monthNames = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
        "nov": 11, "dec": 12,
    ]
    private static let dayNames = ["sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6]

    /// Why a text is no rule, in words for people.
    public struct Problem: Error, Sendable, Hashable {
        public var message: String
    }

    public init(_ text: String) throws(Problem) {
        let typed = text.lowercased().split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        let whole =
            typed.count == 1 ? Self.shorthands[typed[0]].map { $0.split(separator: " ").map(String.init) } : typed
        guard let fields = whole, fields.count == 5 else {
            throw Problem(
                message: "a rule has five fields: minute, hour, day, month, weekday; such as 30 7 * * mon-sat")
        }
        minutes = try Self.set(fields[0], "minute", 0...59)
        hours = try Self.set(fields[1], "hour", 0...23)
        days = try Self.set(fields[2], "day", 1...31)
        months = try Self.set(fields[3], "month", 1...12, Self.monthNames)
        let weekdays = try Self.set(fields[4], "weekday", 0...7, Self.dayNames)
        self.weekdays = weekdays & 0x80 != 0 ? weekdays | 1 : weekdays
        isAnyDay = fields[2].hasPrefix("*")
        isAnyWeekday = fields[4].hasPrefix("*")
        self.text = fields.joined(separator: " ")
    }

    private static func set(
        _ field: String, _ name: String, _ range: ClosedRange<Int>, _ names: [String: Int] = [:]
    ) throws(Problem) -> UInt64 {
        var bits: UInt64 = 0
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let step = halves.count == 2 ? Int(halves[1]) : 1
            let ends = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            func number(_ text: Substring) -> Int? { names[String(text)] ?? Int(text) }
            var from = range.lowerBound
            var to = range.upperBound
            if halves[0] != "*" {
                guard let first = ends.first.flatMap(number) else { throw bad(part, name, range) }
                from = first
                to = ends.count == 2 ? number(ends[1]) ?? -1 : halves.count == 2 ? to : first
            }
            guard let step, step >= 1, range.contains(from), range.contains(to), from <= to else {
                throw bad(part, name, range)
            }
            for value in stride(from: from, through: to, by: step) { bits |= 1 << UInt64(value) }
        }
        return bits
    }

    private static func bad(_ part: Substring, _ name: String, _ range: ClosedRange<Int>) -> Problem {
        let shown = HarmlessText.line(String(part), limit: 30)
        return Problem(
            message:
                "\"\(shown)\" is no \(name): it is \(range.lowerBound) to \(range.upperBound), *, a range or a list")
    }

    /// The first minute after `instant` that the rule names; nil when none comes within five years, as for 30 February.
    ///
    /// - Parameter offset: seconds east of UTC at a moment, of the clock that the rule means.
    public func next(after instant: Instant, offset: (Instant) -> Int) -> Instant? {
        let start = Instant(milliseconds: (instant.milliseconds.flooredDivision(by: 60_000) + 1) * 60_000)
        let today = CivilTime(start, offset: offset(start)).date
        for ahead in 0..<(5 * 366) {
            let day = today.adding(days: ahead)
            guard isDue(on: day) else { continue }
            for hour in 0..<24 where hours & (1 << UInt64(hour)) != 0 {
                for minute in 0..<60 where minutes & (1 << UInt64(minute)) != 0 {
                    let local = (Int64(day.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60)) * 1_000
                    let guess = Instant(milliseconds: local - Int64(offset(start)) * 1_000)
                    let moment = Instant(milliseconds: local - Int64(offset(guess)) * 1_000)
                    if moment >= start { return moment }
                }
            }
        }
        return nil
    }

    private func isDue(on day: LegalDate) -> Bool {
        guard months & (1 << UInt64(day.month)) != 0 else { return false }
        let isDay = days & (1 << UInt64(day.day)) != 0
        // cron counts from Sunday.
        let weekday = (day.weekday.rawValue + 1) % 7
        let isWeekday = weekdays & (1 << UInt64(weekday)) != 0
        if !isAnyDay, !isAnyWeekday { return isDay || isWeekday }
        return isDay && isWeekday
    }
}
