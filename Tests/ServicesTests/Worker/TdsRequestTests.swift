import Domain
import Sandbox
import Store
import Testing

@testable import Services

/// Files that TRACES is asked to make, from the wish to the portal's number.
@Suite(.timeLimit(.minutes(20))) struct TdsRequestTests {
    private func fetch(_ house: WorkHouse, _ job: JobId) async throws {
        try await house.work()
        let captcha = try #require(house.ledger.last { $0.system == "traces" && $0.kind == "captcha" }).key
        try await house.workspace.sync.answer(job, text: captcha)
        try await house.work()
        #expect(try await house.job(job).status == .done)
    }

    @Test func aReportOfADefaultSummaryIsAskedForByTheNextFetch() async throws {
        try await WorkHouse.withTraces { house, tan in
            try await house.authorise(tan)
            try await fetch(house, try await house.trigger(.fetch, tan))
            let notices = try await house.workspace.read {
                try $0.notices(NoticeQuery(portals: [.traces], perPage: nil)).rows
            }
            let summary = try #require(notices.first { $0.facts.place == .defaultSummary })
            #expect(!summary.facts.particulars.defaults.isEmpty)
            let other = try #require(notices.first { $0.facts.place != .defaultSummary })
            func ask(_ id: NoticeId, _ challan: String) async throws {
                var draft = try await house.workspace.tdsRequests.draft(of: id)
                draft.challan = challan
                _ = try await house.workspace.tdsRequests.ask(draft)
            }
            #expect(await complaint { try await ask(other.id, "") }?.status == .badData)
            #expect(await complaint { try await ask(summary.id, "12 no-day") }?.status == .badData)
            #expect(await complaint { try await ask(summary.id, "12 2024-07-07 00123 1.00") }?.status == .badData)
            #expect(try await house.workspace.tdsRequests.list(tan).isEmpty)
            try await ask(summary.id, "0510308 2024-07-07 00123 10000.00 AAAPZ1000A=500.00")
            let wanted = try #require(try await house.workspace.tdsRequests.list(tan).first)
            #expect(wanted.state == .wanted && wanted.wish.kyc.token == summary.facts.reference)
            let job = try #require(
                try await house.workspace.sync.trigger(.fetch, [tan], by: .desk).ids.first)
            try await fetch(house, job)
            let asked = try #require(try await house.workspace.tdsRequests.list(tan).first)
            #expect(asked.state == .asked && asked.number.count == 9 && asked.settledAt != nil)
            // What it told of a challan is not kept.
            #expect(asked.wish.kyc.token.isEmpty && asked.wish.kyc.challan == nil)
            let found = try await house.workspace.read { try $0.notices(NoticeQuery(text: asked.number)).rows }
            #expect(found.map(\.facts.rawState) == ["Submitted"])
        }
    }

    /// A worker that died while it asked leaves no second request behind, and a wish can be taken back until it leaves.
    @Test func whatWasOnItsWayIsAskedForByNobody() async throws {
        try await WorkHouse.withTraces { house, tan in
            try await house.authorise(tan)
            func wish(_ quarter: Int) -> TdsWish {
                TdsWish(
                    kind: .consoFile, year: 2024, quarter: quarter, form: "26Q", kyc: TdsKyc(token: "012345678901234"))
            }
            let asked = try await house.workspace.tdsRequests.ask(wish(1), of: tan)
            let withdrawn = try await house.workspace.tdsRequests.ask(wish(2), of: tan).request
            let now = house.workspace.now
            let kyc = wish(1).kyc
            try await house.workspace.write { _ = try $0.noteRequest(asked.request, .asking(kyc), now: now) }
            try await house.workspace.tdsRequests.withdraw(withdrawn)
            #expect(await complaint { try await house.workspace.tdsRequests.withdraw(asked.request) } != nil)
            #expect(await complaint { try await house.workspace.tdsRequests.withdraw(99) } != nil)
            try await fetch(house, try #require(asked.triggered.ids.first))
            let all = try await house.workspace.tdsRequests.list(tan)
            #expect(all.map(\.state) == [.refused, .refused] && all.allSatisfy { $0.number.isEmpty })
            #expect(all.last?.said.contains("is not known") == true && all.first?.said.contains("withdrawn by") == true)
        }
    }

    /// A fetch asks with what it read; what somebody has told since is for the next one.
    @Test func whatWasWithdrawnOrToldOtherwiseMeanwhileIsNotTaken() async throws {
        try await WorkHouse.withTraces { house, tan in
            func wish(_ token: String) -> TdsWish {
                TdsWish(kind: .consoFile, year: 2024, quarter: 1, form: "26Q", kyc: TdsKyc(token: token))
            }
            let (workspace, now) = (house.workspace, house.workspace.now)
            let read = wish("012345678901234")
            func isTaken(_ id: Int64, _ wish: TdsWish) async throws -> Bool {
                try await workspace.write { try $0.noteRequest(id, .asking(wish.kyc), now: now) }
            }
            let id = try await workspace.tdsRequests.ask(read, of: tan).request
            #expect(try await workspace.tdsRequests.ask(wish("999999999999999"), of: tan).request == id)
            #expect(try await !isTaken(id, read))
            #expect(try await workspace.tdsRequests.list(tan).map(\.state) == [.wanted])
            #expect(try await workspace.tdsRequests.ask(read, of: tan).request == id)
            try await workspace.tdsRequests.withdraw(id)
            #expect(try await !isTaken(id, read))
            let again = try await workspace.tdsRequests.ask(read, of: tan).request
            #expect(try await isTaken(again, read))
            #expect(try await !isTaken(again, read))
            #expect(try await workspace.tdsRequests.list(tan).map(\.state) == [.asking, .refused])
        }
    }

    @Test func aTanThatABridgeServesHasNobodyToAsk() async throws {
        try await WorkHouse.with { house in
            _ = try await house.workspace.businesses.add(
                BusinessDraft(name: "A deductor", tan: try Tan(WorkHouse.tan.text)))
            let wish = TdsWish(
                kind: .consoFile, year: 2024, quarter: 1, form: "26Q", kyc: TdsKyc(token: "012345678901234"))
            let said = await complaint { try await house.workspace.tdsRequests.ask(wish, of: WorkHouse.tan) }
            #expect(said?.why.contains("connector traces") == true)
            // A wrong challan is not what stands in the way.
            var draft = TdsRequestService.Draft()
            (draft.tan, draft.year, draft.form, draft.challan) = (WorkHouse.tan.text, "2024-25", "26Q", "nonsense")
            let why = await complaint { try await house.workspace.tdsRequests.ask(draft) }
            #expect(why?.description.contains("connector traces") == true, "\(why?.description ?? "nothing")")
        }
    }
}
