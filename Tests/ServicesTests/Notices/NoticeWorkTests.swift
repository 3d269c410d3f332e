import Domain
import Foundation
import Secrets
import Testing

@testable import Services
@testable import Store

@Suite("Working on notices") struct NoticeWorkTests {
    private func entry(_ reference: String = "ZD1") throws -> NoticeEntry {
        var entry = NoticeEntry(identity: Office.first)
        (entry.reference, entry.form, entry.issuedOn) = (reference, "DRC-01", LegalDate("2026-10-23"))
        return entry
    }

    @Test func `what people do stands on the notice and in its history`() async throws {
        let office = try await Office.make()
        try await office.add("ravi", .operator_)
        let notices = office.admin.notices
        let id = try await notices.add(try entry())
        try await notices.assign([id], to: "ravi")
        try await notices.tag([id], ["#Urgent", "appeal"])
        try await notices.untag([id], ["appeal"])
        try await notices.note(id, " called the officer\n")
        let day = try #require(LegalDate("2026-12-01"))
        try await notices.setDue([id], day)
        let dossier = try #require(try await notices.dossier(id))
        #expect(dossier.notice.work == NoticeWork(assignee: "ravi", tags: ["urgent"], dueOn: day, noteCount: 1))
        #expect(dossier.notice.due == DueDate(on: day, basis: .manual) && dossier.notice.isManual)
        #expect(dossier.notes.map(\.text) == ["called the officer"])
        #expect(
            dossier.deeds.map(\.what) == [
                "entered it by hand", "gave it to ravi", "tagged #urgent", "tagged #appeal", "took #appeal away",
                "wrote a note", "set the due date to 01-12-2026",
            ])
        #expect(dossier.deeds.allSatisfy { $0.who == "asha" })
        try await notices.setDue([id], nil)
        let cleared = try #require(try await notices.dossier(id))
        #expect(cleared.notice.due == DueDate(on: try #require(LegalDate("2026-11-22")), basis: .computed))
        #expect(cleared.dueWords.contains("30 days from service") && cleared.dueWords.contains("counted from issue"))
        try await notices.setState(id, .replied)
        #expect(try await notices.dossier(id)?.dueWords == "nothing to be done any more")
    }

    @Test func `a date that the provider computed is not explained by our rule`() throws {
        let facts = NoticeFacts(
            externalKey: "k", place: .notices, reference: "R", form: "DRC-01", issuedOn: LegalDate("2026-10-23"),
            dueOn: LegalDate("2026-11-30"), dueBasis: .computed)
        let time = Instant(seconds: 0)
        let notice = Notice(
            id: NoticeId(1), accountId: AccountId(1), identity: Office.first, business: "", facts: facts,
            firstSeenAt: time, lastSeenAt: time, version: 1)
        let dossier = NoticeDossier(notice: notice)
        #expect(dossier.rule != nil && dossier.dueWords == "computed by the provider")
    }

    @Test func `several tags are changed together or not at all`() async throws {
        let office = try await Office.make()
        let notices = office.admin.notices
        let id = try await notices.add(try entry())
        try await notices.tag([id], ["a", "c"])
        #expect(await complaint { try await notices.untag([id], ["a", "b", "c"]) }?.status == .badData)
        #expect(await complaint { try await notices.retag([id], add: ["d"], remove: ["b"]) }?.status == .badData)
        #expect(try await notices.notice(id)?.work.tags == ["a", "c"])
        try await notices.retag([id], add: ["d"], remove: ["a", "c"])
        #expect(try await notices.notice(id)?.work.tags == ["d"])
        let deeds = try #require(try await notices.dossier(id)).deeds.map(\.what)
        #expect(deeds.suffix(3) == ["tagged #d", "took #a away", "took #c away"])
        #expect(deeds.count == 6)
    }

    @Test func `a desk abroad judges due dates by the Indian day`() async throws {
        let office = try await Office.make(
            settings: "[desk]\ntime_zone = \"America/New_York\"\n[mail]\ntransport = \"maildir\"\n")
        // Just after midnight in India; in New York it is still the day before.
        let day = LegalDate.inIndia(office.admin.now).adding(days: 1)
        let midnight = Instant(seconds: Int64(day.dayNumber) * 86_400 - Int64(LegalDate.indianOffset))
        office.place.time.advance(midnight.since(office.admin.now) + .seconds(60))
        var due = try entry()
        due.dueOn = day.adding(days: -1)
        _ = try await office.admin.notices.add(due)
        let card = try await office.admin.sync.summary()[.gst]
        #expect(card.overdue == 1 && card.dueSoon == 0)
    }

    @Test func `support looks and exports, and changes nothing`() async throws {
        let office = try await Office.make()
        try await office.add("sunil", .support)
        try await office.add("ravi", .operator_)
        let id = try await office.admin.notices.add(try entry())
        let support = try await office.enter("sunil").notices
        let refused = [
            await complaint { try await support.assign([id], to: nil) },
            await complaint { try await support.tag([id], ["x"]) },
            await complaint { try await support.untag([id], ["x"]) },
            await complaint { try await support.note(id, "x") },
            await complaint { try await support.setDue([id], nil) },
            await complaint { try await support.setState(id, .closed) },
            await complaint { try await support.add(try entry("other")) },
        ]
        #expect(refused.allSatisfy { $0?.status == .notPermitted })
        #expect(try await support.dossier(id)?.notice.work == NoticeWork())
        let file = office.place.folder + "/a.ics"
        #expect(try await support.export(NoticeQuery(), format: .ics, to: .file(file, replaces: false)) == 1)
        try await office.enter("ravi").notices.setState(id, .closed)
        #expect(try await support.notice(id)?.facts.state == .closed)
    }

    @Test func `what makes no sense is refused and nothing of it is kept`() async throws {
        let office = try await Office.make()
        try await office.add("sunil", .support)
        let notices = office.admin.notices
        let id = try await notices.add(try entry())
        for name in ["nobody-here", "sunil"] {
            #expect(await complaint { try await notices.assign([id], to: name) }?.status == .badData)
        }
        #expect(await complaint { try await notices.tag([id], ["fine", "two words"]) }?.status == .badData)
        #expect(await complaint { try await notices.untag([id], ["absent"]) }?.status == .badData)
        #expect(await complaint { try await notices.note(id, "  \n") }?.status == .badData)
        #expect(
            await complaint { try await notices.note(id, String(repeating: "x", count: 2_001)) }?.status == .badData)
        #expect(await complaint { try await notices.assign([id, NoticeId(99)], to: "asha") }?.status == .badData)
        #expect(await complaint { try await notices.add(NoticeEntry(identity: Office.first)) }?.status == .badData)
        #expect(await complaint { try await notices.add(try entry("zd1")) }?.status == .badData)
        let stranger = NoticeEntry(identity: PortalIdentity(stored: .gst, "27AABCP0001K1ZW"))
        #expect(await complaint { try await notices.add(stranger) }?.status == .badData)
        #expect(try await notices.notice(id)?.work == NoticeWork())
    }

    @Test func `what the portal no longer lists is told as gone after the next fetch, and no sooner`() async throws {
        try await WorkHouse.with { house in
            let account = try await house.account().id
            let now = house.place.time.now
            let vanished = NoticeFacts(externalKey: "vanished", place: .notices, reference: "OLD-1", form: "DRC-01")
            let others = NoticeFacts(externalKey: "others", place: .notices, reference: "OLD-2", form: "DRC-01")
            try await house.workspace.store.write { writer in
                _ = try writer.upsert(account, [vanished], by: "bridge", now: now)
                _ = try writer.upsert(account, [others], by: "elsewhere", now: now)
            }
            let manual = try await house.workspace.notices.add(try entry("BY-POST"))
            house.place.time.advance(.seconds(60))
            let job = try await house.run()
            #expect(job.status == .done)
            let rows = try await house.workspace.notices.page(NoticeQuery(identity: WorkHouse.gst, perPage: nil)).rows
            #expect(rows.filter { $0.goneAt != nil }.map(\.facts.reference) == ["OLD-1"])
            #expect(rows.contains { $0.id == manual && $0.isManual })
            // What another provider delivered is not this one's to call gone.
            #expect(rows.contains { $0.facts.reference == "OLD-2" && $0.goneAt == nil })
            #expect(try await house.log(job.id).contains { $0.message == "1 notice of before is gone from the portal" })
        }
    }

    @Test func `holidays of the firm move computed dates`() async throws {
        let office = try await Office.make(settings: "[notices]\nholidays = [\"2026-11-09\"]\n")
        var form = try entry("REG")
        (form.form, form.issuedOn) = ("REG-17", LegalDate("2026-11-06"))
        let id = try await office.admin.notices.add(form)
        #expect(try await office.admin.notices.notice(id)?.due?.on == LegalDate("2026-11-18"))
        #expect(throws: ConfigurationProblems.self) {
            try Settings.read(file: "config.toml", text: "[notices]\nholidays = [\"9 Nov\"]\n")
        }
    }
}
