import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Calendar and providers look as drawn in Goldens/") struct CalendarPictureTests {
    private func check(_ bench: Bench, _ name: String, _ size: PictureSize) throws {
        try Golden.check(bench.canvas, "\(name)-\(size.rawValue)")
    }

    @Test(arguments: PictureSize.fitting) func `what is done by the calendar, and the form for more`(
        size: PictureSize
    ) throws {
        try check(try SchedulesTests.open(4, size: size.size), "schedules-full", size)
        let unserved = Sample.calendar(isServed: false, mail: nil)
        try check(try SchedulesTests.open(size: size.size, of: unserved), "schedules-unserved", size)
        try check(try SchedulesTests.open(size: size.size, of: Sample.calendar([])), "schedules-empty", size)
        var failed = Bench(size: size.size)
        failed.press(.alt("t"))
        try check(failed, "schedules-loading", size)
        try failed.answerLast(.failed(Sample.complaint))
        try check(failed, "schedules-error", size)
        try check(try SchedulesTests.form("0 23 * * mon-sat", size: size.size), "schedule-add", size)
        try check(try SchedulesTests.form("30 7 31 2 mun", size: size.size), "schedule-wrong", size)
    }

    @Test(arguments: PictureSize.fitting) func `whose written authority is recorded, and the form for it`(
        size: PictureSize
    ) throws {
        try check(try WrittenAuthorityTests.panel(size: size.size), "configure-authority", size)
        try check(try WrittenAuthorityTests.panel(1, size: size.size), "configure-unauthorised", size)
        try check(try WrittenAuthorityTests.form(size: size.size), "authority-none", size)
        try check(try WrittenAuthorityTests.form(0, size: size.size), "authority-recorded", size)
        try check(try WrittenAuthorityTests.form(0, size: size.size, user: Sample.olu), "authority-refused", size)
    }

    @Test(arguments: PictureSize.fitting) func `who reaches the portals, and how they do`(size: PictureSize) throws {
        try check(try ProvidersTests.open(size: size.size), "providers-well", size)
        try check(try ProvidersTests.open(1, size: size.size), "providers-down", size)
        var asked = try ProvidersTests.open(1, size: size.size, broken: ["providers/new.toml:3: connector is needed"])
        asked.press("t")
        try asked.answerLast(.providerAnswers("e-filing", [.init(portal: .incomeTax, state: "up", message: "")]))
        try check(asked, "providers-asked", size)
        try check(try ProvidersTests.open(5, size: size.size), "providers-unknown", size)
        try check(try ApiUsersTests.open(size: size.size), "apiusers-full", size)
        try check(try TdsRequestsTests.open(size: size.size), "tdsrequests-full", size)
        var form = try ApiUsersTests.open(size: size.size)
        form.press(.enter)
        form.type("secret")
        try check(form, "apiusers-form", size)
        form = try ApiUsersTests.open(size: size.size)
        form.press("D")
        try check(form, "apiusers-question", size)
        try check(try ProvidersTests.open(size: size.size, rows: []), "providers-empty", size)
        var failed = Bench(size: size.size)
        failed.press(.alt("o"))
        try check(failed, "providers-loading", size)
        try failed.answerLast(.failed(Sample.complaint))
        try check(failed, "providers-error", size)
    }
}
