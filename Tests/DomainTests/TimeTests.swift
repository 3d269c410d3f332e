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
}
