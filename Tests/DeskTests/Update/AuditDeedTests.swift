import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// What commands do with the trail, the desk does too: sign, show and change keys, prove, export.
@Suite("Deeds with the audit trail")
struct AuditDeedTests {
    static let keys = [
        TrailService.SigningKey(
            line: "portaldesk/f00d+11223344+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh", sequence: 2,
            since: Sample.now - .seconds(90_000), by: "asha"),
        TrailService.SigningKey(
            line: "portaldesk/f00d+55667788+AfHy8/T19vf4+fr7/P3+/wABAgMEBQYHCAkKCwwNDg8Q", sequence: 14,
            since: Sample.now - .seconds(60), by: "asha"),
    ]

    static let checkpoint = AuditPaper(
        title: "Checkpoint", head: "The first 15 records are signed",
        text: ["portaldesk/f00d", "15", "eo1FPpMWBpgHVHsIKQeyARYb+Ruruidp7WoaKzSvLhI=", "", "Give it to the auditor."],
        handed: "portaldesk/f00d\n15\n")

    static func keysScreen(size: Size = Sample.wide) throws -> Bench {
        var bench = try AuditTests.open(size: size)
        bench.press("K")
        try bench.answerLast(.auditKeys(keys))
        return bench
    }

    static func signed(size: Size = Sample.wide) throws -> Bench {
        var bench = try AuditTests.open(size: size)
        bench.press("s")
        try bench.answerLast(.auditPaper(checkpoint))
        return bench
    }

    private func wishes(_ bench: Bench) -> [AuditWish] {
        bench.history.compactMap { if case .audit(let wish, _) = $0 { wish } else { nil } }
    }

    @Test("a checkpoint is signed by a key, shown, and copied alone for whoever keeps it")
    func sign() throws {
        var bench = try Self.signed()
        #expect(wishes(bench).contains(.sign))
        #expect(bench.shows("✓ The first 15 records are signed") && bench.shows("Give it to the auditor."))
        bench.press("y")
        #expect(bench.history.contains(.copy("portaldesk/f00d\n15\n")))
    }

    @Test("the keys are listed with what each is good for, and copied")
    func list() throws {
        let bench = try Self.keysScreen()
        #expect(bench.shows("1  the first; since ") && bench.shows("2  signs now; since ") && bench.shows("record 14"))
        #expect(bench.shows(Self.keys[0].line) && bench.shows("An auditor needs the first line"))
    }

    @Test("the key is changed only after a yes, and what follows is told; a no changes nothing")
    func rotate() throws {
        var bench = try Self.keysScreen()
        bench.press("R")
        #expect(bench.shows("Let another key sign the audit trail?"))
        bench.press("n")
        #expect(!wishes(bench).contains(.rotateKey))
        bench.press("R", "y")
        #expect(wishes(bench).filter { $0 == .rotateKey }.count == 1)
        bench.press("R")
        #expect(bench.shows("The key is being changed"))
        let paper = AuditPaper(title: "Another key", head: "Another key signs from now on", text: ["What to keep"])
        try bench.answerLast(.auditPaper(paper))
        #expect(bench.shows("✓ Another key signs from now on") && bench.shows("What to keep"))
    }

    @Test("a trail in which something is wrong goes on by an admin's reason, and the top line says so no more")
    func resume() throws {
        var bench = try AuditTests.open()
        bench.press("v")
        try bench.answerLast(.verified(AuditTests.report(nil)))
        #expect(!bench.shows("R let it go on"))
        bench.press("R")
        #expect(bench.shows("Nothing keeps the trail from going on"))
        bench.press(.escape, "v")
        try bench.answerLast(.verified(AuditTests.report("record 9 was changed")))
        #expect(bench.shows("R let it go on") && bench.shows("✗ audit trail"))
        bench.press("R", .enter)
        #expect(bench.shows("Say why: it stays on record") && !wishes(bench).contains(.resume("")))
        bench.type("a mistake")
        bench.press(.enter)
        #expect(wishes(bench).last == .resume("a mistake"))
        let paper = AuditPaper(title: "Resumed", head: "The audit trail goes on", text: ["a record says who"])
        try bench.answerLast(.trailResumed(paper))
        #expect(bench.shows("✓ The audit trail goes on") && !bench.shows("✗ audit trail"))
    }

    @Test("what somebody else's verification found stands in the top line, and goes with it")
    func found() throws {
        var bench = Bench()
        var summary = Sample.summary
        summary.trailFinding = "record 9 was changed"
        bench.input(.summary(summary))
        #expect(bench.shows("✗ audit trail") && bench.toasts == ["The audit trail does not hold"])
        bench.input(.summary(summary))
        #expect(bench.toasts == ["The audit trail does not hold"])
        summary.trailFinding = nil
        bench.input(.summary(summary))
        #expect(!bench.shows("✗ audit trail"))
    }

    @Test("who is no admin is not offered another key, and told why; so with the export")
    func roles() throws {
        for role in [Role.operator_, .support] {
            var bench = Bench(user: Person(name: "sam", email: "sam@firm.example", role: role))
            bench.press(.alt("v"))
            try bench.answerLast(AuditTests.page(AuditTests.events))
            #expect(!bench.shows("e export"))
            bench.press("e")
            #expect(bench.shows("Not permitted: only an admin sees the rows of others"))
            bench.press("K")
            try bench.answerLast(.auditKeys(Self.keys))
            #expect(!bench.shows("R change key"))
            bench.press("R")
            #expect(bench.shows("Not permitted: only an admin may do this"))
            #expect(!wishes(bench).contains(.rotateKey))
        }
    }

    @Test("the proof of the selected record goes to a file, from the list and from the record")
    func proof() throws {
        var bench = try AuditTests.open()
        bench.press(.down, "P")
        #expect(bench.shows("Save the proof of record 13"))
        bench.press(.enter)
        guard case .proof(13, let file)? = wishes(bench).last else { return #expect(Bool(false), "no proof") }
        #expect(file.hasSuffix("/audit-proof-13.json"))
        try bench.answerLast(.done("The proof of record 13 is written to \(file)"))
        #expect(bench.shows("The proof of record 13 is written"))
        var record = try AuditTests.record()
        record.press("P", .enter)
        guard case .proof(13, _)? = wishes(record).last else { return #expect(Bool(false), "no proof") }
        try record.answerLast(.failed(Complaint("the file is there", status: .badData)))
        #expect(record.shows("the file is there") && record.shows("Request"))
    }

    @Test("an export tells how far it is, keeps others waiting, and says at the end what was written")
    func export() throws {
        var bench = try AuditTests.open()
        bench.press("e", .enter)
        #expect(bench.shows("exporting…"))
        try bench.answerLast(.readingTrail(done: 4_000, total: 10_000))
        #expect(bench.shows("exporting 40 %"))
        bench.press("v")
        #expect(bench.shows("One thing at a time: exporting the trail"))
        try bench.answerLast(.done("15 records and 2 checkpoints written to /x; its README.txt says how to check them"))
        #expect(bench.shows("15 records and 2 checkpoints written to /x") && bench.shows("15 records · 12 signed"))
    }

    @Test("what was asked of the trail is told to whoever has gone elsewhere meanwhile")
    func elsewhere() throws {
        for (answer, words) in [
            (Loaded.verified(AuditTests.report(nil)), "The audit trail holds: 15 records"),
            (.verified(AuditTests.report("record 9 was changed")), "The audit trail was changed"),
        ] {
            var bench = try AuditTests.open()
            bench.press("v", .function(7))
            let ticket = try #require(
                bench.history.compactMap { effect -> Ticket? in
                    if case .audit(.verify, let ticket) = effect { ticket } else { nil }
                }.last)
            bench.input(.loaded(answer, ticket))
            #expect(bench.shows(words))
        }
    }

    @Test("a body that does not open is said, and the record stays")
    func unopened() throws {
        var bench = try AuditTests.record()
        bench.press("o")
        try bench.answerLast(.failed(Complaint("the kept answer does not open", status: .badData)))
        #expect(bench.shows("the kept answer does not open") && bench.shows("│ Answer"))
    }
}
