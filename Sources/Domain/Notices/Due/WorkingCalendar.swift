/// Which days count where a rule speaks of working days: Monday to Friday without holidays.
///
/// Gazetted holidays differ by state and are announced year by year, so only the three national ones are built in; the
/// firm adds the others. A holiday that is missing makes a computed date too early, never too late.
public struct WorkingCalendar: Hashable, Sendable {
    /// Beside the national holidays.
    public var holidays: Set<LegalDate>
    /// For offices that are open on Saturdays.
    public var worksOnSaturdays: Bool

    public init(holidays: Set<LegalDate> = [], worksOnSaturdays: Bool = false) {
        self.holidays = holidays
        self.worksOnSaturdays = worksOnSaturdays
    }

    /// Republic Day, Independence Day, Gandhi Jayanti: closed everywhere in India.
    private static let national: Set<[Int]> = [[1, 26], [8, 15], [10, 2]]

    public func isWorkingDay(_ day: LegalDate) -> Bool {
        switch day.weekday {
        case .sunday: false
        case .saturday where !worksOnSaturdays: false
        default: !holidays.contains(day) && !Self.national.contains([day.month, day.day])
        }
    }

    /// The last of `count` working days after `start`, which itself does not count.
    public func day(_ count: Int, after start: LegalDate) -> LegalDate {
        var day = start
        var left = count
        while left > 0 {
            let next = day.adding(days: 1)
            // None follows the last day that can be written.
            if next == day { return day }
            day = next
            if isWorkingDay(day) { left -= 1 }
        }
        return day
    }
}

/// Days of the week in the order of ISO 8601.
public enum Weekday: Int, CaseIterable, Sendable { case monday, tuesday, wednesday, thursday, friday, saturday, sunday }

extension LegalDate {
    /// January to December.
    public static let monthTitles = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    public var weekday: Weekday {
        // 1 January 1970 was a Thursday.
        let index = (dayNumber + 3) % 7
        return Weekday(rawValue: index < 0 ? index + 7 : index) ?? .monday
    }

    /// The same day so many months later; the last day of a month that is too short.
    public func adding(months: Int) -> LegalDate {
        let total = year * 12 + (month - 1) + months
        var day = day
        while true {
            if let date = LegalDate(year: total / 12, month: total % 12 + 1, day: day) { return date }
            if day <= 28 { return self }
            day -= 1
        }
    }
}
