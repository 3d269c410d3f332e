extension CronRule {
    /// The rule as people say it: `07:30, Monday to Saturday`.
    public var words: String {
        let day = dayWords
        let time = timeWords
        // What comes all day long needs no "every day".
        return day.isEmpty ? (isAllDay ? time : "\(time), every day") : "\(time), \(day)"
    }

    /// The next `count` moments after `instant`; fewer when the rule ends.
    ///
    /// - Parameter offset: as for `next`.
    public func upcoming(_ count: Int, after instant: Instant, offset: (Instant) -> Int) -> [Instant] {
        var moments: [Instant] = []
        while moments.count < count, let moment = next(after: moments.last ?? instant, offset: offset) {
            moments.append(moment)
        }
        return moments
    }

    private static let dayTitles = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    /// More times a day than these are told by hours and minutes apart.
    private static let mostTimes = 4

    private static func members(_ bits: UInt64, _ range: ClosedRange<Int>) -> [Int] {
        range.filter { bits & (1 << UInt64($0)) != 0 }
    }

    private var minuteList: [Int] { Self.members(minutes, 0...59) }
    private var hourList: [Int] { Self.members(hours, 0...23) }
    private var isAllDay: Bool { hourList.count == 24 }

    private var timeWords: String {
        let (minutes, hours) = (minuteList, hourList)
        if !isAllDay, minutes.count * hours.count <= Self.mostTimes {
            return Self.list(hours.flatMap { hour in minutes.map { Self.clock(hour, $0) } })
        }
        let within = minuteWords(minutes)
        guard !isAllDay else { return within }
        let isSpan = hours.count > 1 && hours.last == (hours.first ?? 0) + hours.count - 1
        if isSpan, let first = hours.first, let last = hours.last {
            return "\(within) from \(Self.clock(first, 0)) to \(Self.clock(last, 59))"
        }
        return "\(within) in the hours \(Self.list(hours.map { "\($0)" }))"
    }

    private func minuteWords(_ minutes: [Int]) -> String {
        if minutes.count == 60 { return "every minute" }
        if minutes == [0] { return "every full hour" }
        let step = minutes.count > 1 ? minutes[1] : 0
        if step > 0, 60 % step == 0, minutes == Array(stride(from: 0, to: 60, by: step)) {
            return "every \(step) minutes"
        }
        return "every hour at \(Self.list(minutes.map { ":\(Digits.padded($0, 2))" }))"
    }

    private var dayWords: String {
        let days = Self.members(self.days, 1...31)
        // Monday first, as the trade counts its week.
        let weekdays = [1, 2, 3, 4, 5, 6, 0].enumerated()
            .filter { self.weekdays & (1 << UInt64($0.element)) != 0 }.map(\.offset)
        let months = Self.members(self.months, 1...12)
        var parts: [String] = []
        let isOften = days.count < 31
        let dates = "\(days.count == 1 ? "day" : "days") \(Self.spans(days) { "\($0)" }) of the month"
        let week = Self.spans(weekdays) { Self.dayTitles[$0] }
        switch (isOften, weekdays.count < 7) {
        case (true, true): parts.append(isAnyDay || isAnyWeekday ? "\(week) on \(dates)" : "\(week), and on \(dates)")
        case (true, false): parts.append("on \(dates)")
        case (false, true): parts.append(week)
        case (false, false): break
        }
        if months.count < 12 { parts.append("in \(Self.spans(months) { LegalDate.monthTitles[$0 - 1] })") }
        return parts.joined(separator: ", ")
    }

    /// `Monday to Friday and Sunday`: three and more in a row are told by their ends.
    private static func spans(_ numbers: [Int], _ title: (Int) -> String) -> String {
        var runs: [[Int]] = []
        for number in numbers {
            if let last = runs.last?.last, last + 1 == number {
                runs[runs.count - 1].append(number)
            } else {
                runs.append([number])
            }
        }
        return list(
            runs.flatMap { run in
                run.count < 3 ? run.map(title) : ["\(title(run[0])) to \(title(run[run.count - 1]))"]
            })
    }

    private static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return "\(words.dropLast().joined(separator: ", ")) and \(last)"
    }

    private static func clock(_ hour: Int, _ minute: Int) -> String {
        "\(Digits.padded(hour, 2)):\(Digits.padded(minute, 2))"
    }
}
