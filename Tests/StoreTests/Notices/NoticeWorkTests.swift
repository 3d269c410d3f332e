import Domain
import Testing

@testable import Store

@Suite("What people add to notices") struct NoticeWorkTests {
    let now = Workspace.morning
    var today: LegalDate { LegalDate.inIndia(now) }

    private func house() throws -> (Workspace, AccountId) {
        let workspace = try Workspace()
        return (workspace, try workspace.addBusinesses(1)[0].id)
    }

    @Test func `a fetch keeps assignee, tags, notes and the date that a person set`() throws {
        let (workspace, account) = try house()
        let (time, today) = (now, today)
        let notice = try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [Samples.notice("1", due: today)], now: time)
            try writer.assign(NoticeId(1), to: "asha")
            try writer.tag(NoticeId(1), "urgent")
            try writer.tag(NoticeId(1), "appeal")
            try writer.addNote(NoticeId(1), NoticeNote(at: time, author: "asha", text: "called the officer"))
            try writer.setManualDue(NoticeId(1), today.adding(days: 30))
            var moved = Samples.notice("1", due: today.adding(days: 7), state: .partlyReplied)
            moved.reference = "REF1-B"
            #expect(try writer.upsert(account, [moved], now: time) == UpsertCount(changed: 1))
            return try #require(try writer.reader.notice(NoticeId(1)))
        }
        #expect(
            notice.work
                == NoticeWork(
                    assignee: "asha", tags: ["appeal", "urgent"], dueOn: today.adding(days: 30), noteCount: 1))
        #expect(notice.due == DueDate(on: today.adding(days: 30), basis: .manual))
        #expect(notice.facts.dueOn == today.adding(days: 7) && notice.facts.reference == "REF1-B")
        try workspace.store.writeNow { writer throws in try writer.setManualDue(NoticeId(1), nil) }
        let cleared = try #require(try workspace.store.readNow { try $0.notice(NoticeId(1)) })
        #expect(cleared.due == DueDate(on: today.adding(days: 7), basis: .portal))
    }

    @Test func `the summary counts by the date that counts`() async throws {
        let (workspace, account) = try house()
        let (time, today) = (now, today)
        func counts() throws -> (Int, Int) {
            let gst = try workspace.store.readNow { try $0.summary(now: time) }[.gst]
            return (gst.overdue, gst.dueSoon)
        }
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [Samples.notice("1", due: today.adding(days: -1))], now: time)
        }
        #expect(try counts() == (1, 0))
        try workspace.store.writeNow { try $0.setManualDue(NoticeId(1), today.adding(days: 3)) }
        #expect(try counts() == (0, 1))
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(
                account, [Samples.notice("1", due: today.adding(days: -1), state: .replied)], now: time)
        }
        #expect(try counts() == (0, 0))
        #expect(try await workspace.store.checkIntegrity() == [])
    }

    @Test func `a date is computed by the rules where the portal gives none`() throws {
        let (workspace, account) = try house()
        let (time, today) = (now, today)
        var facts = Samples.notice("1")
        facts.issuedOn = today.adding(days: -10)
        facts.form = "DRC-01B"
        let stored = facts
        try workspace.store.writeNow { writer throws in _ = try writer.upsert(account, [stored], now: time) }
        let page = try workspace.store.readNow { try $0.notices(NoticeQuery(overdueOnly: true, today: today)) }
        #expect(page.rows.map(\.due) == [DueDate(on: today.adding(days: -3), basis: .computed)])
        #expect(page.rows.first?.facts.dueOn == nil)
    }

    @Test func `what a whole list no longer shows is gone, until it is shown again`() throws {
        let (workspace, account) = try house()
        let (time, today) = (now, today)
        let later = now + .seconds(3_600)
        var old = Samples.notice("old")
        old.issuedOn = today.adding(days: -400)
        let facts = [Samples.notice("1", due: today), Samples.notice("2", due: today), old]
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, facts, now: time)
            _ = try writer.addManual(account, Samples.notice("manual:x"), now: time)
            _ = try writer.upsert(account, [facts[0]], now: later)
            // The list reaches back a year: the old one says nothing, and the second has no date of issue.
            let window = [WholePlace(.notices, reachesBackTo: today.adding(days: -365))]
            #expect(try writer.markGone(account, places: window, notSeenSince: later, now: later) == 0)
            let whole = [WholePlace(.notices)]
            #expect(try writer.markGone(account, places: whole, notSeenSince: later, now: later) == 2)
            #expect(try writer.markGone(account, places: whole, notSeenSince: later, now: later) == 0)
        }
        let gone = try #require(try workspace.store.readNow { try $0.notice(NoticeId(2)) })
        #expect(gone.goneAt == later && gone.version == 2)
        try workspace.store.writeNow { writer throws in
            #expect(try writer.upsert(account, [facts[1]], now: later) == UpsertCount(changed: 1))
        }
        let back = try workspace.store.readNow { reader in
            (try reader.notice(NoticeId(2)), try reader.noticeChanges(NoticeId(2)).map(\.words))
        }
        #expect(back.0?.goneAt == nil && back.1 == ["gone from the portal", "on the portal again"])
    }

    @Test func `an entry by hand becomes the portal's when the portal delivers its reference`() throws {
        let (workspace, account) = try house()
        let (time, today) = (now, today)
        try workspace.store.writeNow { writer throws in
            var entry = Samples.notice("manual:x", due: today)
            entry.reference = "zd1"
            let id = try writer.addManual(account, entry, now: time)
            try writer.tag(id, "urgent")
            #expect(throws: StoreProblem.self) { try writer.addManual(account, entry, now: time) }
            var facts = Samples.notice("1", due: today.adding(days: 2))
            facts.reference = "ZD1"
            #expect(try writer.upsert(account, [facts], now: time) == UpsertCount(changed: 1))
            #expect(try writer.upsert(account, [facts], now: time) == UpsertCount())
            let notice = try #require(try writer.reader.notice(id))
            #expect(!notice.isManual && notice.facts.externalKey == "1" && notice.work.tags == ["urgent"])
        }
    }

    @Test func `a state that the portal tells is the portal's while it lists the notice`() async throws {
        let (workspace, account) = try house()
        let (time, later, today) = (now, now + .seconds(60), today)
        try workspace.store.writeNow { writer throws in
            var facts = Samples.notice("1", due: today)
            facts.rawState = "PENDING"
            _ = try writer.upsert(account, [facts], now: time)
            #expect(throws: StoreProblem.self) { try writer.setState(NoticeId(1), .closed, now: time) }
            try writer.markGone(account, places: [WholePlace(.notices)], notSeenSince: later, now: later)
            try writer.setState(NoticeId(1), .closed, now: later)
            #expect(try writer.reader.notice(NoticeId(1))?.facts.state == .closed)
        }
        #expect(try await workspace.store.checkIntegrity() == [])
    }
}

@Suite("States that people set") struct NoticeStateTests {
    let now = Workspace.morning

    private func house() throws -> (Workspace, AccountId) {
        let workspace = try Workspace()
        return (workspace, try workspace.addBusinesses(1)[0].id)
    }

    @Test func `where no state is told people say it, until one is told`() async throws {
        let (workspace, account) = try house()
        let time = now
        let overdue = NoticeQuery(overdueOnly: true, today: .inIndia(now))
        let silent = Samples.notice("1", due: LegalDate.inIndia(now).adding(days: -1))
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [silent], now: time)
            #expect(try writer.reader.notices(overdue).total == 1)
            try writer.setState(NoticeId(1), .replied, now: time)
            #expect(try writer.upsert(account, [silent], now: time) == UpsertCount())
            #expect(try writer.reader.notices(overdue).total == 0)
            let kept = try #require(try writer.reader.notice(NoticeId(1)))
            #expect(kept.facts.state == .replied && kept.work.state == .replied && kept.stateIsOurs)
            // The same provider begins to tell states.
            var told = silent
            told.rawState = "PENDING"
            #expect(try writer.upsert(account, [told], now: time) == UpsertCount(changed: 1))
            let notice = try #require(try writer.reader.notice(NoticeId(1)))
            #expect(notice.facts.state == .open && notice.work.state == nil && !notice.stateIsOurs)
            #expect(throws: StoreProblem.self) { try writer.setState(NoticeId(1), .replied, now: time) }
        }
        #expect(try await workspace.store.checkIntegrity() == [])
    }

    @Test func `an entry by hand that was answered stays so when a portal delivers it without a state`() throws {
        let (workspace, account) = try house()
        let time = now
        try workspace.store.writeNow { writer throws in
            var entry = Samples.notice("manual:x")
            entry.reference = "REF1"
            let id = try writer.addManual(account, entry, now: time)
            try writer.setState(id, .replied, now: time)
            _ = try writer.upsert(account, [Samples.notice("1")], by: "gsp", now: time)
            let notice = try #require(try writer.reader.notice(id))
            #expect(!notice.isManual && notice.facts.state == .replied)
        }
    }

    @Test func `what the last reading of its place did not list may be settled, though it is not known to be gone`()
        throws
    {
        let (workspace, account) = try house()
        let (time, later) = (now, now + .seconds(60))
        try workspace.store.writeNow { writer throws in
            var facts = Samples.notice("1")
            facts.rawState = "PENDING"
            _ = try writer.upsert(account, [facts], by: "old", now: time)
            try writer.recordReading(account, .notices, outcome: .read, count: 1, error: "", at: time)
            #expect(throws: StoreProblem.self) { try writer.setState(NoticeId(1), .closed, now: time) }
            try writer.recordReading(account, .notices, outcome: .failed, count: 0, error: "503", at: later)
            #expect(throws: StoreProblem.self) { try writer.setState(NoticeId(1), .closed, now: later) }
            try writer.recordReading(account, .notices, outcome: .empty, count: 0, error: "", at: later)
            try writer.setState(NoticeId(1), .closed, now: later)
            #expect(try writer.reader.notice(NoticeId(1))?.facts.state == .closed)
        }
    }

    @Test func `the last date outlives the one that counts, and every move of it is counted`() throws {
        let (workspace, account) = try house()
        let (time, day) = (now, LegalDate.inIndia(now))
        try workspace.store.writeNow { writer throws in
            _ = try writer.upsert(account, [Samples.notice("1", due: day)], now: time)
            try writer.setManualDue(NoticeId(1), day.adding(days: 5))
            try writer.setManualDue(NoticeId(1), day.adding(days: 5))
            let moved = try #require(try writer.reader.notice(NoticeId(1)))
            #expect(moved.version == 1 && moved.dueMoves == 1 && moved.lastDueOn == day.adding(days: 5))
            try writer.setManualDue(NoticeId(1), nil)
            _ = try writer.upsert(account, [Samples.notice("1")], now: time)
            let undated = try #require(try writer.reader.notice(NoticeId(1)))
            #expect(undated.due == nil && undated.lastDueOn == day && undated.dueMoves == 3)
        }
    }
}

@Suite("Full-text search of notices") struct NoticeSearchTests {
    let now = Workspace.morning

    private func house() throws -> Workspace {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(2)
        let time = now
        try workspace.store.writeNow { writer throws in
            var first = Samples.notice("1")
            (first.reference, first.form, first.section) = ("ZD270926001234F", "DRC-01", "74(5)")
            first.summary = "कर की मांग, Show cause"
            _ = try writer.upsert(accounts[0].id, [first], now: time)
            _ = try writer.upsert(accounts[1].id, [Samples.notice("2")], now: time)
        }
        return workspace
    }

    private func found(_ workspace: Workspace, _ text: String) throws -> [Int64] {
        try workspace.store.readNow { try $0.notices(NoticeQuery(text: text)).rows.map(\.id.rawValue) }.sorted()
    }

    @Test(arguments: [
        ("260012", [1]), ("zd27", [1]), ("drc01", [1, 2]), ("DRC-01 74(5)", [1]), ("74", [1]), ("cause show", [1]),
        ("मांग", [1]), ("show nothing", []), ("%", []), ("\"", []), ("a\" OR \"b", []), ("*", []), ("''", []),
    ])
    func `every word stands somewhere, in any part of a word`(text: String, ids: [Int64]) throws {
        #expect(try found(try house(), text) == ids)
    }

    @Test func `tags, notes, a new name and moved identities are found at once`() throws {
        let workspace = try house()
        let time = now
        let name = try #require(try workspace.store.readNow { try $0.notice(NoticeId(1)) }).business
        #expect(try found(workspace, name.lowercased()) == [1])
        try workspace.store.writeNow { writer throws in
            try writer.tag(NoticeId(2), "appeal")
            try writer.addNote(NoticeId(2), NoticeNote(at: time, author: "asha", text: "Adjournment asked for"))
            let business = try #require(
                try writer.reader.businesses(BusinessQuery(perPage: nil)).rows.first { $0.name == name })
            var edit = BusinessEdit(name: "Renamed House", pan: business.pan)
            edit.gstins = try business.gstins.map { try Gstin($0) }
            edit.tans = try business.tans.map { try Tan($0) }
            edit.formedOn = LegalDate("1985-07-14")
            try writer.update(business.id, edit, now: time)
            #expect(try writer.reader.business(business.id)?.formedOn == LegalDate("1985-07-14"))
        }
        #expect(try found(workspace, "appeal") == [2] && found(workspace, "adjourn") == [2])
        #expect(try found(workspace, "renamed") == [1] && found(workspace, name.lowercased()) == [])
        try workspace.store.writeNow { writer throws in #expect(try writer.untag(NoticeId(2), "appeal")) }
        #expect(try found(workspace, "appeal") == [])
    }

    @Test func `filters by assignee, tag and span of days`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let (time, today) = (now, LegalDate.inIndia(now))
        try workspace.store.writeNow { writer throws in
            let facts = (0..<4).map {
                Samples.notice("\($0)", due: today.adding(days: $0), state: $0 == 3 ? .closed : .open)
            }
            _ = try writer.upsert(accounts[0].id, facts, now: time)
            try writer.assign(NoticeId(1), to: "asha")
            try writer.tag(NoticeId(2), "x")
        }
        try workspace.store.readNow { reader throws in
            func ids(_ query: NoticeQuery) throws -> [Int64] {
                try reader.notices(query).rows.map(\.id.rawValue).sorted()
            }
            #expect(try ids(NoticeQuery(assignee: .person("asha"))) == [1])
            #expect(try ids(NoticeQuery(assignee: .nobody)) == [2, 3, 4])
            #expect(try ids(NoticeQuery(tags: ["x"])) == [2])
            #expect(try ids(NoticeQuery(dueFrom: today.adding(days: 1), dueTo: today.adding(days: 3))) == [2, 3, 4])
            #expect(
                try reader.dueDays(NoticeQuery(dueFrom: today.adding(days: 2)))
                    == [
                        DueDayCount(day: today.adding(days: 2), open: 1, settled: 0),
                        DueDayCount(day: today.adding(days: 3), open: 0, settled: 1),
                    ])
        }
    }
}
