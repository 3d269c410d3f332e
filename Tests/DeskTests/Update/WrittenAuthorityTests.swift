import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Written authorities") struct WrittenAuthorityTests {
    /// The Configure panel of the Income Tax Portal with the row of that number selected.
    static func panel(_ index: Int = 0, size: Size = Sample.wide, user: Person = Sample.asha) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press("2")
        try bench.answer(.accounts(Sample.accountPage(Sample.incomeTaxAccounts)))
        try bench.answerLast(.authorities(Sample.authorities))
        for _ in 0..<index { bench.press(.down) }
        return bench
    }

    static func form(_ index: Int = 1, size: Size = Sample.wide, user: Person = Sample.asha) throws -> Bench {
        var bench = try panel(index, size: size, user: user)
        bench.press("w")
        try bench.answerLast(.authorities(Sample.authorities))
        return bench
    }

    private func wishes(_ bench: Bench) -> [AuthorityWish] {
        bench.effects.compactMap { if case .authority(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `Configure says whose paper is recorded, and fetches for nobody without one`() throws {
        var bench = try Self.panel()
        #expect(bench.shows("✓ authority of 01-04-2026, folder 12 (ravi)"))
        bench.press("f")
        #expect(
            bench.effects.contains { if case .fetch([Sample.identity(0, .incomeTax)], _) = $0 { true } else { false } })
        bench.press(.down)
        #expect(bench.selectedRow.contains("! no authority") && bench.shows("! no written authority: w"))
        for key in ["f", "v"] as [Key] {
            bench.press(key)
            #expect(bench.toasts.last == "No written authority of the taxpayer is recorded: w records it")
            #expect(bench.effects.allSatisfy { $0.ticket == nil })
        }
        bench.press(.enter)
        #expect(bench.shows("Written authority") && bench.shows("No written authority of the"))
        bench.press(.escape, .down, .down, "v")
        #expect(bench.effects.contains { if case .verify = $0 { true } else { false } })
    }

    @Test func `of several marked ones those with a paper are fetched`() throws {
        var bench = try Self.panel()
        bench.press(.space, .space, "f")
        #expect(
            bench.effects.contains { if case .fetch(let identities, _) = $0 { identities.count == 2 } else { false } })
    }

    @Test func `the GST Portal needs none`() throws {
        var bench = try Bench.configure()
        bench.press("w")
        #expect(bench.toasts == ["The GST Portal needs no written authority"])
    }

    @Test func `a paper is recorded with its day and its place`() throws {
        var bench = try Self.form()
        #expect(bench.shows("! None is recorded: nothing is fetched or verified for this login."))
        bench.type("yesterday")
        bench.press(.tab, .enter)
        #expect(bench.shows("write the day as 01-04-2026") && wishes(bench).isEmpty)
        bench.press(.control("u"))
        bench.type("01-04-2026")
        bench.press(.tab)
        bench.type("folder 7")
        bench.press(.enter)
        let day = try #require(LegalDate("2026-04-01"))
        #expect(wishes(bench) == [.record(Sample.identity(1, .incomeTax), day, note: "folder 7")])
        try bench.answerLast(.failed(Complaint("an authority cannot be dated 2027-01-01", status: .badData)))
        #expect(bench.shows("✗ An authority cannot be dated 2027-01-01") && bench.shows("folder 7"))
        bench.press(.enter)
        try bench.answerLast(.done("The authority is recorded"))
        #expect(bench.toasts == ["The authority is recorded"] && bench.shows("View/Edit Business Credentials"))
    }

    @Test func `what is being typed stays when something else is committed`() throws {
        var bench = try Self.form()
        bench.type("01-04")
        bench.input(.changed)
        try bench.answerLast(.authorities(Sample.authorities))
        #expect(bench.shows("01-04"))
    }

    @Test func `withdrawing asks first`() throws {
        var bench = try Self.form(0)
        #expect(bench.shows("01-04-2026") && bench.shows("✓ Recorded by ravi, 10-11-2026."))
        bench.press(.up, .up, .enter)
        #expect(bench.shows("Withdraw the authority of") && bench.shows("its jobs in the queue end"))
        bench.press("n")
        #expect(wishes(bench).isEmpty)
        bench.press(.enter, "y")
        #expect(wishes(bench) == [.withdraw(Sample.identity(0, .incomeTax))])
    }

    @Test func `who may not edit credentials reads it and is told why`() throws {
        var bench = try Self.form(0, user: Sample.olu)
        #expect(bench.shows("folder 12") && bench.shows("an admin has not granted olu to edit credentials"))
        bench.type("x")
        bench.press(.enter)
        #expect(wishes(bench).isEmpty && bench.shows("View/Edit Business Credentials"))
    }

    @Test func `one key leads from the failures for want of a paper to the form`() throws {
        var bench = Bench()
        bench.press(.alt("f"))
        let group = FailuresTests.group(.noAuthority, [.traces: 2])
        let jobs = FailuresTests.jobs(.noAuthority)
        try bench.answerLast(
            .failures(FailuresFound(groups: [group], key: group.key, jobs: Sample.page(jobs, total: 3))))
        #expect(bench.shows("Authorise") && bench.shows("records the written authority of the selected one"))
        bench.press("a")
        #expect(bench.shows("Written authority · ") && wishes(bench) == [.standings([jobs[0].identity])])
        bench.press(.escape)
        #expect(bench.shows("Failures by cause"))
    }

    @Test func `fetching everything tells how many were left out for want of a paper`() {
        var result = SyncService.Triggered()
        result.withoutAuthority = 2
        #expect(PortalsScreen.toast(for: result).detail == "2 logins left out: no written authority")
        result.created = [JobId(1)]
        let toast = PortalsScreen.toast(for: result)
        #expect(toast.kind == .success && toast.detail == "2 logins left out: no written authority")
    }

    @Test func `a login that is saved without a paper is not said to be verified`() throws {
        var bench = try Self.panel(1)
        bench.press("e", .tab)
        bench.type("t!ger")
        bench.press(.enter)
        try bench.answerLast(.told("Saved, not verified", detail: "no written authority of the taxpayer is recorded"))
        #expect(bench.toasts == ["Saved, not verified"] && bench.shows("no written authority of the taxpayer"))
    }
}
