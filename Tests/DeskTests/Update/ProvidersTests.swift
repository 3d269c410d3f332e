import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Providers") struct ProvidersTests {
    /// The list with the row of that number selected.
    static func open(
        _ index: Int = 0, size: Size = Sample.wide, user: Person = Sample.asha,
        rows: [ProviderStanding] = Sample.providers, broken: [String] = []
    ) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.alt("o"))
        try bench.answerLast(.providers(rows, broken: broken))
        for _ in 0..<index { bench.press(.down) }
        return bench
    }

    private func wishes(_ bench: Bench) -> [ProviderWish] {
        bench.effects.compactMap { if case .providers(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `where all are asked as usual, how many calls were answered stands whole at 80 columns`() throws {
        var busy = Sample.providers[0]
        busy.recent = .init(calls: 1_234)
        let bench = try Self.open(size: Sample.narrow, rows: [busy])
        #expect(bench.shows("100 % of 1,234") && bench.shows("✓ Answers") && !bench.shows("Next probe"))
        #expect(try Self.open(size: Sample.narrow).shows("Next probe"), "one is left alone")
    }

    @Test func `each says what it is, how many calls were answered, and whether it is asked`() throws {
        var bench = try Self.open()
        #expect(bench.shows("From 17:30") && bench.shows("6 providers · 1 left alone"))
        #expect(bench.selectedRow.contains("bridge · SANDBOX") && bench.selectedRow.contains("✓ Answers"))
        #expect(bench.selectedRow.contains("100 % of 42") && bench.selectedRow.contains("97 % of 412"))
        #expect(bench.shows("half of them within 200 ms, 95 of 100 within 1 s") && bench.shows("412, 11 failed"))
        #expect(bench.shows("calls from 17:30 on: 42, 0 failed"))
        #expect(bench.shows("circuit closed") && bench.shows("nothing stands because of it"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("efiling · unofficial") && bench.selectedRow.contains("✗ Left alone"))
        #expect(bench.shows("! untested against the live service"))
        #expect(bench.shows("circuit of reads open since 18:20 (reopened 2 times), next probe 18:43:35"))
        #expect(bench.shows("4 fetches at once · 60 calls a minute, 10 at once · each account 15"))
        #expect(bench.shows("portal down 9 · portal timed out 1"))
        #expect(bench.shows("last error 20-11-2026 18:20:00: the portal answered 503"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("◌ Probing") && bench.shows("circuit of logins half open"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("✗ No secret"))
        #expect(bench.shows("portaldesk provider secret other-gsp client-secret"))
    }

    @Test func `what was never called is not known, and not green`() throws {
        let bench = try Self.open(5)
        #expect(bench.selectedRow.contains("? No calls yet") && bench.selectedRow.contains("no calls"))
        #expect(bench.shows("how it does is not known") && bench.shows("serves nobody yet; can serve TRACES"))
        let row = try #require(bench.find("? No calls yet"))
        #expect(bench.canvas.style(x: row.x, y: row.y)?.role == .muted)
    }

    @Test func `a pause that is over is no longer called one`() throws {
        var bench = try Self.open(1)
        bench.pass(120)
        bench.input(.tick)
        #expect(bench.selectedRow.contains("◌ Probe due") && bench.shows("the next job probes it"))
    }

    @Test func `t asks the provider, once at a time, and what it says stays beside it`() throws {
        var bench = try Self.open()
        bench.press("t")
        #expect(wishes(bench) == [.test("bridge")] && bench.shows("◌ asking bridge…"))
        bench.press("t")
        #expect(bench.toasts == ["bridge is being asked"])
        try bench.answerLast(
            .providerAnswers(
                "bridge",
                [
                    .init(portal: .gst, state: "up", message: ""),
                    .init(portal: .traces, state: "down", message: "maintenance"),
                ]))
        #expect(bench.shows("asked 18:42: ✓ GST up · ✗ TRACES down: maintenance"))
        bench.press(.down, "t")
        try bench.answerLast(.failed(Complaint("the provider does not answer", status: .unavailable)))
        #expect(bench.shows("asked 18:42: ✗ the provider does not answer") && bench.shows("✗ Left alone"))
        bench.press(.down, .down, .down, "t")
        #expect(bench.toasts.last == "old-bridge has no file any more")
    }

    @Test func `actions that wait for it are named in the question`() throws {
        var rows = Sample.providers
        let ids = (0..<3).map { OperationId(at: Sample.now, random: [UInt8($0)]) }
        rows[0].troubles = []
        rows[0].waiting = WaitingActions(ids: ids, latestAt: Sample.now, message: "503")
        var bench = try Self.open(rows: rows)
        bench.press("R")
        #expect(bench.shows("Retry 3 actions?") && bench.shows("3 GSTN actions"))
    }

    @Test func `what stands because of it is retried after a question, and taken back`() throws {
        var bench = try Self.open(1)
        bench.press("R")
        #expect(bench.shows("Retry 10 jobs?") && bench.shows("e-filing is left alone"))
        bench.press("y")
        #expect(wishes(bench) == [.retry("e-filing")])
        let before = FailuresTests.jobs(.portalDown)
        let verdicts = before.map { SyncService.Verdict(id: $0.id, isAccepted: true, text: "queued again") }
        try bench.answerLast(.retried(FailureService.Retried(verdicts: verdicts, before: before)))
        #expect(bench.toasts == ["3 jobs queued again"] && bench.shows("U takes it back"))
        bench.press("U")
        #expect(wishes(bench) == [.takeBack(before)])
        try bench.answerLast(.failed(Sample.complaint))
        bench.press("U")
        #expect(wishes(bench) == [.takeBack(before)], "what could not be taken back can be still")
        bench.press(.up, "R")
        #expect(bench.toasts.contains("Nothing stands because of bridge"))
    }

    @Test func `a provider is removed after a question, and what hangs on it is said`() throws {
        var bench = try Self.open(3)
        bench.press("D")
        #expect(bench.shows("Remove other-gsp?") && bench.shows("Its file and its secrets go"))
        bench.press("n")
        #expect(wishes(bench).isEmpty)
        bench.press("D", "y")
        #expect(wishes(bench) == [.remove("other-gsp")])
        try bench.answerLast(
            .failed(Complaint("the provider other-gsp serves 3 logins", why: "GST 3", status: .badData)))
        #expect(bench.shows("serves 3 logins"))
        bench.press("D", "y")
        try bench.answerLast(.done("other-gsp is removed"))
        #expect(bench.toasts.contains("other-gsp is removed") && wishes(bench) == [.standings])
        var used = Sample.providers
        used[3].logins = 4
        var given = try Self.open(3, rows: used)
        given.press("D")
        #expect(given.toasts.first?.hasPrefix("4 logins were given to other-gsp: move them first") == true)
        var sam = try Self.open(3, user: SchedulesTests.sam)
        sam.press("D")
        #expect(sam.toasts == ["Not permitted: only an admin may do this"])
    }

    @Test func `at 80 columns state, circuit and next probe have their columns, and the rest stands below`() throws {
        var rows = Sample.providers
        rows[1].name = "the-e-filing-portal-of-the-income-tax-department"
        rows[1].lastMessage = String(repeating: "the portal answered 503 Service Unavailable and more. ", count: 6)
        let bench = try Self.open(1, size: Sample.narrow, rows: rows)
        for title in ["State", "Circuit", "Next probe"] { #expect(bench.shows(title)) }
        #expect(bench.selectedRow.contains("✗ Left alone") && bench.selectedRow.contains("18:43:35"))
        #expect(
            bench.selectedRow.contains("the-e-filing-porta") && bench.selectedRow.contains("…"),
            "what is cut says so: \(bench.selectedRow)")
        #expect(bench.shows("in 24 hours: 240, 81 failed") && bench.shows("efiling · unofficial"))
        let said = bench.canvas.textRows.filter { $0.contains("503 Service Unavailable") }
        #expect(said.count > 1 && said.last?.contains("…") == true, "the error takes what room there is")
    }

    @Test func `calls of the hour before midnight are told with their day`() throws {
        var rows = Sample.providers
        for index in rows.indices { rows[index].recentSince = Sample.now - .seconds(80_000) }
        let bench = try Self.open(rows: rows)
        #expect(bench.shows("From 19-11-2026 20:28") && bench.shows("calls from 19-11-2026 20:28 on: 42, 0 failed"))
    }

    @Test func `only an admin asks a provider; support may retry`() throws {
        var bench = try Self.open(1, user: SchedulesTests.sam)
        bench.press("t")
        #expect(bench.toasts == ["Not permitted: only an admin may do this"] && wishes(bench).isEmpty)
        bench.press("R", "y")
        #expect(wishes(bench) == [.retry("e-filing")])
    }

    @Test func `what is committed shows by itself, and a file with mistakes is named`() throws {
        var bench = try Self.open(1)
        bench.input(.changed)
        #expect(wishes(bench) == [.standings])
        try bench.answerLast(
            .providers(Sample.providers.reversed(), broken: ["providers/new.toml:3: connector is needed"]))
        #expect(bench.selectedRow.contains("e-filing"))
        #expect(bench.shows("! not used: providers/new.toml:3: connector is needed"))
    }
}
