import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Failures by cause") struct FailuresTests {
    static func group(
        _ cause: Cause, _ portals: [Portal: Int], isWaiting: Bool = false, latest: Int64 = 17
    ) -> FailureGroup {
        FailureGroup(
            key: .init(cause: cause, isWaiting: isWaiting), portals: portals, latestAt: Sample.now - .seconds(600),
            latest: JobId(latest))
    }

    static let groups = [
        group(.portalDown, [.incomeTax: 9, .traces: 3]), group(.wrongPassword, [.gst: 2, .incomeTax: 1]),
        group(.captchaRequired, [.traces: 3], isWaiting: true), group(.locked, [.gst: 2]),
        group(.noApiAccess, [.gst: 1]), group(.portalChanged, [.traces: 1]),
    ]

    static func jobs(_ cause: Cause) -> [Job] {
        (0..<3).map {
            Sample.job(
                30 + $0, .failed, portal: Portal.allCases[Int($0)], cause: cause, message: "said the portal \($0)")
        }
    }

    static func found(_ index: Int = 0) -> FailuresFound {
        let key = groups[index].key
        return FailuresFound(groups: groups, key: key, jobs: Sample.page(jobs(key.cause), total: 3))
    }

    /// The screen with the group of that number selected.
    static func open(_ index: Int = 0, size: Size = Sample.wide, user: Person = Sample.asha) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.alt("f"))
        try bench.answerLast(.failures(found()))
        for step in 0..<index {
            bench.press(.down)
            try bench.answerLast(.failures(found(step + 1)))
        }
        return bench
    }

    private func wishes(_ bench: Bench) -> [FailureWish] {
        bench.effects.compactMap { if case .failures(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `causes stand with the number of logins, and what helps against each`() throws {
        let bench = try Self.open()
        #expect(bench.shows("22 logins") && bench.shows("Income Tax 9 · TRACES 3") && bench.shows("Retry all"))
        #expect(bench.shows("captcha required, waiting") && bench.shows("said the portal 0"))
    }

    @Test func `what was said of the selected job stands whole below the list`() throws {
        let words = (1...30).map { "word\($0)" }
        var job = Self.jobs(.portalDown)[0]
        job.message = words.joined(separator: " ")
        for size in [Sample.narrow, Sample.wide] {
            var bench = Bench(size: size)
            bench.press(.alt("f"))
            try bench.answerLast(
                .failures(
                    FailuresFound(groups: Self.groups, key: Self.groups[0].key, jobs: Sample.page([job], total: 1))))
            for word in words { #expect(bench.shows(word), "\(word) at \(size.columns)") }
        }
    }

    @Test func `retrying all of a cause asks with the number, and can be taken back`() throws {
        var bench = try Self.open()
        bench.press("a")
        #expect(bench.shows("Retry 12 jobs?") && bench.shows("portal down") && bench.shows("Income Tax,"))
        bench.press(.escape)
        #expect(wishes(bench).isEmpty)
        bench.press("a", "y")
        #expect(wishes(bench) == [.retry(.portalDown, nil)])
        let before = Self.jobs(.portalDown)
        let verdicts = before.map { SyncService.Verdict(id: $0.id, isAccepted: true, text: "queued again") }
        try bench.answerLast(.retried(FailureService.Retried(verdicts: verdicts, before: before)))
        #expect(bench.toasts == ["3 jobs queued again"])
        bench.press("U")
        #expect(wishes(bench) == [.takeBack(before)])
        bench.press("U")
        #expect(bench.toasts.contains("Nothing was retried here that could be taken back"))
    }

    @Test func `one key does what helps against the selected cause`() throws {
        var password = try Self.open(1)
        password.press("a")
        #expect(
            password.effects.contains {
                if case .loadAccount(let identity, _) = $0 {
                    identity == Self.jobs(.wrongPassword)[0].identity
                } else {
                    false
                }
            })
        var captcha = try Self.open(2)
        captcha.press("a")
        #expect(captcha.shows("Waiting for people"))
        var locked = try Self.open(3)
        locked.press("a")
        #expect(locked.shows("Verify 2 logins?") && locked.shows("Exactly one attempt"))
        locked.press("y")
        #expect(wishes(locked) == [.verify(.locked, nil)])
        var access = try Self.open(4)
        access.press("a")
        #expect(access.shows("Connect · "))
        var changed = try Self.open(5)
        changed.press("a")
        #expect(changed.effects.contains { if case .loadJobLog(JobId(30), _) = $0 { true } else { false } })
    }

    @Test func `who may not is told why, and nothing is asked`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = try Self.open(1, user: sam)
        bench.press("a")
        #expect(bench.toasts == ["Not permitted: support may look and retry jobs, no more"])
        var retry = try Self.open(0, user: sam)
        retry.press("a", "y")
        #expect(wishes(retry) == [.retry(.portalDown, nil)])
    }

    @Test func `a portal narrows the causes and what is done about them`() throws {
        var bench = try Self.open()
        bench.press("/")
        bench.type("traces")
        let asked = wishes(bench).contains {
            if case .page(_, .traces, page: 1, perPage: _) = $0 { true } else { false }
        }
        #expect(asked)
        bench.press(.enter)
        try bench.answerLast(.failures(Self.found()))
        bench.press("a", "y")
        #expect(wishes(bench) == [.retry(.portalDown, .traces)])
    }

    @Test func `a retry that could not be taken back can be taken back still`() throws {
        var bench = try Self.open()
        bench.press("a", "y")
        let before = Self.jobs(.portalDown)
        let verdicts = before.map { SyncService.Verdict(id: $0.id, isAccepted: true, text: "queued again") }
        try bench.answerLast(.retried(FailureService.Retried(verdicts: verdicts, before: before)))
        bench.press("U")
        try bench.answerLast(.failed(Sample.complaint))
        #expect(bench.toasts.contains("the workspace is locked") && bench.shows("said the portal 0"))
        bench.press("U")
        #expect(wishes(bench) == [.takeBack(before)])
        try bench.answerLast(.done("3 retries taken back"))
        bench.press("U")
        #expect(bench.toasts.contains("Nothing was retried here that could be taken back"))
    }

    @Test func `what was marked of a cause that stands no more is not acted on`() throws {
        var bench = try Self.open(1)
        bench.press(.enter, .space, .space)
        #expect(bench.shows("2 marked"))
        bench.input(.changed)
        let rest = FailuresFound(
            groups: [Self.groups[0]], key: Self.groups[0].key,
            jobs: Sample.page((0..<3).map { Sample.job(40 + $0, .failed, cause: .portalDown) }, total: 3))
        try bench.answer(.failures(rest))
        #expect(!bench.shows("marked"))
        bench.press("R")
        #expect(bench.effects.contains { if case .retry([JobId(40)], _) = $0 { true } else { false } })
    }

    @Test func `a login whose business was removed meanwhile is said to be gone`() throws {
        var bench = try Self.open(1)
        bench.press("e")
        try bench.answer(.account(nil))
        #expect(bench.toasts == ["No business has this identity any more"])
    }

    @Test func `nothing stands`() throws {
        var bench = Bench()
        bench.press(.alt("f"))
        try bench.answerLast(
            .failures(FailuresFound(groups: [], key: nil, jobs: Sample.page([], total: 0))))
        #expect(bench.shows("Nothing has failed that nothing has followed"))
        bench.press("a")
        #expect(bench.toasts == ["Nothing has failed"])
    }
}
