import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Waiting for people") struct RelayTests {
    /// The relay with its queue, and the question of its `index`th job.
    static func open(
        _ index: Int = 0, size: Size = Sample.wide, rows: [WaitingJob] = Sample.queue, isRenewable: Bool = false,
        user: Person = Sample.asha
    ) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.function(9))
        try bench.answer(.waiting(Sample.waitingPage(rows)))
        for _ in 0..<index { bench.press(.down) }
        guard rows.indices.contains(index) else { return bench }
        try bench.answerLast(.question(Sample.question(rows[index], isRenewable: isRenewable)))
        return bench
    }

    /// What was passed on, by job.
    private func sent(_ bench: Bench) -> [String] {
        bench.history.compactMap { effect in
            guard case .relay(.answer(let id, let text), _) = effect else { return nil }
            return "\(id) " + text.withBytes { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test func `what is typed goes to the job whose question shows, once, and the next one follows`() throws {
        var bench = try Self.open()
        #expect(bench.shows("One-time password · GST") && bench.shows("GSTN sent an OTP") && bench.shows("0:47"))
        bench.type(" 575 757 ")
        bench.press(.enter, .enter)
        #expect(sent(bench) == ["11 575 757"])
        #expect(bench.shows("Passing it on"))
        try bench.answerLast(.done("Answered: job 11 goes on"))
        #expect(bench.toasts == ["Answered: job 11 goes on"])
        try bench.answer(.waiting(Sample.waitingPage(Array(Sample.queue.dropFirst()))))
        #expect(bench.shows("Captcha · TRACES"))
        try bench.answerLast(.question(Sample.question(Sample.queue[1])))
        #expect(bench.shows("capitals count"))
        // A letter that is a key elsewhere is a letter here.
        bench.type("rq7")
        bench.press(.enter)
        #expect(sent(bench) == ["11 575 757", "15 rq7"])
    }

    @Test func `nothing is sent without a word, and what the service refuses is said`() throws {
        var bench = try Self.open()
        bench.press(.enter)
        #expect(bench.shows("Type the one-time password.") && sent(bench).isEmpty)
        bench.type("1")
        bench.press(.enter)
        try bench.answerLast(
            .failed(Complaint("the question of job 11 has run out", remedy: "It is asked anew", status: .tryLater)))
        #expect(bench.shows("The question of job 11 has run out. It is asked anew."))
    }

    @Test func `a job that was answered elsewhere takes what was typed for it along`() throws {
        var bench = try Self.open()
        bench.type("5757")
        bench.input(.changed)
        try bench.answer(.waiting(Sample.waitingPage(Array(Sample.queue.dropFirst()))))
        #expect(!bench.shows("5757") && bench.shows("What you typed was for job 11, which asks this no more."))
        bench.press(.enter)
        #expect(sent(bench).isEmpty)
    }

    @Test func `another picture for the same job empties the field`() throws {
        var bench = try Self.open(1)
        bench.type("A7")
        var again = Sample.queue
        again[1].since = Sample.now
        bench.input(.changed)
        try bench.answer(.waiting(Sample.waitingPage(again)))
        #expect(bench.effects.contains { if case .relay(.question(JobId(15)), _) = $0 { true } else { false } })
        bench.press(.enter)
        #expect(sent(bench).isEmpty && bench.shows("Type what the picture shows."))
    }

    @Test(arguments: [Sample.wide, Sample.narrow])
    func `a question that comes again says that the last answer was not accepted, beside the picture too`(
        size: Size
    ) throws {
        var first = try Self.open(1, size: size)
        #expect(!first.shows("not accepted") && first.canvas.pictures.count == 1)
        first.type("wrong")
        first.press(.enter)
        try first.answerLast(.done("Answered: job 15 goes on"))
        var again = Sample.queue
        again[1] = Sample.waiting(15, followsRefusal: true)
        again[1].since = Sample.now
        try first.answer(.waiting(Sample.waitingPage(again)))
        try first.answerLast(.question(Sample.question(again[1])))
        #expect(first.shows("! The last answer was not accepted.") && first.canvas.pictures.count == 1)
        #expect(first.selectedRow.contains("! Captcha") && first.shows("Answer") && first.shows("time left"))
        first.press(.up)
        try first.answerLast(.question(Sample.question(Sample.queue[0])))
        #expect(!first.shows("not accepted"), "the other question was never answered")
    }

    @Test func `a question whose time is up says so, and Enter puts the job back`() throws {
        var bench = try Self.open()
        bench.type("57")
        bench.pass(48)
        bench.input(.tick)
        #expect(bench.shows("This question has run out") && bench.shows("run out"))
        bench.press(.enter)
        #expect(sent(bench).isEmpty)
        #expect(bench.effects.contains { if case .relay(.askAnew(JobId(11)), _) = $0 { true } else { false } })
    }

    @Test func `another picture comes only where it is no login attempt`() throws {
        func asksAnew(_ bench: Bench) -> Bool {
            bench.effects.contains { if case .relay(.askAnew, _) = $0 { true } else { false } }
        }
        var bridge = try Self.open(1)
        bridge.press(.function(4))
        #expect(!asksAnew(bridge) && bridge.toasts.first?.contains("another login attempt") == true)
        var otp = try Self.open(0)
        otp.press(.tab, "r")
        #expect(!asksAnew(otp) && otp.toasts.first?.contains("each request sends one more") == true)
        var traces = try Self.open(1, isRenewable: true)
        traces.press(.function(4))
        #expect(asksAnew(traces))
        var byLetter = try Self.open(1, isRenewable: true)
        byLetter.press(.tab, "r")
        #expect(asksAnew(byLetter))
    }

    @Test func `a captcha that is asked for anew keeps its place, whoever else waits, until it comes`() throws {
        var bench = try Self.open(1, isRenewable: true)
        bench.type("A7")
        bench.press(.function(4))
        #expect(bench.shows("Another captcha is being asked for") && bench.canvas.pictures.isEmpty)
        try bench.answerLast(.done("Job 15 asks anew"))
        try bench.answer(.waiting(Sample.waitingPage([Sample.queue[0], Sample.queue[2]])))
        // Job 11 of another client is the only one that waits so long; nothing typed reaches it.
        #expect(bench.shows("job 15 ") && bench.shows("Another captcha is being asked for"))
        bench.type("575757")
        bench.press(.enter)
        #expect(sent(bench).isEmpty && !bench.shows("575757"))
        var again = Sample.queue
        again[1].since = Sample.now
        bench.input(.changed)
        try bench.answer(.waiting(Sample.waitingPage(again)))
        try bench.answerLast(.question(Sample.question(again[1])))
        #expect(bench.shows("capitals count") && bench.shows("job 15 ") && bench.canvas.pictures.count == 1)
        bench.type("k9")
        bench.press(.enter)
        #expect(sent(bench) == ["15 k9"])
    }

    @Test func `whoever does not want to wait for the new picture moves on, and an end of the job is told`() throws {
        func renewed() throws -> Bench {
            var bench = try Self.open(1, isRenewable: true)
            bench.press(.function(4))
            try bench.answerLast(.done("Job 15 asks anew"))
            try bench.answer(.waiting(Sample.waitingPage([Sample.queue[0]])))
            return bench
        }
        var moved = try renewed()
        moved.press(.up)
        try moved.answerLast(.question(Sample.question(Sample.queue[0])))
        #expect(moved.shows("GSTN sent an OTP") && !moved.shows("job 15 "))
        var ended = try renewed()
        try ended.answerLast(.job(Sample.job(15, .failed, portal: .traces, cause: .portalDown, message: "down")))
        #expect(ended.shows("Job 15 asks no more") && ended.shows("One-time password · GST"))
    }

    @Test func `a new picture whose job stands on another page of a long queue comes up all the same`() throws {
        var bench = try Self.open(1, isRenewable: true)
        bench.press(.function(4))
        try bench.answerLast(.done("Job 15 asks anew"))
        let page = Sample.waitingPage([Sample.queue[0], Sample.queue[2]])
        try bench.answer(.waiting(page))
        try bench.answerLast(.job(Sample.job(15, .needsInput, portal: .traces, cause: .captchaRequired)))
        var again = Sample.queue[1]
        again.since = Sample.now
        try bench.answerLast(.question(Sample.question(again)))
        #expect(bench.shows("job 15 ") && bench.shows("capitals count") && bench.canvas.pictures.count == 1)
        bench.type("k")
        bench.input(.changed)
        try bench.answer(.waiting(page))
        try bench.answerLast(.job(Sample.job(15, .needsInput, portal: .traces, cause: .captchaRequired)))
        bench.type("9")
        bench.press(.enter)
        #expect(sent(bench) == ["15 k9"])
        try bench.answerLast(.done("Answered: job 15 goes on"))
        try bench.answer(.waiting(page))
        #expect(bench.shows("fetch, job 23 ") && !bench.shows("fetch, job 15 "))
    }

    @Test func `a new picture that cannot be had leaves the question where it is`() throws {
        var bench = try Self.open(1, isRenewable: true)
        bench.press(.function(4))
        try bench.answerLast(.failed(Sample.complaint))
        #expect(!bench.shows("is being asked for") && bench.shows("job 15 "))
    }

    @Test func `while an answer is typed only keys that work then are hinted, and pictures only where there is one`()
        throws
    {
        var otp = try Self.open(0)
        func hints(_ bench: Bench) -> String {
            String(
                bench.screen.split(separator: "\n", omittingEmptySubsequences: false).last { $0.contains("send") } ?? ""
            )
        }
        #expect(hints(otp).contains("⏎ send") && hints(otp).contains("Tab queue"))
        for word in [": command", "? help", "F4", "log"] { #expect(!hints(otp).contains(word), "\(word)") }
        #expect(hints(otp).contains("F1 help"))
        let captcha = try Self.open(1, isRenewable: true)
        #expect(hints(captcha).contains("F4 new picture") && !hints(captcha).contains(": command"))
        otp.press(.tab)
        #expect(hints(otp).contains(": command") && hints(otp).contains("? help") && hints(otp).contains("log"))
    }

    @Test func `support sees what is asked and may not answer`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = try Self.open(user: sam)
        #expect(bench.shows("✗ Not permitted: support may look and retry jobs, no more"))
        #expect(bench.shows("An operator or an admin answers it · time left 0:47"))
        #expect(!bench.canvas.textRows.contains { $0.hasPrefix("  Answer ") }, "there is no field to type into")
        bench.type("57")
        bench.press(.tab)
        bench.type("5")
        bench.press(.enter)
        #expect(sent(bench).isEmpty && !bench.shows("575"))
    }

    @Test func `the job that was asked about is cancelled, whatever the queue shows by then`() throws {
        var bench = try Self.open()
        bench.press(.tab, "X")
        #expect(bench.shows("Cancel this job?"))
        bench.input(.changed)
        try bench.answer(.waiting(Sample.waitingPage(Array(Sample.queue.dropFirst()))))
        bench.press("y")
        #expect(bench.effects.contains { if case .cancel([JobId(11)], _) = $0 { true } else { false } })
    }

    @Test func `an answer on its way is not followed by a second one, whatever else is answered meanwhile`() throws {
        var bench = try Self.open()
        bench.type("575757")
        bench.press(.enter)
        let screen = try #require(bench.history.last { $0.ticket != nil }?.ticket?.screen)
        bench.input(.loaded(.done("1 job cancelled"), Ticket(screen: screen, number: 0)))
        bench.input(.loaded(.failed(Sample.complaint), Ticket(screen: screen, number: 0)))
        #expect(bench.shows("Passing it on"))
        bench.type("111111")
        bench.press(.enter)
        #expect(sent(bench) == ["11 575757"])
    }

    @Test func `a queue that cannot be read names the key that reads it again`() throws {
        var bench = Bench()
        bench.press(.function(9))
        try bench.answer(.failed(Sample.complaint))
        #expect(bench.shows("another program holds it. Press F5 to try again."))
    }

    @Test func `what was typed is gone when the desk is locked`() throws {
        var bench = try Self.open()
        bench.type("575757")
        bench.input(.idle(minutes: 5))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        #expect(bench.shows("One-time password") && !bench.shows("575757"))
    }

    @Test func `the picture lies above its half blocks, and goes while anything lies over it`() throws {
        var bench = try Self.open(1)
        let picture = try #require(bench.canvas.pictures.first)
        #expect(bench.canvas.pictures.count == 1 && picture.rect.height > 5)
        bench.press(.function(1))
        #expect(bench.shows("Keys: ") && bench.canvas.pictures.isEmpty)
        bench.press(.escape)
        #expect(bench.canvas.pictures == [picture])
        bench.press(.tab, ":")
        #expect(bench.canvas.pictures.isEmpty)
        bench.press(.escape, "X")
        #expect(bench.shows("Cancel this job?") && bench.canvas.pictures.isEmpty)
        bench.press("n")
        #expect(bench.canvas.pictures == [picture])
        // An answer of the terminal is nothing that somebody did.
        bench.input(.event(.graphics(.kitty)))
        #expect(bench.effects.isEmpty && bench.canvas.pictures == [picture])
        bench.resize(Sample.narrow)
        #expect(bench.canvas.pictures.count == 1 && bench.canvas.pictures != [picture])
        bench.input(.idle(minutes: 5))
        #expect(bench.canvas.pictures.isEmpty)
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        bench.press(.escape)
        #expect(bench.canvas.pictures.isEmpty)
    }

    @Test func `an OTP has no picture, and the next question takes the picture along`() throws {
        var bench = try Self.open(1)
        #expect(bench.canvas.pictures.count == 1)
        bench.press(.up)
        #expect(bench.canvas.pictures.isEmpty)
        try bench.answerLast(.question(Sample.question(Sample.queue[0])))
        #expect(bench.canvas.pictures.isEmpty)
    }

    @Test func `one key and the note of the top line lead to it, from a form too, and Esc leads back`() throws {
        var bench = Bench()
        #expect(bench.shows("? 1 need input") && bench.shows("F9 answer"))
        try bench.click("? 1 need input")
        #expect(bench.shows("Waiting for people"))
        bench.press(.escape)
        #expect(bench.shows("Recent Sync Activity"))
        var form = try Bench.editLogin()
        form.press(.tab)
        form.type("half a pass")
        form.press(.function(9))
        #expect(form.shows("Waiting for people"))
        form.press(.escape)
        #expect(form.shows("•••••••••••") && form.shows("Submit"))
        var calm = Sample.summary
        calm.jobs[.needsInput] = 0
        let quiet = Bench(summary: calm)
        #expect(!quiet.shows("F9 answer"))
        var empty = try Self.open(rows: [])
        #expect(empty.shows("No job waits for a person"))
        empty.press("q")
        #expect(empty.effects.contains(.quit))
    }
}
