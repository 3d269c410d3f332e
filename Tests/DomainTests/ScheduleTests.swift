import Domain
import Testing

@Suite struct ScheduleTests {
    private static let india = 19_800

    /// A moment of the Indian clock.
    private func at(_ day: String, _ hour: Int, _ minute: Int, _ second: Int = 0) throws -> Instant {
        let date = try #require(LegalDate(day))
        return Instant(
            seconds: Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second - Self.india))
    }

    private func next(_ rule: String, after: Instant) throws -> Instant? {
        try CronRule(rule).next(after: after) { _ in Self.india }
    }

    @Test(arguments: [
        ("30 7 * * *", "2026-11-21 07:29", "2026-11-21 07:30"),
        ("30 7 * * *", "2026-11-21 07:30", "2026-11-22 07:30"),
        ("*/20 9-17 * * mon-fri", "2026-11-20 17:40", "2026-11-23 09:00"),
        ("0 0 29 2 *", "2026-11-21 12:00", "2028-02-29 00:00"),
        ("15 6 1,15 * *", "2026-11-21 12:00", "2026-12-01 06:15"),
        ("0 12 13 * fri", "2026-11-21 12:00", "2026-11-27 12:00"),
        ("0 12 */2 * fri", "2026-11-21 12:00", "2026-11-27 12:00"),
        ("0 8 * * 7", "2026-11-21 12:00", "2026-11-22 08:00"),
        ("@monthly", "2026-12-31 23:59", "2027-01-01 00:00"),
    ])
    func theNextTimeIsTheOneThatTheRuleNames(rule: String, after: String, expected: String) throws {
        #expect(try next(rule, after: moment(after)) == moment(expected))
    }

    private func moment(_ text: String) throws -> Instant {
        let parts = text.split { $0 == " " || $0 == ":" }
        return try at(String(parts[0]), try #require(Int(parts[1])), try #require(Int(parts[2])))
    }

    @Test func secondsBelongToTheirMinute() throws {
        #expect(try next("30 7 * * *", after: at("2026-11-21", 7, 29, 59)) == at("2026-11-21", 7, 30))
        #expect(try next("30 7 * * *", after: at("2026-11-21", 7, 30, 1)) == at("2026-11-22", 7, 30))
    }

    @Test func whatNeverComesHasNoNextTime() throws {
        #expect(try next("0 0 30 2 *", after: at("2026-11-21", 0, 0)) == nil)
    }

    @Test(arguments: [
        "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *",
        "a * * * *", "1,,2 * * * *", "@never", "1 2 3 4 5 6",
    ])
    func whatIsNoRuleIsRefused(text: String) { #expect(throws: CronRule.Problem.self) { try CronRule(text) } }

    @Test(arguments: [
        ("30 7 * * mon-sat", "07:30, Monday to Saturday"), ("30 7 * * *", "07:30, every day"),
        ("0 9,13,18 * * mon,wed,fri", "09:00, 13:00 and 18:00, Monday, Wednesday and Friday"),
        ("@hourly", "every full hour"), ("* * * * *", "every minute"), ("*/15 * * * *", "every 15 minutes"),
        ("5,35 * * * *", "every hour at :05 and :35"),
        ("*/20 9-17 * * 1-5", "every 20 minutes from 09:00 to 17:59, Monday to Friday"),
        ("0 */2 * * 7", "every full hour in the hours 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 22, Sunday"),
        ("@monthly", "00:00, on day 1 of the month"), ("0 6 1-7,15 * *", "06:00, on days 1 to 7 and 15 of the month"),
        ("0 12 13 * fri", "12:00, Friday, and on day 13 of the month"),
        ("0 12 */15 * fri", "12:00, Friday on days 1, 16 and 31 of the month"),
        ("0 8 * 4-6,9 sat,sun", "08:00, Saturday and Sunday, in April to June and September"),
    ])
    func theRuleIsToldInWords(rule: String, words: String) throws { #expect(try CronRule(rule).words == words) }

    @Test func theNextTimesFollowOneAnother() throws {
        let from = try moment("2026-11-20 12:00")
        func upcoming(_ rule: String) throws -> [Instant] {
            try CronRule(rule).upcoming(3, after: from) { _ in Self.india }
        }
        #expect(
            try upcoming("30 7 * * mon-sat")
                == [moment("2026-11-21 07:30"), moment("2026-11-23 07:30"), moment("2026-11-24 07:30")])
        #expect(try upcoming("0 0 30 2 *").isEmpty)
    }

    @Test func quietHoursMayCrossMidnight() throws {
        let night = try #require(QuietHours("22:00-06:30"))
        func end(_ moment: Instant) -> Instant? { night.end(at: moment) { _ in Self.india } }
        #expect(try end(at("2026-11-21", 21, 59)) == nil)
        #expect(try end(at("2026-11-21", 22, 0, 5)) == at("2026-11-22", 6, 30))
        #expect(try end(at("2026-11-22", 6, 29)) == at("2026-11-22", 6, 30))
        #expect(try end(at("2026-11-22", 6, 30)) == nil)
        let lunch = try #require(QuietHours("13:00-14:00"))
        #expect(try lunch.end(at: at("2026-11-21", 13, 10), offset: { _ in Self.india }) == at("2026-11-21", 14, 0))
        #expect(QuietHours("22:00") == nil && QuietHours("25:00-06:00") == nil && QuietHours("06:00-06:00") == nil)
    }
}
