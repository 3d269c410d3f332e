import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// The sizes in which every screen is kept as a picture.
enum PictureSize: String, CaseIterable, Sendable {
    case wide, middle, narrow, tiny, tall

    var size: Size {
        switch self {
        case .wide: Sample.wide
        case .middle: Size(columns: 100, rows: 30)
        case .narrow: Sample.narrow
        case .tiny: Sample.tiny
        case .tall: Size(columns: 200, rows: 50)
        }
    }

    /// A screen that does not fit says so; one picture of that is enough.
    static let fitting: [PictureSize] = [.wide, .narrow]
}

@Suite("Screens look as drawn in Goldens/") struct PictureTests {
    private func check(_ bench: Bench, _ name: String, _ size: PictureSize) throws {
        try Golden.check(bench.canvas, "\(name)-\(size.rawValue)")
    }

    @Test(arguments: PictureSize.allCases) func `the main screen shows cards and jobs of every status`(
        size: PictureSize
    ) throws {
        try check(Bench(size: size.size), "portals-full", size)
    }

    @Test(arguments: PictureSize.fitting)
    func `the main screen loads with grey bars, and explains emptiness and failure`(
        size: PictureSize
    ) throws {
        try check(Bench(size: size.size, page: nil, summary: DeskSummary(portals: [])), "portals-loading", size)
        let nothing = Bench(size: size.size, page: Sample.page([], total: 0), summary: DeskSummary(portals: []))
        try check(nothing, "portals-empty", size)
        var failed = Bench(size: size.size, page: nil)
        try failed.answer(.failed(Sample.complaint))
        try check(failed, "portals-error", size)
    }

    @Test(arguments: PictureSize.fitting) func `a focused card, a typed filter and marks stand out`(
        size: PictureSize
    ) throws {
        var card = Bench(size: size.size)
        card.press(.tab, .tab)
        try check(card, "portals-card", size)
        var filter = Bench(size: size.size)
        filter.press(.space, .space, "/")
        filter.type("failed 99-11-2026")
        try check(filter, "portals-filter", size)
        var marked = Bench(size: size.size)
        marked.press(.space, .space)
        try check(marked, "portals-marks", size)
    }

    @Test(arguments: PictureSize.fitting) func `the Configure panel stands beside, or fills a narrow screen`(
        size: PictureSize
    ) throws {
        try check(try Bench.configure(size: size.size), "configure-full", size)
        try check(try Bench.configure(size: size.size, page: nil), "configure-loading", size)
        try check(try Bench.configure(size: size.size, page: Sample.accountPage([])), "configure-empty", size)
        var failed = try Bench.configure(size: size.size, page: nil)
        try failed.answer(.failed(Sample.complaint))
        try check(failed, "configure-error", size)
        var menu = try Bench.configure(size: size.size)
        menu.press(.down, .down, .down, .enter)
        try check(menu, "configure-menu", size)
    }

    @Test(arguments: PictureSize.fitting) func `the form of a login shows what is asked, wrong, under way and refused`(
        size: PictureSize
    ) throws {
        var bench = try Bench.editLogin(size: size.size)
        bench.press(.tab)
        bench.type("t!ger-Lotus-88")
        try check(bench, "login-editing", size)
        var wrong = try Bench.editLogin(3, size: size.size)
        wrong.press(.tab, .enter)
        try check(wrong, "login-error", size)
        bench.press(.enter)
        try bench.answerLast(.loginSaved(verifyJob: JobId(77)))
        try check(bench, "login-verifying", size)
        try bench.answerLast(.job(Sample.job(77, .failed, kind: .verify, cause: .wrongPassword, message: "EF00027")))
        try check(bench, "login-refused", size)
    }

    @Test(arguments: PictureSize.fitting) func `the lock and the reveal ask, wait, refuse and show`(
        size: PictureSize
    ) throws {
        var locked = Bench(size: size.size)
        locked.input(.idle(minutes: 5))
        try check(locked, "lock-idle", size)
        locked.type("x")
        locked.press(.enter)
        locked.input(.loginFailed(Sample.complaint))
        try check(locked, "lock-refused", size)
        var reason = try Bench.editLogin(size: size.size)
        reason.press(.function(2))
        try check(reason, "reveal-reason", size)
        try check(try RevealTests.asked(size: size.size), "reveal-code", size)
        try check(try RevealTests.shown(size: size.size), "reveal-shown", size)
        try check(try HistoryTests.open(size: size.size), "history-full", size)
    }

    @Test(arguments: PictureSize.fitting) func `the job screen tells failed, running and done apart`(
        size: PictureSize
    ) throws {
        let failed = Sample.job(
            17, .failed, portal: .incomeTax, cause: .wrongPassword, message: "EF00027 Invalid Password")
        try check(try Bench.log(failed, size: size.size), "job-failed", size)
        let running = Sample.job(20, .running, progress: 40)
        try check(try Bench.log(running, Array(Sample.log.prefix(2)), size: size.size), "job-running", size)
        try check(try Bench.log(Sample.job(18, .done), [], size: size.size), "job-done", size)
        var loading = Bench(size: size.size)
        loading.press(.enter)
        try check(loading, "job-loading", size)
        try loading.answer(.failed(Sample.complaint))
        try check(loading, "job-error", size)
        var search = try Bench.log(failed, size: size.size)
        search.press("/")
        search.type("login")
        try check(search, "job-search", size)
    }

    @Test(arguments: PictureSize.fitting) func `notices are listed by due date, with a detail below`(
        size: PictureSize
    ) throws {
        var bench = try Bench.notices(size: size.size)
        try check(bench, "notices-full", size)
        bench.press(.enter)
        try bench.answerLast(.dossier(Sample.dossier))
        try check(bench, "notices-detail", size)
        try check(try Bench.notices(size: size.size, page: nil), "notices-loading", size)
        try check(try Bench.notices(size: size.size, page: Sample.noticePage([])), "notices-empty", size)
        var failed = try Bench.notices(size: size.size, page: nil)
        try failed.answer(.failed(Sample.complaint))
        try check(failed, "notices-error", size)
    }

    @Test(arguments: PictureSize.fitting) func `a month of due dates, and the form of a notice that came by post`(
        size: PictureSize
    ) throws {
        try check(try NoticeCalendarScreenTests.open(size: size.size), "notices-calendar", size)
        try check(try NoticeWorkTests.story(size: size.size), "notice-story", size)
        var entry = try Bench.notices(size: size.size)
        entry.press("+")
        entry.type("DIN-7")
        try check(entry, "notice-entry", size)
        var prompt = try Bench.notices(size: size.size)
        prompt.press("m")
        try check(prompt, "notice-due", size)
    }

    @Test(arguments: PictureSize.fitting) func `the register of businesses and its form`(size: PictureSize) throws {
        try check(try Bench.businesses(size: size.size), "businesses-full", size)
        try check(try Bench.businesses(size: size.size, page: nil), "businesses-loading", size)
        try check(try Bench.businesses(size: size.size, page: Sample.businessPage(0)), "businesses-empty", size)
        var edit = try Bench.businesses(size: size.size)
        edit.press(.enter)
        try check(edit, "business-edit", size)
        var add = try Bench.businesses(size: size.size)
        add.press("a")
        add.type("New House")
        add.press(.enter, .enter)
        add.type("09AAFHH6756K1ZX")
        add.press(.down, .down, .down, .enter)
        try check(add, "business-error", size)
    }

    @Test(arguments: PictureSize.fitting) func `an authenticator is set up by a picture, or by letters alone`(
        size: PictureSize
    ) throws {
        try check(try AuthenticatorTests.bench(size: size.size, isAskedFor: false), "authenticator-enrol", size)
        var wrong = try AuthenticatorTests.bench(size: size.size)
        wrong.type("000000")
        wrong.press(.enter)
        try wrong.answerLast(.failed(.wrongFirstCode))
        try check(wrong, "authenticator-wrong", size)
    }

    @Test(arguments: PictureSize.fitting) func `what lies over a screen: help, palette, question, prompt, toasts`(
        size: PictureSize
    ) throws {
        var help = Bench(size: size.size)
        help.press("?")
        try check(help, "over-help", size)
        var palette = Bench(size: size.size)
        palette.press(":")
        palette.type("co")
        try check(palette, "over-palette", size)
        var question = Bench(size: size.size)
        question.press("X")
        try check(question, "over-question", size)
        var prompt = Bench(size: size.size)
        prompt.press("p")
        prompt.type("24")
        try check(prompt, "over-prompt", size)
        var toasts = Bench(size: size.size)
        toasts.input(.notice(Toast(.success, "Triggered Successfully")))
        toasts.input(.notice(Toast(.danger, "the workspace is locked", detail: "another program holds it")))
        try check(toasts, "over-toasts", size)
    }
}

@Suite("Between the kept sizes") struct BetweenSizesTests {
    @Test(arguments: [80, 90, 99, 100, 104, 111, 112, 119, 130, 140, 200])
    func
        `the eye, the state of a portal and the total are in full at every width`(columns: Int)
    {
        let bench = Bench(size: Size(columns: columns, rows: 36))
        #expect(bench.shows("◉") && bench.shows("○ Not Connected") && bench.shows("Total 4,884 items"))
        #expect(bench.shows("2 running · 14 queued") && bench.shows("SANDBOX"))
        #expect(!bench.shows("Act…") && !bench.shows("Not Conn…"))
    }
}
