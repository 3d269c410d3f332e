import Domain
import Testing

@Suite struct TimeTests {
    private let kolkata = 19_800

    @Test func aMomentIsShownInTheDesksTimeZone() throws {
        let instant = try #require(TimeText.instant(rfc3339: "2026-11-20T13:10:01.000Z"))
        #expect(TimeText.full(instant, offset: kolkata) == "20-11-2026 18:40:01")
        #expect(TimeText.precise(instant, offset: kolkata) == "18:40:01.000")
        #expect(TimeText.rfc3339(instant) == "2026-11-20T13:10:01.000Z")
    }

    @Test func aLegalDayBeginsAtIndianMidnight() throws {
        let midnight = try #require(TimeText.instant(rfc3339: "2026-11-20T18:30:00Z"))
        #expect(LegalDate.inIndia(midnight) == LegalDate("2026-11-21"))
        #expect(LegalDate.inIndia(midnight - .milliseconds(1)) == LegalDate("2026-11-20"))
    }

    @Test(arguments: [
        ("2026-09-01T09:00:02+05:30", "2026-09-01T03:30:02.000Z"),
        ("2026-01-01T00:00:00-00:30", "2026-01-01T00:30:00.000Z"),
        ("2026-11-20T13:10:01.5Z", "2026-11-20T13:10:01.500Z"),
        ("2026-11-20T13:10:01.123456Z", "2026-11-20T13:10:01.123Z"),
    ])
    func offsetsAndFractionsAreRead(text: String, expected: String) throws {
        #expect(TimeText.rfc3339(try #require(TimeText.instant(rfc3339: text))) == expected)
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-13-01T00:00:00Z", "2026-11-20T25:00:00Z", "2026-11-20T13:10:01",
        "2026-11-20T13:10:01.Z",
    ])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(TimeText.instant(rfc3339: text) == nil)
    }

    @Test func everyDayOfFourCenturiesSurvivesTheRoundTrip() {
        var previous = LegalDate(dayNumber: -100_001)
        for number in -100_000...60_000 {
            let date = LegalDate(dayNumber: number)
            #expect(date.dayNumber == number && previous < date)
            previous = date
        }
    }

    @Test func daysThatDoNotExistAreRefused() {
        #expect(LegalDate("2026-02-29") == nil)
        #expect(LegalDate("2028-02-29")?.adding(days: 1).description == "2028-03-01")
        #expect(LegalDate("2026-2-1") == nil)
        #expect(LegalDate("2026-+2-01") == nil && LegalDate("+026-02-01") == nil)
    }

    /// Years 1 and 9999: what a damaged database may hold is shown as the nearest moment that can be written.
    @Test(arguments: [
        (Int64.min, "0001-01-01T00:00:00.000Z", "01-01-0001"), (Int64.max, "9999-12-31T23:59:59.999Z", "31-12-9999"),
    ])
    func aMomentBeyondAllYearsIsTheNearestOne(milliseconds: Int64, text: String, day: String) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(TimeText.rfc3339(instant) == text && TimeText.instant(rfc3339: text) == instant)
        #expect(Instant(seconds: milliseconds) == instant)
        for offset in [-43_200, 0, kolkata, 50_400] {
            let time = CivilTime(instant, offset: offset)
            #expect((1...9999).contains(time.date.year) && (0..<24).contains(time.hour))
            #expect(TimeText.full(instant, offset: offset).count == 19)
            #expect(TimeText.clock(instant, offset: offset).count == 8)
            #expect(TimeText.minute(instant, offset: offset).count == 5)
            #expect(TimeText.precise(instant, offset: offset).count == 12)
        }
        #expect(TimeText.full(instant, offset: 0).hasPrefix(day))
        #expect(TimeText.date(LegalDate(dayNumber: Int(milliseconds))) == day)
        #expect(TimeText.date(LegalDate.inIndia(instant)) == day)
    }

    @Test func calculationsWithMomentsStayInAllYears() {
        let (first, last) = (Instant(milliseconds: .min), Instant(milliseconds: .max))
        let now = Instant(seconds: 1_790_000_000)
        for wait in [Duration.milliseconds(Int64.max), .seconds(Int64.max)] {
            #expect(now + wait == last && last + wait == last && first + wait == last)
            #expect(now - wait == first && first - wait == first)
        }
        for wait in [Duration.milliseconds(Int64.min), .seconds(Int64.min)] {
            #expect(now + wait == first && now - wait == last)
        }
        let all = last.since(first)
        #expect(all == Duration.zero - first.since(last) && all > Duration.seconds(9_998 * 365 * 86_400))
        #expect(Duration.seconds(Int64.max).milliseconds == .max && Duration.seconds(Int64.min).milliseconds == .min)
        #expect(Duration.milliseconds(-1_500).milliseconds == -1_500)
    }

    @Test func daysBeyondAllYearsAreTheNearestOnes() throws {
        let (first, last) = (LegalDate(dayNumber: .min), LegalDate(dayNumber: .max))
        #expect(first.description == "0001-01-01" && last.description == "9999-12-31")
        #expect(LegalDate("0001-01-01") == first && LegalDate("9999-12-31") == last)
        let day = try #require(LegalDate("2026-11-20"))
        #expect(day.adding(days: .max) == last && day.adding(days: .min) == first)
        #expect(last.adding(days: 1) == last && first.adding(days: -1) == first)
        #expect(last.adding(days: -1).description == "9999-12-30" && first.adding(days: 1).description == "0001-01-02")
        #expect(last.dayNumber - first.dayNumber == 3_652_058)
        #expect(last.adding(months: 1) == last && first.adding(months: -1) == first)
        #expect(WorkingCalendar(holidays: [last]).day(3, after: last) == last)
        #expect(DueStanding(DueDate(on: last, basis: .portal), .open, today: first) == .later(days: 3_652_058))
    }
}
