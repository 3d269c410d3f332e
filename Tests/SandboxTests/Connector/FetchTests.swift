import Domain
import Portals
import Sandbox
import Testing
import Wire

@Suite(.timeLimit(.minutes(20))) struct FetchTests {
    @Test(arguments: Portal.allCases)
    func aFetchReadsEveryPlaceOfThePortal(portal: Portal) async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(portal)
            let reporter = RecordingReporter()
            let report = try await house.connector().fetch(SandboxHouse.request(account), reporter: reporter)
            #expect(report.isComplete)
            #expect(report.readings.map(\.place) == portal.places)
            #expect(await reporter.readings == report.readings)
            #expect(await reporter.percents.last == 100)
        }
    }

    @Test func noticesComeWithDatesDemandAndDocumentsThatFitTheirHash() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let account = try #require(house.world.accounts.first)
            let reporter = RecordingReporter()
            let report = try await house.connector().fetch(SandboxHouse.request(account), reporter: reporter)
            let notices = await reporter.notices
            #expect(report.readings.first?.count == 120)
            #expect(notices.filter { $0.place == .notices }.count == 120)
            #expect(Set(notices.map(\.externalKey)).count == notices.count)
            #expect(notices.allSatisfy { $0.issuedOn != nil })
            #expect(notices.contains { $0.dueOn != nil && $0.dueBasis == .portal })
            #expect(notices.contains { $0.demand != nil })
            let stored = await reporter.documents
            #expect(stored.allSatisfy { ContentHash.sha256($0.value) == $0.key && $0.value.starts(with: "%PDF-".utf8) })
            #expect(notices.flatMap(\.documents).allSatisfy { stored[$0.sha256 ?? ""]?.count == $0.byteCount })
        }
    }

    @Test func aDocumentThatIsStoredAlreadyIsNotDownloadedAgain() async throws {
        try await SandboxHouse.with { house in
            let account = try #require(house.world.account(PortalIdentity(.gst, playedIdentity)))
            let reporter = RecordingReporter()
            let connector = house.connector()
            _ = try await connector.fetch(SandboxHouse.request(account), reporter: reporter)
            let first = await house.server.calls()["GET /v1/documents/{id}"] ?? 0
            let before = await reporter.documents.count
            _ = try await connector.fetch(SandboxHouse.request(account, job: 2), reporter: reporter)
            let added = await reporter.documents.count - before
            #expect(first == before)
            #expect(await house.server.calls()["GET /v1/documents/{id}"] ?? 0 == first + added)
        }
    }

    @Test func aNoticeWithValuesThatNobodyCanReadIsThereAndItsRecordIsSetAside() async throws {
        try await SandboxHouse.with(faults: ["stray_record:\(playedIdentity)"]) { house in
            let account = try #require(house.world.accounts.first)
            let reporter = RecordingReporter()
            let report = try await house.connector().fetch(SandboxHouse.request(account), reporter: reporter)
            #expect(report.isComplete)
            let stray = try #require(await reporter.strays.first)
            #expect(stray.problem.contains("is no date: soon") && stray.problem.contains("is no amount: 1e25"))
            #expect(String(decoding: stray.raw, as: UTF8.self).contains(#""demand":"1e25""#))
            let notice = try #require(await reporter.notices.first { $0.externalKey == stray.key })
            #expect(notice.demand == nil && notice.dueOn == nil && notice.issuedOn != nil)
        }
    }

    @Test func laterFetchesBringSomethingNewNowAndThen() async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(.gst)
            let reporter = RecordingReporter()
            let connector = house.connector()
            for job in 1...8 {
                _ = try await connector.fetch(SandboxHouse.request(account, job: Int64(job)), reporter: reporter)
            }
            let last = await reporter.readings.suffix(2).map(\.count).reduce(0, +)
            let first = await reporter.readings.prefix(2).map(\.count).reduce(0, +)
            #expect(last > first)
        }
    }

    @Test func theLoginIsHandedOverOnceForManyFetches() async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(.gst)
            let connector = house.connector()
            for job in 1...3 {
                _ = try await connector.fetch(
                    SandboxHouse.request(account, job: Int64(job)), reporter: RecordingReporter())
            }
            let calls = await house.server.calls()
            #expect(calls["PUT /v1/credentials/{id}"] == 1)
            #expect(calls["POST /v1/token"] == 1)
        }
    }

    @Test func manyFetchesAtOnceShareOneToken() async throws {
        try await SandboxHouse.with { house in
            let connector = house.connector()
            let accounts = house.world.accounts.filter { $0.outcome == .success }.prefix(40)
            let complete = try await withThrowingTaskGroup(of: Bool.self) { group in
                for (index, account) in accounts.enumerated() {
                    group.addTask {
                        let request = SandboxHouse.request(account, job: Int64(index))
                        return try await connector.fetch(request, reporter: RecordingReporter()).isComplete
                    }
                }
                var count = 0
                for try await isComplete in group where isComplete { count += 1 }
                return count
            }
            #expect(complete == 40)
            #expect(await house.server.calls()["POST /v1/token"] == 1)
        }
    }

    @Test func aRestartedProviderIsGivenTheLoginAgain() async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(.gst)
            let connector = house.connector()
            _ = try await connector.fetch(SandboxHouse.request(account), reporter: RecordingReporter())
            try await BridgeHand(house).forgetLogin(account.identity)
            let report = try await connector.fetch(SandboxHouse.request(account, job: 2), reporter: RecordingReporter())
            #expect(report.isComplete)
            #expect(await house.server.calls()["PUT /v1/credentials/{id}"] == 2)
        }
    }

    @Test func neitherLogNorReportHoldsThePassword() async throws {
        try await SandboxHouse.with(faults: ["wrong_password:\(playedIdentity)"]) { house in
            let account = try #require(house.world.accounts.first)
            let reporter = RecordingReporter()
            let failure = await failure {
                _ = try await house.connector().fetch(SandboxHouse.request(account), reporter: reporter)
            }
            let log = await reporter.text
            #expect(failure?.cause == .wrongPassword)
            #expect(!log.contains(account.password) && !"\(String(describing: failure))".contains(account.password))
        }
    }
}

/// The failure that `body` ends with; nil when it ends well.
func failure(_ body: () async throws -> Void) async -> PortalFailure? {
    do {
        try await body()
        return nil
    } catch {
        return error as? PortalFailure
    }
}
