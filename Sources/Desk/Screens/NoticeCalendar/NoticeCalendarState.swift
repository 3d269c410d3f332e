import Domain
import Services
import TerminalKit

/// A month of due dates: how many fall on each day, and below or beside it what falls on the selected one.
struct NoticeCalendarScreen: Screen {
    let identity: PortalIdentity?
    /// As it was typed in the list, without a day: which day is shown is what the calendar is for.
    let filter: String
    /// nil until the screen came up: today is not known before.
    var day: LegalDate?
    var counts: [LegalDate: DueDayCount] = [:]
    /// Those of the selected day, as far as they are shown.
    var rows: [Notice] = []
    var total = 0
    /// The month and the day are read apart.
    var monthReading = PageReading()
    var dayReading = PageReading()
    /// The file that the question on the screen is about.
    var fileToReplace: String?
    var failure: Complaint?

    init(identity: PortalIdentity?, filter: String) {
        self.identity = identity
        self.filter = NoticeFilterText.withoutDay(filter)
    }

    var scope: CommandScope { .noticeCalendar }
    var trail: [String] { ["Calendar"] }

    /// What the list showed, without its page.
    func query(_ context: ScreenContext) -> NoticeQuery {
        var query = NoticeFilterText.parse(filter, me: context.user?.name)
        query.identity = identity
        query.today = context.indianDay
        query.perPage = nil
        return query
    }
}

/// The days that a picture of one month shows: whole weeks from Monday.
struct MonthGrid: Hashable {
    let first: LegalDate
    static let weeks = 6

    init(around day: LegalDate) {
        first = day.adding(days: 1 - day.day)
    }

    /// The Monday on which the picture begins.
    var start: LegalDate { first.adding(days: -first.weekday.rawValue) }
    var end: LegalDate { start.adding(days: Self.weeks * 7 - 1) }
    func day(_ index: Int) -> LegalDate { start.adding(days: index) }
    func holds(_ day: LegalDate) -> Bool { day.year == first.year && day.month == first.month }

    var title: String { "\(LegalDate.monthTitles[first.month - 1]) \(first.year)" }
}
