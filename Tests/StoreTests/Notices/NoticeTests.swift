import Domain
import Testing

@testable import Store

@Suite struct NoticeTests {
    let now = Workspace.morning
    var today: LegalDate { LegalDate.inIndia(now) }

    @Test func `a notice that changes keeps what it was`() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let (time, today) = (now, today)
        try workspace.store.writeNow { writer throws in
            let first = Samples.notice("1", due: today)
            #expect(try writer.upsert(account, [first], now: time) == UpsertCount(new: 1))
            #expect(try writer.upsert(account, [first], now: time) == UpsertCount())
            var moved = first
            moved.dueOn = today.adding(days: 7)
            #expect(try writer.upsert(account, [moved], now: time) == UpsertCount(changed: 1))
            let notice = try #require(try writer.reader.notices(NoticeQuery()).rows.first)
            #expect(notice.version == 2)
            #expect(notice.facts == moved)
            #expect(
                try writer.reader.noticeChanges(notice.id)
                    == [
                        NoticeChange(
                            at: time, version: 2, field: "due_on", old: "\(today)", new: "\(today.adding(days: 7))")
                    ])
        }
    }

    @Test(arguments: [false, true])
    func `by due date, what still needs somebody stands before what is settled`(descending: Bool) throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let (time, today) = (now, today)
        let order = try workspace.store.writeNow { writer throws -> [String] in
            let facts = [
                Samples.notice("closed early", due: today.adding(days: -9), state: .closed),
                Samples.notice("open late", due: today.adding(days: 9)),
                Samples.notice("closed late", due: today.adding(days: 99), state: .closed),
            ]
            _ = try writer.upsert(account, facts, now: time)
            let query = NoticeQuery(sort: .due, descending: descending)
            return try writer.reader.notices(query).rows.map(\.facts.externalKey)
        }
        #expect(
            order == ["open late"] + (descending ? ["closed late", "closed early"] : ["closed early", "closed late"]))
    }

    @Test func `the summary counts what is due, overdue and new`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let (time, today) = (now, today)
        let summary = try workspace.store.writeNow { writer throws in
            let facts = [-1, 0, 14, 15].map { Samples.notice("\($0)", due: today.adding(days: $0)) }
            _ = try writer.upsert(accounts[0].id, facts + [Samples.notice("c", due: today, state: .closed)], now: time)
            try writer.markSeen([NoticeId(1), NoticeId(1)], at: time)
            try writer.setProviderState(.gst, ok: true, message: "fine", at: time)
            try writer.setStatus(accounts[0].id, .verified, cause: nil, message: "", at: time)
            return try writer.reader.summary(now: time)
        }
        let gst = summary[.gst]
        #expect((gst.overdue, gst.dueSoon, gst.unseenNotices) == (1, 2, 4))
        #expect((gst.accounts, gst.configured, gst.verified, gst.attention) == (1, 1, 1, 0))
        #expect(gst.isConnected)
        #expect(!summary[.traces].isConnected)
    }

    @Test func `what one account meets while others are served does not take the portal away`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(3).filter { $0.portal == .gst }
        #expect(accounts.count == 3)
        let time = now
        try workspace.store.writeNow { writer throws in
            func isOk() throws -> Bool? { try writer.reader.summary(now: time)[.gst].isProviderOk }
            func fail(_ account: PortalAccount) throws {
                try writer.setProviderState(.gst, ok: false, message: "portal down", by: account.id, at: time)
            }
            // Nothing is known yet, so the first word counts.
            try fail(accounts[0])
            #expect(try isOk() == false)
            for account in accounts { try writer.setStatus(account.id, .verified, cause: nil, message: "", at: time) }
            try writer.setProviderState(.gst, ok: true, message: "", by: accounts[1].id, at: time)
            try fail(accounts[0])
            try fail(accounts[0])
            #expect(try isOk() == true)
            try fail(accounts[1])
            #expect(try isOk() == false)
            try writer.setProviderState(.gst, ok: true, message: "", by: accounts[1].id, at: time)
            try fail(accounts[1])
            #expect(try isOk() == true)
        }
    }

    @Test func `what could not be read takes nothing away that was known`() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let (time, today) = (now, today)
        try workspace.store.writeNow { writer throws in
            var facts = Samples.notice("k", due: today.adding(days: -3))
            facts.demand = Rupees(paise: 4_100)
            _ = try writer.upsert(account, [facts], now: time)
            var garbled = facts
            (garbled.dueOn, garbled.dueBasis, garbled.issuedOn, garbled.demand) = (nil, nil, nil, nil)
            garbled.unread = [.dueOn, .issuedOn, .demand]
            let count = try writer.upsert(account, [garbled], now: time)
            #expect(count.changed == 0)
            let kept = try #require(try writer.reader.notices(NoticeQuery()).rows.first)
            #expect(kept.facts.dueOn == facts.dueOn && kept.facts.issuedOn == facts.issuedOn)
            #expect(kept.facts.demand == facts.demand && kept.due?.on == facts.dueOn)
            #expect(try writer.reader.summary(now: time)[.gst].overdue == 1)
            // Where the portal says that there is none, there is none.
            (garbled.unread, garbled.dueOn) = ([], nil)
            _ = try writer.upsert(account, [garbled], now: time)
            #expect(try writer.reader.notices(NoticeQuery()).rows.first?.facts.dueOn == nil)
        }
    }

    @Test(arguments: [false, true])
    func `notices without a due date come last both ways`(descending: Bool) throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let (time, today) = (now, today)
        let keys = try workspace.store.writeNow { writer throws in
            let facts =
                [Samples.notice("none")] + [3, 1, 2].map { Samples.notice("\($0)", due: today.adding(days: $0)) }
            _ = try writer.upsert(account, facts, now: time)
            return try writer.reader.notices(NoticeQuery(sort: .due, descending: descending)).rows.map(
                \.facts.externalKey)
        }
        #expect(keys == (descending ? ["3", "2", "1", "none"] : ["1", "2", "3", "none"]))
    }

    @Test func `filters narrow the list and the export alike`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(3)
        let (time, today) = (now, today)
        try workspace.store.writeNow { writer throws in
            for (index, account) in accounts.enumerated() {
                let state: NoticeState = index % 2 == 0 ? .open : .replied
                _ = try writer.upsert(
                    account.id, [Samples.notice("n\(index)", due: today.adding(days: index * 5), state: state)],
                    now: time)
            }
        }
        try workspace.store.readNow { reader throws in
            for (query, count) in [
                (NoticeQuery(), 9), (NoticeQuery(portals: [.gst]), 3), (NoticeQuery(states: [.replied]), 4),
                (NoticeQuery(text: "DEMAND N7"), 1), (NoticeQuery(dueWithin: 10, today: today), 2),
                (NoticeQuery(identity: accounts[0].identity), 1), (NoticeQuery(unseenOnly: true, perPage: 2), 9),
            ] {
                #expect(try reader.notices(query).total == count)
                var exported = 0
                try reader.eachNotice(query) { _ in exported += 1 }
                #expect(exported == count)
            }
            #expect(throws: StoreProblem.self) { try reader.notices(NoticeQuery(dueWithin: 3)) }
        }
    }

    @Test func `a place that fails is not empty and keeps its last true reading`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let gst = try #require(accounts.first { $0.portal == .gst })
        let (time, later) = (now, now + .seconds(60))
        try workspace.store.writeNow { writer throws in
            try writer.recordReading(gst.id, .notices, outcome: .read, count: 4, error: "", at: time)
            try writer.recordReading(gst.id, .notices, outcome: .failed, count: 0, error: "503", at: later)
        }
        let coverage = try workspace.store.readNow { try $0.coverage(CoverageQuery(portal: .gst)) }
        #expect(
            coverage.rows == [
                CoverageEntry(
                    identity: gst.identity, business: gst.business, place: .notices, outcome: .failed, count: 4,
                    readAt: time, triedAt: later, error: "503"),
                CoverageEntry(
                    identity: gst.identity, business: gst.business, place: .additionalNotices, outcome: .never),
            ])
        let all = try workspace.store.readNow { try $0.coverage(CoverageQuery(perPage: nil)) }
        #expect(all.total == 2 + 7 + 4 && all.rows.count == all.total && all.unseenNotices == nil)
        #expect(all.counts == [.failed: 1, .never: 12] && all.unanswered == 13)
    }

    @Test func `a place of whose records some were set aside does not count as wholly read`() async throws {
        let workspace = try Workspace()
        let gst = try #require(try workspace.addBusinesses(1).first { $0.portal == .gst })
        let time = now
        func read() throws -> Int { try workspace.store.readNow { try $0.summary(now: time)[.gst].answeredPlaces } }
        func record(_ error: String) throws {
            try workspace.store.writeNow {
                try $0.recordReading(gst.id, .notices, outcome: .read, count: 1, error: error, at: time)
            }
        }
        try record("")
        #expect(try read() == 1)
        try record("2 records set aside")
        #expect(try read() == 0)
        #expect(try await workspace.store.checkIntegrity() == [])
        try record("")
        #expect(try read() == 1)
    }

    @Test
    func `coverage is found by outcome and name, a page at a time, and nothing new is counted only when all answered`()
        throws
    {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(3)
        let tan = try #require(accounts.first { $0.portal == .traces })
        let time = now
        try workspace.store.writeNow { writer throws in
            for place in Portal.traces.places.dropLast() {
                try writer.recordReading(tan.id, place, outcome: .empty, count: 0, error: "", at: time)
            }
            _ = try writer.upsert(tan.id, [Samples.notice("1")], now: time)
        }
        func page(_ query: CoverageQuery) throws -> CoveragePage {
            try workspace.store.readNow { try $0.coverage(query) }
        }
        let one = CoverageQuery(identity: tan.identity, outcomes: [.never])
        let missing = try page(one)
        #expect(missing.rows.map(\.place) == [.requests] && missing.counts == [.empty: 3, .never: 1])
        #expect(missing.unseenNotices == nil)
        try workspace.store.writeNow { writer throws in
            try writer.recordReading(tan.id, .requests, outcome: .read, count: 1, error: "", at: time)
        }
        let whole = try page(CoverageQuery(text: tan.identity.text.lowercased()))
        #expect(whole.answered == 4 && whole.unanswered == 0 && whole.unseenNotices == 1)
        #expect(whole.rows.map(\.place) == Portal.traces.places)
        let second = try page(CoverageQuery(page: 2, perPage: 10))
        #expect(second.rows.count == 10 && second.firstSerial == 11 && second.total == 39)
    }

    @Test func `the summary counts the places that answered, through failures and removals`() async throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(2)
        let tans = accounts.filter { $0.portal == .traces }
        let time = now
        func read(_ account: PortalAccount, _ place: Place, _ outcome: PlaceOutcome) throws {
            try workspace.store.writeNow { writer throws in
                try writer.recordReading(account.id, place, outcome: outcome, count: 0, error: "", at: time)
            }
        }
        func traces() throws -> PortalSummary { try workspace.store.readNow { try $0.summary(now: time) }[.traces] }
        #expect(try traces().places == 8 && traces().unreadPlaces == 8)
        for account in tans {
            for place in Portal.traces.places { try read(account, place, .empty) }
        }
        try read(tans[0], .requests, .read)
        #expect(try traces().unreadPlaces == 0)
        try read(tans[0], .requests, .failed)
        try read(tans[0], .requests, .skipped)
        #expect(try traces().unreadPlaces == 1)
        #expect(
            try traces().answeredPlaces == workspace.store.readNow { try $0.coverage(.init(portal: .traces)) }.answered)

        let business = try #require(tans[0].businessId)
        try workspace.store.writeNow { writer throws in
            try writer.remove(business, now: time)
            // A report that comes too late.
            try writer.recordReading(tans[0].id, .requests, outcome: .read, count: 1, error: "", at: time)
        }
        #expect(try traces().places == 4 && traces().answeredPlaces == 4)
        #expect(try await workspace.store.checkIntegrity() == [])
    }

    @Test func `a record that is set aside is kept once, counted, and found by its name`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(2)
        let (first, second) = (accounts[0], try #require(accounts.last))
        let (time, later) = (now, now + .seconds(60))
        let raw = Array("{\"a\": 1.10}".utf8)
        try workspace.store.writeNow { writer throws in
            for at in [time, later] {
                try writer.setAside(
                    first.id, first.portal.places[0], key: "k-1", problem: "no date", raw: raw,
                    hash: "0123456789abcdef",
                    at: at)
            }
            try writer.setAside(
                second.id, second.portal.places[0], key: "", problem: "no reference", raw: [], hash: "fedcba9876543210",
                at: time)
        }
        let page = try workspace.store.readNow { try $0.strays(StrayQuery()) }
        #expect(page.total == 2 && page.problems == 2)
        let stray = try #require(page.rows.first)
        #expect(stray.identity == first.identity && stray.times == 2 && stray.byteCount == raw.count)
        #expect(stray.firstSeenAt == time && stray.lastSeenAt == later)
        let name = try #require(StrayId("\(stray.id)"))
        #expect(name == stray.id && stray.id.hash == "01234567")
        let found = try workspace.store.readNow { try $0.stray(name) }
        #expect(found?.raw == raw && found?.stray == stray)
        #expect(
            try workspace.store.readNow { try $0.strays(StrayQuery(text: "NO REF")).rows.map(\.identity) } == [
                second.identity
            ])
        #expect(try workspace.store.readNow { try $0.strays(StrayQuery(portal: first.portal)).total } == 1)
    }

    @Test func `a document is known by its content`() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let time = now
        var facts = Samples.notice("1")
        facts.documents = [
            NoticeDocument(externalId: "d1", name: "order.pdf", mediaType: "application/pdf", byteCount: 10)
        ]
        let stored = facts
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [stored], now: time)
            var document = stored.documents[0]
            document.sha256 = "ab12"
            try writer.linkDocument(document, account: account, at: time)
            #expect(try writer.reader.hasDocument(sha256: "ab12"))
            #expect(try writer.upsert(account, [stored], now: time) == UpsertCount())
            #expect(try writer.reader.notices(NoticeQuery()).rows[0].facts.documents[0].sha256 == "ab12")
            #expect(try writer.reader.storedDocuments(account).mapValues(\.sha256) == ["d1": "ab12"])
            #expect(try writer.reader.storedDocuments(AccountId(account.rawValue + 1)).isEmpty)
        }
    }

    @Test func `people and settings come back as they were stored`() throws {
        let workspace = try Workspace()
        let asha = Person(name: "asha", email: "asha@firm.example", role: .admin)
        let time = now
        try workspace.store.writeNow { writer throws in
            try writer.addPerson(asha, passwordHash: "$scrypt$x", at: time)
            try writer.setSetting("workspace", "w1")
            #expect(throws: StoreProblem.refused("there is a user asha already")) {
                try writer.addPerson(asha, passwordHash: "", at: time)
            }
        }
        try workspace.store.readNow { reader throws in
            #expect(try reader.people() == [asha])
            #expect(try reader.passwordHash(of: "asha") == "$scrypt$x")
            #expect(try reader.setting("workspace") == "w1")
        }
    }

    @Test func `what else a portal tells is kept, and its numbers find the notice`() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let time = now
        try workspace.store.writeNow { writer throws in
            var facts = Samples.notice("1")
            _ = try writer.upsert(account, [facts], by: "efiling", now: time)
            #expect(try writer.reader.notices(NoticeQuery(text: "1086883937")).total == 0)
            facts.particulars.printedReference = "ITBA/AST/S/143(2)/1086883937(1)"
            facts.particulars.proceeding = "54139244"
            facts.particulars.replies = [
                .init(
                    id: "7", kind: "FR", text: "Our reply", submittedOn: LegalDate("2026-05-01"), attachments: ["a.pdf"]
                )
            ]
            facts.particulars.defaults = [
                .init(
                    code: "1", kind: "Short payment", amount: Rupees(paise: 500), reported: nil,
                    payable: Rupees(paise: 500))
            ]
            // It explains and changes nothing.
            #expect(try writer.upsert(account, [facts], by: "efiling", now: time) == UpsertCount())
            for text in ["1086883937", "54139244", "REF1"] {
                let found = try writer.reader.notices(NoticeQuery(text: text)).rows
                #expect(found.map(\.facts) == [facts])
            }
            #expect(try writer.reader.knownNotices(account, by: "efiling") == ["1": facts])
            #expect(try writer.reader.knownNotices(account, by: "another").isEmpty)
            // Replies that could not be read for once are not lost.
            var later = facts
            later.particulars.replies = []
            later.unread = [.particulars]
            _ = try writer.upsert(account, [later], by: "efiling", now: time)
            #expect(try writer.reader.knownNotices(account)["1"]?.particulars.replies == facts.particulars.replies)
        }
    }

    @Test func `particulars that are damaged stop nobody`() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let time = now
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [Samples.notice("1")], now: time)
            try writer.db.run("UPDATE notice SET particulars = '{broken'")
            try NoticeIndexing.renew(NoticeId(1), writer.db)
            #expect(try writer.reader.notices(NoticeQuery(text: "REF1")).rows.first?.facts.particulars.isEmpty == true)
        }
    }
}
