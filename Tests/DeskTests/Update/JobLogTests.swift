import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The log of a job") struct JobLogTests {
    private let failed = Sample.job(17, .failed, portal: .incomeTax, cause: .wrongPassword, message: "EF00027")

    @Test func `a search counts its matches, n and N step through them, Esc clears it`() throws {
        var bench = try Bench.log(failed)
        bench.press("n")
        #expect(bench.toasts == ["Nothing was searched for: press /"])
        bench.press("/")
        bench.type("login")
        #expect(bench.shows("1 of 4"))
        bench.press(.enter, "n")
        #expect(bench.shows("2 of 4"))
        bench.press("N", "N")
        #expect(bench.shows("4 of 4"))
        bench.press(.escape)
        #expect(!bench.shows(" of 4") && bench.shows("Job 17"))
        bench.press(.escape)
        #expect(!bench.shows("Job 17"))
    }

    @Test func `a step that is the name of a cause is shown in words, apart from what is said of it`() {
        let entry = JobLogEntry(at: Sample.now, level: .error, step: Cause.noAuthority.rawValue, message: "said")
        let text = JobLogText(entries: [entry], times: .none, utcOffset: 0)
        #expect(text.lines.map { $0.spans.map(\.text).joined() } == ["error   no written authority  said"])
    }

    @Test func `times turn from the clock to seconds since the start, to none`() throws {
        var bench = try Bench.log(failed)
        #expect(bench.shows("17:19:06.222"))
        bench.press("t")
        #expect(bench.shows("+5.222 s"))
        bench.press("t")
        #expect(!bench.shows("5.222"))
    }

    @Test func `wrapping can be switched off and on`() throws {
        var bench = try Bench.log(failed)
        #expect(bench.shows("wrapped"))
        bench.press("w")
        #expect(!bench.shows("wrapped"))
    }

    @Test func `the whole log is copied and saved with its three answers`() throws {
        var bench = try Bench.log(failed)
        bench.press("y")
        guard case .copy(let text)? = bench.effects.first else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.contains("What to do") && text.contains("HTTP 401"))
        bench.press("s", .enter)
        #expect(
            bench.effects.contains {
                if case .saveLog(JobId(17), "/exports/portaldesk-job-17.log", false, _) = $0 { true } else { false }
            })
    }

    @Test func `a file that stands there is replaced only when that is confirmed`() throws {
        var bench = try Bench.log(failed)
        bench.press("s", .enter)
        try bench.answerLast(.fileExists("/exports/mine.log"))
        #expect(bench.shows("/exports/mine.log exists already"))
        bench.press(.escape)
        #expect(!bench.effects.contains { if case .saveLog = $0 { true } else { false } })
        bench.press("s", .enter)
        try bench.answerLast(.fileExists("/exports/mine.log"))
        bench.press("y")
        #expect(
            bench.effects.contains {
                if case .saveLog(JobId(17), "/exports/mine.log", true, _) = $0 { true } else { false }
            })
    }

    @Test func `the next match is hinted only while something is searched for`() throws {
        var bench = try Bench.log(failed)
        #expect(!bench.shows("n next"))
        bench.press("/")
        bench.type("login")
        bench.press(.enter)
        #expect(bench.shows("n next"))
    }

    @Test func `a failed job is retried, a finished one says why not`() throws {
        var bench = try Bench.log(failed)
        bench.press("R")
        #expect(bench.effects.contains { if case .retry([JobId(17)], _) = $0 { true } else { false } })
        var done = try Bench.log(Sample.job(18, .done))
        done.press("R")
        #expect(done.toasts == ["This job is done"])
    }

    @Test func `e leads to the form of the login that was used`() throws {
        var bench = try Bench.log(failed)
        bench.press("e")
        try bench.answerLast(.account(Sample.account(1, .notVerified, reason: .wrongPassword)))
        #expect(bench.shows("Edit · Prime Traders"))
        var gone = try Bench.log(failed)
        gone.press("e")
        try gone.answerLast(.account(nil))
        #expect(gone.toasts == ["No business has this identity any more"])
    }

    @Test func `the page follows a running job, keeping the reader's place`() throws {
        let steps = (0..<60).map { Sample.entry($0 + 1, Int64($0), .info, "step", "line \($0 + 1)") }
        var bench = try Bench.log(Sample.job(20, .running, progress: 10), steps, size: Sample.narrow)
        bench.press(.pageDown)
        #expect(bench.shows("line 20") && !bench.shows("line 2 "))
        bench.input(.changed)
        try bench.answer(.jobLog(Sample.job(20, .running, progress: 70), steps))
        #expect(bench.shows("70 %") && bench.shows("line 20"))
    }

    @Test func `a job that failed for good does not promise to be tried again by itself`() throws {
        let bench = try Bench.log(Sample.job(17, .failed, cause: .portalDown, message: "503"))
        #expect(bench.shows("Press R to try again.") && !bench.shows("by itself"))
    }

    @Test(arguments: [(Int64(840), "0.8 s"), (42_000, "42 s"), (200_000, "3 min 20 s"), (7_500_000, "2 h 5 min")])
    func `durations read as people say them`(milliseconds: Int64, text: String) {
        #expect(JobHead.span(milliseconds) == text)
    }

    @Test func `a long cause stands whole above the steps, and how the job stands beside a long name`() throws {
        let words = (1...55).map { "word\($0)" }
        var job = Sample.job(17, .failed, cause: .portalChanged, message: words.joined(separator: " "))
        job.business = String(repeating: "Long Name of a Business ", count: 5)
        let bench = try Bench.log(job, size: Sample.narrow)
        for word in words { #expect(bench.shows(word)) }
        #expect(bench.shows("✗ Failed"))
    }
}
