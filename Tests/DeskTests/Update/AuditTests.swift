import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// The audit trail on the desk: listed, found, opened, verified, and reached from what it tells of.
@Suite("Audit trail")
struct AuditTests {
    static let events: [AuditEvent] = [call(14, "lost"), call(13, "answered"), reveal, denied]

    private static func call(_ sequence: Int64, _ outcome: String) -> AuditEvent {
        var event = AuditEvent(
            sequence: sequence, at: Sample.now - .seconds(30), actor: "worker", action: "call.filing",
            subject: "gst/09AAFHH6756K1ZQ", outcome: outcome,
            detail: outcome == "lost"
                ? "{\"provider\":\"sandbox-irp\",\"why\":\"timedOut\"}" : "{\"provider\":\"sandbox-irp\"}",
            correlation: "0190b2c4-0000-7000-8000-000000000001")
        event.call = AuditCall(
            method: "POST", host: "irp.example", route: "/eicore/v1.03/Invoice",
            requestHash: String(repeating: "5f", count: 32), requestLength: 2_048,
            requestHeaders: ["content-type": "application/json", "authtoken": "redacted"],
            answer: outcome == "answered"
                ? .init(
                    status: 200, hash: String(repeating: "a7", count: 32), length: 912,
                    headers: ["content-type": "application/json"]) : nil)
        event.microseconds = 231_000
        event.hash = String(repeating: "c3", count: 32)
        return event
    }

    private static var reveal: AuditEvent {
        var event = AuditEvent(
            sequence: 12, at: Sample.now - .seconds(4_000), actor: "asha", action: "reveal",
            subject: "income_tax/AAFHH6756K", outcome: "done", session: "f00d")
        event.hash = String(repeating: "d4", count: 32)
        return event
    }

    private static var denied: AuditEvent {
        AuditEvent(
            sequence: 11, at: Sample.now - .seconds(9_000), actor: "sam", action: "denied",
            subject: "gst/09AAFHH6756K1ZQ", outcome: "denied",
            detail: """
                {"command":"account set","deed":"editCredential","needs":"operator with the grant edit, or admin",\
                "role":"support"}
                """)
    }

    static func page(_ rows: [AuditEvent]) -> Loaded {
        .audit(
            AuditPage(
                rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: 1, size: 15,
                signed: rows.isEmpty ? 15 : 12))
    }

    static func open(size: Size = Sample.wide, _ rows: [AuditEvent] = events) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.alt("v"))
        try bench.answerLast(page(rows))
        return bench
    }

    /// A call that was answered, with its bodies sealed, or opened.
    static func record(size: Size = Sample.wide, opened: Bool = false) throws -> Bench {
        var bench = try open(size: size)
        bench.press(.down, .enter)
        var dossier = AuditDossier(event: events[1], request: .kept, answer: .kept)
        try bench.answerLast(.auditRecord(dossier))
        guard opened else { return bench }
        bench.press("o")
        dossier.requestText = "{\n  \"DocDtls\": {\n    \"No\": \"INV/1\"\n  }\n}"
        dossier.answerText = "{\n  \"Status\": \"1\"\n}"
        try bench.answerLast(.auditRecord(dossier))
        return bench
    }

    static func report(_ damage: String?) -> TrailService.Report {
        TrailService.Report(
            origin: "portaldesk/f00d", first: 0, size: 15, root: "eo1FPpMWBpgHVHsIKQeyARYb+Ruruidp7WoaKzSvLhI=",
            checkpoints: 2, outside: 2, damage: damage, damagedAt: damage == nil ? nil : 9)
    }

    static func verified(size: Size = Sample.wide, _ damage: String?) throws -> Bench {
        var bench = try open(size: size)
        bench.press("v")
        try bench.answerLast(.verified(report(damage)))
        return bench
    }

    @Test("records are listed newest first, with who, what, to whom and what came of it")
    func list() throws {
        var bench = try Self.open()
        #expect(bench.shows("15 records · 12 signed"))
        #expect(bench.shows("? no answer") && bench.shows("✗ denied") && bench.shows("GST 09AAFHH6756K1ZQ"))
        #expect(bench.shows("POST irp.example/eicore/v1.03/Invoice") && bench.shows("✓ 200 231 ms"))
        #expect(bench.shows("No answer: outcome unknown (no answer came in the time allowed)"))
        bench.press(.down, .down)
        #expect(bench.shows("Saw the password"))
        let none = try Self.open([])
        #expect(none.shows("Nothing is on record that you may see."))
    }

    @Test("the filter finds by person, action, identity, outcome and day, and by what stands on the screen")
    func filter() {
        let query = AuditFilter("asha call 27AAAPZ lost 2026-11-20", offset: 19_800).query
        #expect(query.actor == "asha" && query.action == "call" && query.identity == "27AAAPZ")
        #expect(query.outcome == "lost")
        #expect(query.until.map { $0.since(query.since ?? $0) } == .milliseconds(86_399_999))
        func asked(_ text: String) -> AuditQuery { AuditFilter(text, offset: 0).query }
        #expect(asked("job/12").correlation == "job/12" && asked("Job 12").correlation == "job/12")
        #expect(asked("account.set").action == "account.set")
        #expect(asked("gst/27AAAPZ1000A1Z5").subject == "gst/27AAAPZ1000A1Z5")
        #expect(asked("Income Tax AAFHH6756K").subject == "income_tax/AAFHH6756K")
        #expect(asked("Notice 7").subject == "notice/7" && asked("record 3").subject == "audit/3")
        #expect(asked("not sent").outcome == "not_sent" && asked("no answer").outcome == "lost")
        #expect(asked("20-11-2026").since == asked("2026-11-20").since && asked("20-11-2026").since != nil)
    }

    @Test("a day that is none and an action that there is none of are told; nobody else is looked for instead")
    func misunderstood() throws {
        for (text, words) in [
            ("2026-13-45", "2026-13-45 is no day"), ("31-02-2026", "31-02-2026 is no day"),
            ("account.nonsense", "there is no action account.nonsense"),
        ] {
            let filter = AuditFilter(text, offset: 0)
            #expect(filter.problem.hasPrefix(words) && filter.query.actor == nil, "\(filter.problem)")
        }
        var bench = try Self.open()
        bench.press("/")
        bench.type("31-02-2026")
        #expect(bench.shows("31-02-2026 is no day"))
    }

    @Test("who sees only their own rows is told so, and nothing is tried that would be refused")
    func own() {
        let filter = AuditFilter("asha", offset: 0, own: "sam")
        #expect(filter.problem == "only an admin sees what asha did" && filter.query.actor == nil)
        #expect(AuditFilter("sam", offset: 0, own: "sam").query.actor == "sam")
    }

    @Test("a call shows request and answer side by side; sealed bodies open by a key, and go again with the lock")
    func call() throws {
        var bench = try Self.record()
        #expect(bench.shows("Request") && bench.shows("│ Answer"))
        #expect(bench.shows("kept sealed; opening it is on record"))
        bench = try Self.record(opened: true)
        #expect(bench.history.contains { if case .audit(.openBodies(13), _) = $0 { true } else { false } })
        #expect(bench.shows("\"No\": \"INV/1\"") && bench.shows("\"Status\": \"1\""))
        bench.input(.event(.focusOut))
        #expect(!bench.shows("INV/1"))
    }

    @Test("a verification says that everything holds, or the first that does not")
    func verification() throws {
        #expect(try Self.verified(nil).shows("The audit trail holds"))
        let bad = try Self.verified("record 9 was changed: its hash is another one")
        #expect(bad.shows("✗ The audit trail was changed") && bad.shows("DAMAGED: record 9 was changed"))
    }

    @Test("a trail that does not hold stands on the top line and is said once")
    func standing() throws {
        for size in [Sample.wide, Size(columns: 80, rows: 24)] {
            var bench = Bench(size: size)
            bench.input(.trail(problem: "record 9 was changed"))
            #expect(bench.shows("✗ audit trail"))
            #expect(bench.shows("The audit trail does not hold"))
            bench.input(.trail(problem: nil))
            #expect(!bench.shows("✗ audit trail"))
        }
    }

    @Test("the history of what is selected is one key away, and where nothing is, the key says so")
    func history() throws {
        var bench = Bench()
        bench.press(.down, .alt("h"))
        #expect(bench.shows("History of Job"))
        let asked = try #require(
            bench.history.compactMap { effect -> AuditQuery? in
                if case .audit(.page(let query, _, _), _) = effect { query } else { nil }
            }.last)
        guard case .job = asked.thread else { return #expect(Bool(false), "not of a job") }
        var trail = try Self.open()
        trail.press(.alt("h"))
        #expect(trail.shows("Nothing is selected here of which the audit trail tells"))
    }

    @Test("a history counts its own records, not the trail's, and says where its thing comes from")
    func counted() throws {
        var bench = try Bench.notices()
        bench.press(.alt("h"))
        var page = AuditPage(
            rows: [Self.events[1]], page: 1, pageCount: 1, total: 1, firstSerial: 1, size: 15, signed: 12)
        page.origin = .job(JobId(7))
        try bench.answerLast(.audit(page))
        #expect(bench.shows("History of Notice") && bench.shows("1 record · brought by job 7"))
        #expect(!bench.shows("15 records"))
        (page.rows, page.total) = ([], 0)
        bench.press("r")
        try bench.answerLast(.audit(page))
        #expect(bench.shows("Nothing is on record of it that you may see. Brought by job 7."))
    }

    @Test("a business has a history")
    func business() throws {
        var bench = try Bench.businesses()
        bench.press(.down, .alt("h"))
        let threads = bench.history.compactMap { effect -> AuditThread? in
            if case .audit(.page(let query, _, _), _) = effect { query.thread } else { nil }
        }
        guard case .business = threads.last else { return #expect(Bool(false), "not of a business") }
    }

    @Test("opening is offered where something sealed is kept; elsewhere the key says why not")
    func nothingSealed() throws {
        #expect(try Self.record().shows("o open sealed"))
        for (index, dossier, words) in [
            (2, AuditDossier(event: Self.events[2]), "This is no call: nothing sealed belongs to it"),
            (
                1, AuditDossier(event: Self.events[1], request: .none, answer: .withheld),
                "Request: none. Answer: not kept: it held"
            ),
        ] {
            var bench = try Self.open(size: Size(columns: 120, rows: 30))
            for _ in 0..<index { bench.press(.down) }
            bench.press(.enter)
            try bench.answerLast(.auditRecord(dossier))
            #expect(!bench.shows("open sealed"))
            bench.press("o")
            #expect(bench.shows(words))
            #expect(!bench.history.contains { if case .audit(.openBodies, _) = $0 { true } else { false } })
        }
    }

    @Test("an answer that was cut short shows its status in the list and in the record, in words")
    func cutShort() throws {
        var event = Self.events[0]
        event.detail = "{\"provider\":\"sandbox-irp\",\"status\":\"502\",\"why\":\"cutShort\"}"
        var bench = try Self.open([event])
        #expect(bench.shows("? cut short 502") && bench.shows("Answer cut short after HTTP 502: outcome unknown"))
        bench.press(.enter)
        try bench.answerLast(.auditRecord(AuditDossier(event: event)))
        #expect(bench.shows("answer cut short after HTTP 502: outcome unknown") && !bench.shows("cutShort"))
    }

    @Test("a body that was deleted says when and after how many days; the key for opening says the same")
    func deleted() throws {
        var bench = try Self.open()
        bench.press(.down, .enter)
        let gone = AuditService.BodyStanding.deleted(Sample.now - .seconds(86_400), days: 90)
        try bench.answerLast(.auditRecord(AuditDossier(event: Self.events[1], request: gone, answer: gone)))
        #expect(bench.shows("deleted 19-11-2026, after 90 days (`body_days`)"))
        bench.press("o")
        #expect(bench.shows("Nothing to open. Request: deleted 19-11-2026"))
    }

    @Test("who sees only their own rows may not export the trail")
    func export() throws {
        var bench = try Self.open()
        bench.press("e")
        #expect(bench.shows("A new folder that an auditor checks without PortalDesk"))
        bench.press(.enter)
        let folder = bench.history.compactMap { effect -> String? in
            if case .audit(.export(let folder), _) = effect { folder } else { nil }
        }.last
        #expect(folder?.hasSuffix("/audit-export") == true)
    }
}
