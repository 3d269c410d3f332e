import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The main screen") struct PortalsTests {
    private let ticket = Ticket(screen: 2, number: 0)

    @Test func `each job says why a command cannot be given to it`() {
        var bench = Bench()
        bench.press(.down, .down, "l")
        #expect(bench.toasts == ["No error log: this job succeeded"])
        bench.press("R")
        #expect(bench.toasts.last == "Only failed, cancelled or waiting jobs can be retried")
        bench.press("X")
        #expect(bench.toasts.last == "Only unfinished jobs can be cancelled")
        var empty = Bench(page: Sample.page([], total: 0))
        empty.press("l")
        #expect(empty.toasts == ["No job is selected"])
    }

    @Test func `Enter opens a job, l the log of a failed one, Esc comes back to the same row`() throws {
        var bench = Bench()
        bench.press(.down, .down, .down, "l")
        #expect(bench.effects.first.map { if case .loadJobLog(JobId(17), _) = $0 { true } else { false } } == true)
        bench.press(.escape)
        #expect(bench.selectedRow.contains("✗ Failed"))
        bench.press(.enter)
        #expect(bench.shows("Job 17"))
    }

    @Test func `Configure opens the portal of the selection, of the card, or by number`() {
        var bench = Bench()
        bench.press(.down, "c")
        #expect(bench.shows("TDS Portal (TRACES) · View/Edit") && bench.shows("filter: DELA12343B"))
        for (key, title) in [("1", "GST Portal ·"), ("2", "Income Tax Portal ·"), ("3", "TDS Portal (TRACES) ·")] {
            var bench = Bench()
            bench.type(key)
            #expect(bench.shows(title) && bench.shows("filter: none"))
        }
        var card = Bench()
        card.press(.tab, .right, .enter)
        #expect(card.shows("Income Tax Portal · View/Edit"))
    }

    @Test func `Tab and arrows go over the cards and back to the table`() {
        var bench = Bench()
        bench.press(.tab, .tab, .tab, .tab)
        #expect(bench.canvas.style(x: 80, y: 12)?.surface == .selection)
        bench.press(.backtab)
        #expect(bench.canvas.style(x: 80, y: 12)?.surface == .selectionUnfocused)
        bench.press(.right, .down)
        #expect(bench.canvas.style(x: 80, y: 12)?.surface == .selection)
        bench.press(.tab, .escape)
        #expect(bench.canvas.style(x: 80, y: 12)?.surface == .selection)
    }

    @Test func `one fetch does not ask, a fetch of a whole portal asks and names how many`() throws {
        var bench = Bench()
        bench.press("f")
        #expect(bench.effects == [.fetch([Sample.identity(20)], ticket)])
        bench.press(.tab, "f")
        #expect(bench.effects == [.planFetch(.gst, ticket)])
        let plan = SyncService.FetchPlan(portal: .gst, queued: 70, standing: 1, refused: 3, withoutAuthority: 2)
        bench.input(.loaded(.fetchPlan(plan), ticket))
        #expect(bench.shows("Fetch GST Portal?") && bench.shows("70 logins will be queued."))
        #expect(plan.leftOut == "3 refused by the portal, 2 without written authority, 1 queued or running already")
        #expect(bench.shows("Left out: 3 refused"))
        bench.press(.enter)
        #expect(bench.effects.isEmpty, "the default is No")
        bench.press("f")
        bench.input(.loaded(.fetchPlan(plan), ticket))
        bench.press("y")
        #expect(bench.effects == [.fetchPortal(.gst, ticket)])
        bench.press("F")
        bench.input(.loaded(.fetchPlan(SyncService.FetchPlan(queued: 9)), ticket))
        #expect(bench.shows("9 logins will be queued.") && !bench.shows("Left out"))
        bench.press(.left, .enter)
        #expect(bench.effects == [.fetchPortal(nil, ticket)])
        bench.press("F")
        bench.input(.loaded(.fetchPlan(SyncService.FetchPlan(queued: 0, refused: 4)), ticket))
        #expect(bench.toasts.last == "Nothing to queue" && bench.shows("4 refused by the portal"))
    }

    @Test func `a question that comes late takes no key and hides nothing that is typed`() throws {
        var bench = Bench()
        let plan = SyncService.FetchPlan(queued: 9)
        bench.press("F", "/")
        bench.input(.loaded(.fetchPlan(plan), ticket))
        #expect(bench.toasts.last == "Nothing was done, for you had gone on" && bench.shows("Fetch every portal?"))
        bench.type("yadav")
        #expect(bench.shows("yadav") && !bench.effects.contains(.fetchPortal(nil, ticket)))
        bench = Bench()
        bench.press("F", .control("c"))
        bench.input(.loaded(.fetchPlan(plan), ticket))
        #expect(bench.shows("Quit PortalDesk?") && !bench.shows("9 logins will be queued."))
        bench.press(.escape, "F")
        bench.input(.loaded(.fetchPlan(plan), ticket))
        #expect(bench.shows("9 logins will be queued."))
    }

    @Test func `what a fetch brought about is told in the words of the document, or in plain truth`() {
        var result = SyncService.Triggered()
        #expect(PortalsScreen.toast(for: result).title == "Nothing to fetch: no login is configured")
        result.existing = [JobId(1)]
        #expect(PortalsScreen.toast(for: result).title == "Already queued or running")
        result.created = [JobId(2), JobId(3)]
        let toast = PortalsScreen.toast(for: result)
        #expect(toast.title == "Triggered Successfully" && toast.detail == "2 jobs queued, 1 already queued or running")
    }

    @Test func `a cancel acts on the jobs that were named, whatever is selected when it is answered`() throws {
        var bench = Bench()
        bench.press("X")
        #expect(bench.shows("GST 33AAKFO7781R1Z5. What was read so far is kept."))
        bench.input(.changed)
        try bench.answer(.activity(Sample.page([Sample.job(30, .running)])))
        bench.press("y")
        #expect(bench.effects == [.cancel([JobId(20)], ticket)])
    }

    @Test func `sorting by key and header shows its arrow, is kept, and keeps the row`() throws {
        var bench = Bench()
        bench.press(.down, .down, "s")
        #expect(bench.effects.first == .remember(.activitySort, "completed:desc"))
        #expect(bench.shows("Completed Time ▼"))
        try bench.answer(.activity(Sample.page(Sample.jobs.reversed())))
        #expect(bench.selectedRow.contains("29AAGCB1286Q1Z0"))
        bench.press("S")
        #expect(bench.effects.first == .remember(.activitySort, "completed:asc"))
        try bench.click("Portal Identity")
        #expect(bench.effects.first == .remember(.activitySort, "identity:asc"))
        try bench.click("Portal Identity")
        #expect(bench.effects.first == .remember(.activitySort, "identity:desc"))
        #expect(bench.model.settings.activitySort == ActivitySort(field: .identity, descending: true))
    }

    @Test func `a reload asked for is announced when it is done`() throws {
        var bench = Bench()
        bench.press("r")
        #expect(bench.toasts.isEmpty && bench.effects.first == .loadSummary)
        try bench.answer(.activity(Sample.page()))
        #expect(bench.toasts == ["Reloaded"])
    }

    @Test func `a failed page says why and what to do; the next answer heals it`() throws {
        var bench = Bench()
        bench.press(.right)
        try bench.answer(.failed(Sample.complaint))
        #expect(bench.shows("the workspace is locked: another program holds it. Press r to try again."))
        bench.press("r")
        try bench.answer(.activity(Sample.page(Sample.fullPage(), page: 2)))
        #expect(bench.shows("21–40"))
    }

    @Test func `y copies the identity`() {
        var bench = Bench()
        bench.press("y")
        #expect(bench.effects.first == .copy("33AAKFO7781R1Z5"))
        #expect(bench.toasts == ["33AAKFO7781R1Z5 sent to the clipboard"])
    }

    @Test(arguments: [
        ("failed", ActivityFilter(statuses: [.failed])), ("? OTP", ActivityFilter(statuses: [.needsInput])),
        ("need input", ActivityFilter(statuses: [.needsInput])),
        ("needs input", ActivityFilter(statuses: [.needsInput])),
        ("Income Tax retry", ActivityFilter(statuses: [.retrying], portals: [.incomeTax])),
        ("tds waiting", ActivityFilter(statuses: [.needsInput], portals: [.traces])),
        ("09aaf", ActivityFilter(identityPrefix: "09AAF")), ("harihar co", ActivityFilter(businessText: "harihar co")),
    ]) func `the filter understands statuses, portals, identities and names`(text: String, filter: ActivityFilter) {
        let today = CivilTime(Sample.now, offset: Sample.utcOffset).date
        #expect(ActivityFilterText.parse(text, today: today, utcOffset: 19_800).filter == filter)
    }

    @Test func `a tall screen tells below the table what became of the selected job`() {
        let tall = Size(columns: 200, rows: 50)
        let failed = Sample.job(17, .failed, portal: .incomeTax, cause: .wrongPassword, message: "EF00027")
        var bench = Bench(size: tall, page: Sample.page([failed, Sample.job(18, .done)]))
        #expect(bench.shows("What happened   wrong password: EF00027") && bench.shows("What to do"))
        bench.press(.down)
        #expect(bench.shows("Every place was read") && !bench.shows("What happened"))
        #expect(!Bench(page: Sample.page([failed])).shows("What happened"))
    }

    @Test(arguments: [(1, "06:13 +1d"), (12, "06:13+12d")])
    func `at 80 columns a completion on another day says so, and nothing of a far row is cut`(days: Int, said: String)
        throws
    {
        var job = Sample.job(17, .cancelled)
        let today = try #require(TimeText.instant(rfc3339: "2026-11-20T00:43:13Z"))
        job.startedAt = today - .seconds(Int64(days) * 86_400)
        job.completedAt = today
        let page = ActivityPage(rows: [job], page: 6_000, pageCount: 6_000, total: 120_000, firstSerial: 119_981)
        let bench = Bench(size: Sample.narrow, page: page)
        #expect(bench.shows("119981 ") && bench.shows("– Cancelled") && bench.shows("Completed") && bench.shows(said))
    }

    @Test func `the filter understands days and names a day that does not exist`() throws {
        let today = try #require(LegalDate("2026-11-20"))
        func days(_ text: String) -> ClosedRange<LegalDate>? {
            ActivityFilterText.parse(text, today: today, utcOffset: 19_800).filter.days
        }
        #expect(days("today") == today...today)
        #expect(days("week") == today.adding(days: -6)...today)
        #expect(days("01-11-2026..20-11-2026") == today.adding(days: -19)...today)
        #expect(ActivityFilterText.parse("31-02-2026", today: today, utcOffset: 0).note.contains("is no day"))
    }
}
