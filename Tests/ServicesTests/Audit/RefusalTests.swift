import Domain
import Secrets
import Store
import Testing

@testable import Services

/// A refusal on record says what was tried, and asking for what there is none of is no silent nothing.
@Suite("Refusals on record", .timeLimit(.minutes(20)))
struct RefusalTests {
    private func refusals(_ office: Office) async throws -> [AuditEvent] {
        try await office.admin.audit.events(AuditQuery(action: "denied"))
    }

    @Test("a refusal names to what, by which command, as what, and whose office it needs")
    func refused() async throws {
        let office = try await Office.make()
        try await office.add("sam", .support)
        let sam = try await office.enter("sam")
        await Undertaking.$words.withValue("account reveal") {
            _ = await complaint { try await sam.reveal.begin(Office.first, reason: "") }
        }
        _ = await complaint { try await sam.notices.note(NoticeId(7), "x") }
        _ = await complaint { try await sam.sync.answer(JobId(12), text: "x") }
        _ = await complaint {
            try await sam.people.add(
                .init(name: "eve", email: "e@firm.example", role: .admin, password: SecretBytes(utf8: Office.password)))
        }
        let found = try await refusals(office)
        #expect(found.map(\.subject) == [Office.first.auditSubject, "notice/7", "job/12", "eve"])
        #expect(
            found.map { $0.detailFacts["needs"] } == [
                "operator with the grant reveal, or admin", "operator or admin", "operator or admin", "admin",
            ])
        let words = try #require(found.first.map(AuditWords.told))
        #expect(
            words
                == "tried `account reveal` as support, to see a stored password; needs operator with the grant reveal, or admin"
        )
    }

    @Test("a refusal of an older program is told by its deed")
    func older() {
        let event = AuditEvent(
            at: Instant(milliseconds: 0), actor: "sam", action: "denied", subject: "editCredential", outcome: "denied")
        #expect(AuditWords.told(event) == "tried to change a login; needs operator with the grant edit, or admin")
    }

    @Test("who may only look at notices leaves no mark, and no refusal either")
    func looking() async throws {
        let office = try await Office.make()
        try await office.add("sam", .support)
        let sam = try await office.enter("sam")
        try await sam.notices.markSeen([NoticeId(1)])
        #expect(try await refusals(office).isEmpty)
    }

    @Test("an action or an outcome that there is none of is refused with those that there are")
    func nonsense() async throws {
        let office = try await Office.make()
        for query in [AuditQuery(action: "nonsense"), AuditQuery(action: "account.nonsense")] {
            let refusal = await complaint { try await office.admin.audit.events(query) }
            #expect(
                refusal?.status == .usage && refusal?.why.contains("account (provider, remove, set, verify)") == true)
        }
        var query = AuditQuery()
        query.outcome = "nonsense"
        let asked = query
        let refusal = await complaint { try await office.admin.audit.events(asked) }
        #expect(refusal?.status == .usage && refusal?.why.contains("answered") == true)
        // What there is may be missing here, and what another program recorded may be asked for.
        #expect(try await office.admin.audit.events(AuditQuery(action: "einvoice.get")).isEmpty)
        let now = office.admin.now
        try await office.admin.write { writer in
            try writer.recordEvent(
                AuditEvent(at: now, actor: "x", action: "other.deed", subject: "y", outcome: "not sent"))
        }
        query.outcome = "not_sent"
        query.action = "other"
        let spaced = query
        #expect(try await office.admin.audit.events(spaced).map(\.action) == ["other.deed"])
    }
}
