import Domain
import Testing

@testable import Store

@Suite("Notices of an account whose provider changes") struct NoticeProviderTests {
    let now = Workspace.morning

    private func house() throws -> (Workspace, AccountId) {
        let workspace = try Workspace()
        return (workspace, try workspace.addBusinesses(1)[0].id)
    }

    private func facts(_ key: String, _ reference: String, _ place: Place = .notices) -> NoticeFacts {
        var facts = Samples.notice(key)
        (facts.reference, facts.place, facts.rawState) = (reference, place, "PENDING")
        return facts
    }

    @Test func `another provider's notice is the same by its reference, and keeps what people did`() async throws {
        let (workspace, account) = try house()
        let (time, later) = (now, now + .seconds(60))
        let old = [facts("17", "ZD1"), facts("18", "ZD2")]
        let new = [facts("din:ZD1", "zd1"), facts("din:ZD3", "ZD3")]
        let day = LegalDate.inIndia(now).adding(days: 9)
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, old, by: "bridge", now: time)
            try writer.assign(NoticeId(1), to: "asha")
            try writer.tag(NoticeId(1), "urgent")
            try writer.addNote(NoticeId(1), NoticeNote(at: time, author: "asha", text: "called"))
            try writer.setManualDue(NoticeId(1), day)
            #expect(try writer.upsert(account, new, by: "efiling", now: later) == UpsertCount(new: 1, changed: 1))
            #expect(try writer.upsert(account, new, by: "efiling", now: later) == UpsertCount())
            let whole = [WholePlace(.notices)]
            #expect(try writer.markGone(account, places: whole, by: "efiling", notSeenSince: later, now: later) == 0)
        }
        let rows = try workspace.store.readNow { try $0.notices(NoticeQuery(sort: .reference, perPage: nil)).rows }
        #expect(rows.map(\.facts.reference) == ["ZD2", "ZD3", "zd1"] && rows.allSatisfy { $0.goneAt == nil })
        let kept = try #require(rows.last)
        #expect(kept.facts.externalKey == "din:ZD1" && kept.provider == "efiling")
        #expect(kept.work == NoticeWork(assignee: "asha", tags: ["urgent"], dueOn: day, noteCount: 1))
        #expect(try await workspace.store.checkIntegrity() == [])
    }

    @Test func `a demand and the set-off against it, delivered together by another provider, stay two known notices`()
        throws
    {
        let (workspace, account) = try house()
        let (time, later) = (now, now + .seconds(60))
        let issued = LegalDate.inIndia(now)
        func pair(_ keys: (String, String), _ day: LegalDate) -> [NoticeFacts] {
            var both = [facts(keys.0, "DIN9", .demand), facts(keys.1, "DIN9", .setOff245)]
            for index in both.indices { both[index].issuedOn = day }
            return both
        }
        let (old, new) = (pair(("1", "2"), issued), pair(("d:9", "s:9"), issued.adding(days: 1)))
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, old, by: "bridge", now: time)
            #expect(try writer.upsert(account, new, by: "efiling", now: later).new == 0)
        }
        let rows = try workspace.store.readNow { try $0.notices(NoticeQuery(perPage: nil)).rows }
        #expect(Set(rows.map(\.facts.externalKey)) == ["d:9", "s:9"])
    }

    @Test func `what a provider delivered itself is gone when it no longer lists it`() throws {
        let (workspace, account) = try house()
        let (time, later) = (now, now + .seconds(60))
        let (mine, others) = (facts("1", "A"), facts("2", "B"))
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [others], by: "bridge", now: time)
            _ = try writer.upsert(account, [mine], by: "efiling", now: time)
            let places = [WholePlace(.notices)]
            #expect(try writer.markGone(account, places: places, by: "efiling", notSeenSince: later, now: later) == 1)
            #expect(try writer.reader.notices(NoticeQuery()).rows.first { $0.goneAt != nil }?.facts.reference == "A")
        }
    }

    @Test func `the same key of another provider may be another notice`() throws {
        let (workspace, account) = try house()
        let time = now
        let (first, second, again) = (facts("1", "A"), facts("1", "B"), facts("2", "A"))
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [first], by: "one", now: time)
            #expect(try writer.upsert(account, [second], by: "two", now: time) == UpsertCount(new: 1))
            #expect(try writer.upsert(account, [again], by: "two", now: time).new == 0)
            let rows = try writer.reader.notices(NoticeQuery(sort: .reference)).rows
            #expect(rows.map(\.facts.reference) == ["A", "B"] && rows.map(\.facts.externalKey) == ["2", "1"])
            #expect(rows.map(\.id.rawValue) == [1, 2])
        }
    }

    @Test func `a demand and the set-off against it share a reference and stay two`() throws {
        let workspace = try Workspace()
        let account = try #require(try workspace.addBusinesses(3).first { $0.identity.portal == .incomeTax }).id
        let time = now
        let old = [facts("d", "DIN1", .demand)]
        let new = [facts("set_off:DIN1", "DIN1", .setOff245), facts("demand:DIN1", "DIN1", .demand)]
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, old, by: "bridge", now: time)
            _ = try writer.upsert(account, [new[0]], by: "efiling", now: time)
            _ = try writer.upsert(account, [new[1]], by: "efiling", now: time)
            #expect(try writer.reader.notice(NoticeId(1))?.facts.externalKey == "demand:DIN1")
            #expect(try writer.reader.notices(NoticeQuery()).total == 2)
        }
    }

    @Test func `papers that share a reference are told apart by their day of issue`() throws {
        let (workspace, account) = try house()
        let (time, day) = (now, LegalDate.inIndia(now))
        func paper(_ key: String, _ days: Int) -> NoticeFacts {
            var facts = facts(key, "CASE1")
            facts.issuedOn = day.adding(days: days)
            return facts
        }
        let (old, new) = ([paper("a", -9), paper("b", -3)], [paper("x", -3), paper("y", -1)])
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, old, by: "one", now: time)
            #expect(try writer.upsert(account, new, by: "one", now: time) == UpsertCount(new: 2))
        }
        let (other, account2) = try house()
        try other.store.writeNow { writer throws in
            _ = try writer.upsert(account2, old, by: "one", now: time)
            #expect(try writer.upsert(account2, new, by: "two", now: time).new == 1)
            #expect(try writer.reader.notice(NoticeId(1))?.facts.externalKey == "a")
            #expect(try writer.reader.notice(NoticeId(2))?.facts.externalKey == "x")
        }
    }

    @Test func `a document's id is its provider's`() throws {
        let (workspace, account) = try house()
        let time = now
        var (old, new) = (facts("1", "A"), facts("k", "A"))
        old.documents = [
            NoticeDocument(externalId: "d1", name: "a.pdf", mediaType: "", byteCount: 1, sha256: "aa"),
            NoticeDocument(externalId: "d2", name: "b.pdf", mediaType: "", byteCount: 1),
        ]
        new.documents = [NoticeDocument(externalId: "n", name: "b.pdf", mediaType: "", byteCount: 1)]
        let (first, second) = (old, new)
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [first], by: "one", now: time)
            #expect(try writer.reader.storedDocuments(account, by: "one")["d1"] != nil)
            #expect(try writer.reader.storedDocuments(account, by: "two")["d1"] == nil)
            _ = try writer.upsert(account, [second], by: "two", now: time)
            let names = try #require(try writer.reader.notice(NoticeId(1))).facts.documents.map(\.externalId)
            #expect(Set(names) == ["d1", "n"])
        }
    }
}
