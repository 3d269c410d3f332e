import Domain
import Portals
import Sandbox
import Testing

/// What becomes of notices, orders, demands and intimations, read for a dozen taxpayers of the demo.
@Suite(.timeLimit(.minutes(20))) struct EFilingNoticeTests {
    private func harvest() async throws -> (notices: [NoticeFacts], documents: [String: [UInt8]]) {
        try await SandboxHouse.with { house in
            let accounts = house.world.accounts.filter { $0.identity.portal == .incomeTax && $0.outcome == .success }
            let connector = try EFilingStage.connector(house)
            let reporter = RecordingReporter()
            for (number, account) in accounts.prefix(12).enumerated() {
                let request = SandboxHouse.request(account, job: Int64(number))
                let report = try await connector.fetch(request, reporter: reporter)
                #expect(report.isComplete)
            }
            return (await reporter.notices, await reporter.documents)
        }
    }

    @Test func everyKindOfNoticeArrivesWithWhatBelongsToIt() async throws {
        let (notices, documents) = try await harvest()
        try expectProceedings(notices)
        try expectClosed(notices)
        try expectDemands(notices)
        try expectReturns(notices, documents)
    }

    private func expectProceedings(_ notices: [NoticeFacts]) throws {
        let named = notices.filter { $0.externalKey.hasPrefix("din:") }
        #expect(!named.isEmpty && named.allSatisfy { $0.reference.allSatisfy(\.isNumber) })
        #expect(notices.contains { $0.externalKey.hasPrefix("seq:") })
        let open = notices.filter { $0.place == .selfFya }
        #expect(open.allSatisfy { $0.issuedOn != nil && $0.period.hasPrefix("AY 20") && $0.rawState == "Open" })
        #expect(open.contains { $0.dueOn != nil && $0.dueBasis == .portal })
        #expect(!open.contains { $0.dueOn == nil && $0.dueBasis != nil })
        #expect(open.contains { $0.documents.count == 1 })
        let third = try #require(notices.first { $0.place == .thirdPartyFya })
        #expect(third.summary.contains("(about SAMPLE NAME OF ANOTHER, AAXPZ"))
        #expect(!notices.contains { $0.summary.contains("[ITBA]") })
    }

    private func expectClosed(_ notices: [NoticeFacts]) throws {
        let orders = notices.filter { $0.externalKey.hasPrefix("doc:") }
        #expect(!orders.isEmpty && orders.count.isMultiple(of: 3))
        #expect(orders.allSatisfy { $0.issuedOn != nil && $0.documents.count == 1 })
        // The notice of demand is to be paid, whatever became of the proceeding.
        #expect(orders.allSatisfy { $0.state == ($0.section == "156" ? .open : .closed) })
        #expect(Set(orders.map(\.section)) == ["143(3)", "", "156"])
        let replied = notices.filter { $0.documents.contains { $0.name.hasPrefix("Reply ") } }
        #expect(!replied.isEmpty)
        #expect(replied.allSatisfy { $0.documents.filter { $0.name.hasPrefix("Reply ") }.count == 3 })
    }

    private func expectDemands(_ notices: [NoticeFacts]) throws {
        let demands = notices.filter { $0.place == .demand }
        let setOffs = notices.filter { $0.place == .setOff245 }
        #expect(!demands.isEmpty && demands.allSatisfy { $0.externalKey.hasPrefix("demand:") })
        #expect(!setOffs.isEmpty && setOffs.allSatisfy { $0.externalKey.hasPrefix("set_off:") && $0.section == "245" })
        for demand in demands {
            let issued = try #require(demand.issuedOn)
            #expect(demand.dueOn == nil && demand.servedOn == issued.adding(days: 1))
            // What was answered is not due any more.
            let due = demand.state == .open ? DueDate(on: issued.adding(days: 31), basis: .computed) : nil
            #expect(DueRules.due(of: demand) == due)
            #expect((demand.demand?.paise ?? 0) > 0)
        }
        #expect(Set(demands.map(\.state)) == [.open, .replied])
        let all = demands + setOffs
        #expect(all.contains { $0.documents.isEmpty } && all.contains { $0.documents.count == 1 })
    }

    private func expectReturns(_ notices: [NoticeFacts], _ documents: [String: [UInt8]]) throws {
        let returns = notices.filter { $0.place == .returns }
        #expect(Set(returns.map(\.section)) == ["143(1)", "154"])
        #expect(returns.allSatisfy { $0.externalKey.hasPrefix("return:CPC/") && $0.issuedOn != nil })
        #expect(returns.allSatisfy { $0.documents.count == 1 })
        for document in returns.flatMap(\.documents) {
            let bytes = try #require(documents[document.sha256 ?? ""])
            #expect(
                bytes.starts(with: "%PDF-".utf8) && String(decoding: bytes.suffix(6), as: UTF8.self).contains("%%EOF"))
        }
    }
}
