import Domain
import Portals
import Sandbox
import Secrets
import Store
import Testing

@testable import Services

/// The history of a thing is all that belongs to it, and nothing else.
@Suite("Histories", .timeLimit(.minutes(20)))
struct HistoryTests {
    private func history(_ thread: AuditThread, _ workspace: Workspace) async throws -> AuditPage {
        var query = AuditQuery()
        query.thread = thread
        return try await workspace.audit.page(query, page: 1, perPage: 200)
    }

    @Test("of a fetched notice: the calls of the job that brought it, and what people did since")
    func notice() async throws {
        try await WorkHouse.with(.pageTwo) { house in
            let job = try await house.run()
            let notice = try #require(try await house.workspace.notices.page(NoticeQuery()).rows.first)
            try await house.workspace.notices.note(notice.id, "asked for an adjournment")
            try await house.workspace.notices.setDue([notice.id], LegalDate(year: 2027, month: 1, day: 4))
            let other = try await house.run()
            let page = try await history(.notice(notice.id), house.workspace)
            #expect(page.origin == .job(job.id))
            #expect(page.rows.prefix(2).map(\.action) == ["notice.due", "notice.note"])
            let calls = page.rows.dropFirst(2)
            #expect(calls.count(where: { $0.call != nil }) >= 2)
            #expect(calls.allSatisfy { $0.correlation == "job/\(job.id)" })
            #expect(page.size > Int64(page.total))
            #expect(!page.rows.contains { $0.correlation == "job/\(other.id)" })
            let refusal = await complaint { try await history(.notice(NoticeId(99_999)), house.workspace) }
            #expect(refusal?.status == .badData)
        }
    }

    @Test("of a job: its calls and its outcome, and who cancelled it")
    func job() async throws {
        try await WorkHouse.with { house in
            let job = try await house.run(.verify)
            let page = try await history(.job(job.id), house.workspace)
            #expect(page.rows.contains { $0.call != nil } && page.rows.contains { $0.action == "account.verify" })
            let other = try await house.trigger()
            _ = try await house.workspace.sync.cancel([other])
            #expect(try await history(.job(other), house.workspace).rows.map(\.action) == ["job.cancel"])
        }
    }

    @Test("of a provider: the calls that went by it, and what was done to it")
    func provider() async throws {
        try await WorkHouse.with { house in
            _ = try await house.run()
            let name = try #require(house.workspace.providers().files.first?.profile.name)
            let rows = try await history(.provider(name), house.workspace).rows
            #expect(rows.count { $0.call != nil } >= 3)
            #expect(rows.allSatisfy { $0.detailFacts["provider"] == name || $0.subject == name })
            #expect(try await history(.provider("other"), house.workspace).rows.isEmpty)
        }
    }

    @Test("of a business: its entry under every name, its logins, its notices; nobody else's")
    func business() async throws {
        let office = try await Office.make()
        let admin = office.admin
        let business = try #require(try await admin.businesses.page(BusinessQuery()).rows.first)
        let edit = BusinessEdit(
            name: "Harihar & Sons", pan: business.pan, gstins: try business.gstins.map { try Gstin($0) },
            tans: [try Tan("BLRH12345B")], group: "Retail")
        try await admin.businesses.update(business.id, edit)
        _ = try await admin.businesses.add(BusinessDraft(name: "Another", pan: try Pan("AAAPA1234A")))
        let page = try await history(.business(business.id), admin)
        #expect(page.rows.map(\.action) == ["business.edit", "account.set", "account.set", "business.add"])
        #expect(
            page.rows.first.map(AuditWords.told) == "name Harihar & Co → Harihar & Sons, group Retail, added BLRH12345B"
        )
        guard case .registered = page.origin else { return #expect(Bool(false), "no day in the register") }
    }

    @Test("who sees only their own rows sees of a history their own, and still where it comes from")
    func own() async throws {
        try await WorkHouse.with(.pageTwo) { house in
            let job = try await house.run()
            let notice = try #require(try await house.workspace.notices.page(NoticeQuery()).rows.first)
            try await house.workspace.people.add(
                .init(
                    name: "olu", email: "olu@firm.example", role: .operator_,
                    password: .init(utf8: Office.password)))
            let olu = try Workspace.open(house.place.home, house.place.surroundings)
            _ = try await olu.login.login("olu", .init(utf8: Office.password))
            #expect(try await history(.notice(notice.id), olu).rows.isEmpty)
            #expect(try await history(.notice(notice.id), olu).origin == .job(job.id))
            try await olu.notices.note(notice.id, "seen")
            #expect(try await history(.notice(notice.id), olu).rows.map(\.action) == ["notice.note"])
            olu.close()
        }
    }

    @Test("of an action: who asked for it and who looked it up, with its calls")
    func action() async throws {
        try await ActionHouse.with { house in
            let operation = try await house.workToTheEnd(try await house.generate().id)
            let page = try await history(.operation(operation.id), house.workspace)
            let outcomes = page.rows.reversed().filter { $0.action.hasPrefix("operation.") }.map(\.outcome)
            #expect(outcomes.first == "queued" && outcomes.last == "filed")
            #expect(page.rows.contains { $0.action == "call.filing" })
        }
    }
}
