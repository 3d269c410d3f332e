import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Schedules") struct SchedulesTests {
    static let sam = Person(name: "sam", email: "sam@firm.example", role: .support)

    /// The list with the row of that number selected.
    static func open(
        _ index: Int = 0, size: Size = Sample.wide, user: Person = Sample.asha,
        of overview: ScheduleService.Overview = Sample.calendar()
    ) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.alt("t"))
        try bench.answerLast(.schedules(overview))
        for _ in 0..<index { bench.press(.down) }
        return bench
    }

    /// The form, with `rule` typed into it.
    static func form(_ rule: String, name: String = "dawn", size: Size = Sample.wide) throws -> Bench {
        var bench = try open(size: size)
        bench.press("a")
        bench.type(name)
        bench.press(.tab, .tab, .tab, .tab)
        bench.type(rule)
        return bench
    }

    private func wishes(_ bench: Bench) -> [ScheduleWish] {
        bench.effects.compactMap { if case .schedules(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `each says in words what it does and when, and how its last run went`() throws {
        var bench = try Self.open()
        #expect(bench.shows("quiet hours 22:00-06:00") && bench.shows("● A worker runs and does what is due."))
        #expect(bench.shows("Digest to asha, ravi") && bench.shows("mail leaves by smtp"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("! Trouble") && bench.shows("not sent: the server refused"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("! today 18:27") && bench.shows("it waits for a worker"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("07:30, Monday to Saturday") && bench.shows("74 fetches queued"))
        #expect(bench.shows("Fetch GST, group Retail"))
        bench.press(.down)
        #expect(bench.shows("quiet hours hold it back until 06:00"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("○ Off") && bench.shows("it rests; o lets it run again"))
    }

    @Test func `quiet hours hold back a digest as well`() throws {
        let digest = Sample.schedule("late", "0 23 * * *", kind: .digest, to: ["asha"], next: 15_480, message: "")
        let bench = try Self.open(of: Sample.calendar([digest]))
        #expect(bench.shows("quiet hours hold it back until 06:00"))
        var form = try Self.open()
        form.press("a")
        form.type("letter")
        form.press(.tab, .right, .tab)
        form.type("asha")
        form.press(.tab)
        form.type("0 23 * * *")
        #expect(form.shows("Quiet hours hold it back until 06:00"))
    }

    @Test func `without a worker or without mail it says that nothing is done`() throws {
        let bench = try Self.open(of: Sample.calendar(isServed: false, mail: nil))
        #expect(bench.shows("○ No worker runs: nothing is done by the calendar until one does."))
        #expect(bench.shows("! no mail leaves"))
    }

    @Test func `o lets the selected one rest, and run again`() throws {
        var bench = try Self.open(3)
        bench.press("o")
        #expect(wishes(bench) == [.enable("morning", false)])
        bench.press(.down, .down, "o")
        #expect(wishes(bench) == [.enable("rests", true)])
        try bench.answerLast(.told("rests is on", detail: "it is done while a worker runs; you can start none"))
        #expect(bench.toasts == ["rests is on"])
    }

    @Test func `removing asks, and what was removed can be put back as it stood`() throws {
        var bench = try Self.open(3)
        bench.press("U")
        #expect(bench.toasts == ["Nothing was removed here that could be put back"])
        bench.press("D")
        #expect(bench.shows("Remove morning?") && bench.shows("07:30, Monday to Saturday"))
        bench.press("n", "D", "y")
        #expect(wishes(bench) == [.remove(Sample.schedules[3])])
        try bench.answerLast(.scheduleRemoved(Sample.schedules[3]))
        #expect(bench.shows("U puts it back"))
        bench.press("U")
        #expect(wishes(bench) == [.add(Sample.schedules[3])])
        try bench.answerLast(.failed(Sample.complaint))
        bench.press("U")
        #expect(wishes(bench) == [.add(Sample.schedules[3])], "what could not be put back can be still")
        try bench.answerLast(.done("morning stands in the calendar"))
        bench.press("U")
        #expect(bench.toasts.last == "Nothing was removed here that could be put back")
    }

    @Test func `who may not change the calendar sees it and is told why`() throws {
        var bench = try Self.open(user: Self.sam)
        bench.press("a")
        #expect(bench.toasts == ["Not permitted: only an admin may do this"])
        bench.press("o", "D")
        #expect(!bench.history.contains { if case .schedules(.enable, _) = $0 { true } else { false } })
        #expect(!bench.shows("Remove digest?"))
    }

    @Test func `the rule is read while it is typed`() throws {
        var bench = try Self.form("30 7 * *")
        #expect(bench.shows("Its next three times stand here") && !bench.shows("✗"))
        bench.type(" mon-sat")
        #expect(bench.shows("07:30, Monday to Saturday"))
        #expect(bench.shows("next: 21-11-2026 07:30 · 23-11-2026 07:30 · 24-11-2026 07:30"))
        #expect(try Self.form("0 23 * * *").shows("Quiet hours hold it back until 06:00"))
        #expect(try Self.form("0 0 30 2 *").shows("That never comes."))
        #expect(try Self.form("61 7 * * *").shows("\"61\" is no minute: it is 0 to 59"))
    }

    @Test func `a fetch is added for one portal and one group`() throws {
        var bench = try Self.open()
        bench.press("a")
        bench.type("dawn")
        bench.press(.tab, .tab, .right, .tab)
        bench.type("Retail")
        bench.press(.tab)
        bench.type("@daily")
        bench.press(.enter)
        let rule = try CronRule("0 0 * * *")
        #expect(
            wishes(bench) == [.add(Schedule(name: "dawn", kind: .fetch, portal: .gst, group: "Retail", rule: rule))])
        try bench.answerLast(.done("dawn stands in the calendar"))
        #expect(bench.shows("Schedules") && !bench.shows("Add a schedule") && bench.toasts.count == 1)
    }

    @Test func `a digest needs somebody to go to, and a refusal keeps what was typed`() throws {
        var bench = try Self.open()
        bench.press("a")
        bench.type("letter")
        bench.press(.tab, .right, .tab, .tab)
        bench.type("0 8 * * *")
        bench.press(.enter)
        #expect(bench.shows("somebody must get it") && wishes(bench).isEmpty)
        bench.type("asha, nobody")
        bench.press(.tab, .enter)
        guard case .add(let draft)? = wishes(bench).first else {
            Issue.record("nothing was added")
            return
        }
        #expect(draft.kind == .digest && draft.recipients == ["asha", "nobody"])
        try bench.answerLast(.failed(Complaint("there is no user nobody", status: .badData)))
        #expect(bench.shows("✗ there is no user nobody") && bench.shows("asha, nobody"))
        try bench.click("[ Add ]")
        #expect(!bench.shows("there is no user nobody"), "what was wrong last time is not said of the next try")
        bench.press(.escape)
        #expect(!bench.shows("Add a schedule"))
    }

    @Test func `the selection stays on its schedule when others come`() throws {
        var bench = try Self.open(3)
        bench.input(.changed)
        let more = [Sample.schedule("a first one", "@daily")] + Sample.schedules
        try bench.answerLast(.schedules(Sample.calendar(more)))
        #expect(bench.selectedRow.contains("morning"))
    }
}
