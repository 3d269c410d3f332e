import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The desk around its screens") struct DeskTests {
    @Test func `Esc goes back exactly one layer and never leaves the desk`() throws {
        var bench = try Bench.editLogin()
        bench.press(.escape)
        #expect(bench.shows("View/Edit") && !bench.shows("Username "))
        bench.press(.escape)
        #expect(!bench.shows("View/Edit"))
        bench.press(.escape, .escape)
        #expect(!bench.model.isFinished && bench.shows("Recent Sync Activity"))
    }

    @Test func `Ctrl-C asks, with No as its answer; q quits`() {
        var bench = Bench()
        bench.press(.control("c"))
        #expect(bench.shows("Quit PortalDesk?") && bench.shows("16 jobs go on in the"))
        bench.press(.enter)
        #expect(!bench.model.isFinished)
        bench.press(.control("c"), "y")
        #expect(bench.model.isFinished && bench.effects == [.quit])
        var other = Bench()
        other.press("q")
        #expect(other.model.isFinished)
    }

    @Test func `a hang-up or a signal from outside ends the desk at once`() {
        for event in [InputEvent.hangup, .terminate(signal: 15)] {
            var bench = Bench()
            bench.input(.event(event))
            #expect(bench.effects == [.quit])
        }
    }

    @Test func `a window that is too small takes no keys but quit, and nothing is lost`() {
        var bench = Bench()
        bench.press(.down, .down)
        bench.resize(Sample.tiny)
        #expect(bench.shows("needs 80x24; this window is 60x15"))
        bench.press("X", "1", .enter)
        #expect(bench.effects.isEmpty)
        bench.resize(Sample.narrow)
        #expect(bench.selectedRow.contains("29AAGCB1286Q1Z0"))
        bench.resize(Size(columns: 1, rows: 1))
        bench.press("q")
        #expect(bench.model.isFinished)
    }

    @Test func `modules are reached from everywhere and do not pile up`() throws {
        var bench = try Bench.notices()
        bench.press(.function(8))
        #expect(bench.shows("PortalDesk › Businesses"))
        bench.press(.alt("n"), .alt("n"))
        #expect(bench.shows("PortalDesk › Notices & Orders"))
        bench.press(.escape)
        #expect(bench.shows("PortalDesk › Portal Integration"))
    }

    @Test func `help lists the keys of this screen and can be searched`() {
        var bench = Bench()
        bench.press("?")
        bench.type("error log")
        #expect(bench.shows("Error log of a failed job") && !bench.shows("Reload the table"))
        bench.press(.escape)
        #expect(!bench.shows("Keys:"))
    }

    @Test func `the palette reaches every command by name, with its key`() {
        var bench = Bench()
        bench.press(.control("p"))
        bench.type("mouse")
        bench.press(.enter)
        #expect(bench.effects.contains(.setMouse(false)) && bench.toasts == ["Mouse off"])
    }

    @Test func `toasts go when their time is over, warnings with the next command`() {
        var bench = Bench()
        bench.input(.notice(Toast(.info, "one")))
        guard case .expireToast(let id, isLong: false)? = bench.effects.first else {
            Issue.record("a toast expires")
            return
        }
        bench.input(.toastExpired(id))
        #expect(bench.toasts.isEmpty)
        bench.press(.left, "s")
        #expect(bench.toasts.isEmpty)
    }

    @Test func `a screen that ends by itself goes alone, whatever lies above it`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab, .enter)
        try bench.answerLast(.loginSaved(verifyJob: JobId(9)))
        bench.press(.control("c"))
        try bench.answerLast(.job(Sample.job(9, .done, kind: .verify)))
        #expect(bench.shows("Quit PortalDesk?"), "the question stays")
        bench.press(.escape)
        #expect(bench.shows("View/Edit") && !bench.shows("Password "))
    }

    @Test func `hostile text reaches no picture as a control or bidi character`() throws {
        let hostile = "\u{1B}[2J\u{202E}evil\u{9B}31m\u{7}\r\nnext\u{2066}\u{200F}"
        var job = Sample.job(17, .failed, cause: .portalChanged, message: hostile)
        job.business = hostile
        var log = try Bench.log(
            job, [Sample.entry(1, 0, .error, hostile, hostile, hostile + String(repeating: "x", count: 60_000))])
        log.input(.notice(Toast(.danger, hostile, detail: hostile)))
        var notice = Sample.notice(1, due: nil)
        notice.business = hostile
        notice.facts.reference = hostile
        notice.facts.summary = hostile
        var notices = try Bench.notices(page: Sample.noticePage([notice]))
        notices.press(.enter)
        var account = Sample.account(0)
        account.username = hostile
        account.business = hostile
        account.reasonMessage = hostile
        var panel = try Bench.configure(page: Sample.accountPage([account]))
        panel.press("e")
        for bench in [log, notices, panel] {
            let bad = bench.canvas.textRows.joined().unicodeScalars.filter { !HarmlessText.isHarmless($0) }
            #expect(bad.isEmpty)
        }
    }

    @Test func `a message pasted into a prompt stays one line`() {
        var bench = Bench()
        bench.press("p")
        bench.input(.event(.paste("1\n2\n")))
        #expect(bench.effects.isEmpty && bench.shows("Go to page"))
    }

    @Test func `the clock moves on, and ticks by the second only while a running job is on the screen`() throws {
        var bench = try Bench.log(Sample.job(20, .running, progress: 10), size: Sample.wide)
        #expect(bench.model.showsSeconds)
        #expect(bench.shows("1 h 19 min so far"))
        bench.pass(60)
        bench.input(.tick)
        #expect(bench.shows("1 h 20 min so far") && bench.shows("18:43"))
        bench.press(.escape)
        #expect(!bench.model.showsSeconds)
    }
}

@Suite("Changes of the workspace") @MainActor struct ChangeGateTests {
    @Test func `a burst makes one reload, and a change during the reload makes another`() {
        var pending: [@MainActor () -> Void] = []
        var reloads = 0
        var noteAgain: (() -> Void)?
        let gate = ChangeGate(after: { pending.append($0) }) {
            reloads += 1
            noteAgain?()
        }
        gate.note()
        gate.note()
        #expect(pending.count == 1)
        noteAgain = { gate.note() }
        pending.removeFirst()()
        #expect(reloads == 1 && pending.count == 1, "the change that came during the reload is waited for")
        noteAgain = nil
        pending.removeFirst()()
        #expect(reloads == 2 && pending.isEmpty)
    }
}
