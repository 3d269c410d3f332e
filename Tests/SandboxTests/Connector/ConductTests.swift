import Domain
import Portals
import Sandbox
import Synchronization
import Testing

/// How the connector behaves when things go slowly or badly.
@Suite(.timeLimit(.minutes(20))) struct ConductTests {
    @Test func harmlessReadsAreTriedAgainWithinTheAttempt() async throws {
        let faults = ["unavailable:2@/v1/jobs/j_", "close:2@/v1/notices", "rate_limited:2@/v1/notices/"]
        try await SandboxHouse.with(faults: faults, pace: 1) { house in
            // Time moves on with each look, so that the job is looked at several times.
            let report = try await house.connector(onPause: { house.clock.advance(.milliseconds(400)) })
                .fetch(SandboxHouse.request(try house.account(.gst)), reporter: RecordingReporter())
            #expect(report.isComplete)
        }
    }

    @Test func aTokenThatRunsOutOnTheWayIsReplacedUntilOneLivesLongEnough() async throws {
        // The clock leaps at each look, so the more leaps the more tokens run out; two run out somewhere on the way.
        for leaps in 1... {
            let tokens = try await SandboxHouse.with(tokenLife: 60) { house in
                house.clock.hurry(by: .seconds(61), times: leaps)
                let health = try await house.connector().health()
                #expect(health.count == 3)
                return await house.server.calls()["POST /v1/token"] ?? 0
            }
            if tokens == 3 { break }
        }
    }

    @Test func aProviderWhoseTokensNeverLastIsAtFault() async throws {
        try await SandboxHouse.with(tokenLife: 60) { house in
            house.clock.hurry(by: .seconds(61), times: .max)
            let ended = await failure { _ = try await house.connector().health() }
            #expect(ended?.cause == .providerAuth)
            #expect(await house.server.calls()["POST /v1/token"] == 4)
        }
    }

    @Test func startingAJobIsNeverRepeatedWithinTheAttempt() async throws {
        try await SandboxHouse.with(faults: ["unavailable:1@/v1/jobs"]) { house in
            let account = try house.account(.gst)
            let ended = await failure {
                _ = try await house.connector().fetch(SandboxHouse.request(account), reporter: RecordingReporter())
            }
            #expect(ended?.cause == .portalDown)
            #expect(await house.server.calls()["POST /v1/jobs"] == 1)
        }
    }

    @Test func aResetConnectionLeavesItUnknownWhetherTheJobRuns() async throws {
        try await SandboxHouse.with(faults: ["reset:1@/v1/jobs"]) { house in
            let account = try house.account(.gst)
            let ended = await failure {
                _ = try await house.connector().fetch(SandboxHouse.request(account), reporter: RecordingReporter())
            }
            #expect(ended?.cause == .portalDown)
            #expect(ended?.mayHaveBeenSent == true)
        }
    }

    @Test func theSameAttemptAfterACrashGoesOnWithTheSameJob() async throws {
        try await SandboxHouse.with(faults: ["commit_then_close:1@/v1/jobs"]) { house in
            let account = try house.account(.gst)
            let request = SandboxHouse.request(account)
            let first = await failure { _ = try await house.connector().fetch(request, reporter: RecordingReporter()) }
            #expect(first?.mayHaveBeenSent == true)
            let report = try await house.connector().fetch(request, reporter: RecordingReporter())
            let rows = try SandboxLedger.read(house.server.configuration.stateFolder)
            #expect(report.isComplete)
            #expect(rows.count == 1 && rows.first?.key == request.key.text)
        }
    }

    @Test func aCancelledFetchStopsTheRemoteJob() async throws {
        try await SandboxHouse.with(faults: ["never_ends:\(playedIdentity)"]) { house in
            let account = try #require(house.world.accounts.first)
            let looks = Mutex(0)
            let connector = house.connector(onPause: { looks.withLock { $0 += 1 } })
            let reporter = RecordingReporter()
            let task = Task { try await connector.fetch(SandboxHouse.request(account), reporter: reporter) }
            while looks.withLock({ $0 }) < 3 { await Task.yield() }
            task.cancel()
            let ended = await failure { _ = try await task.value }
            #expect(ended != nil)
            #expect(await house.server.calls()["POST /v1/jobs/{id}/cancel"] == 1)
        }
    }

    @Test func aJobBeyondItsDeadlineIsATimeoutAndStopped() async throws {
        try await SandboxHouse.with(faults: ["never_ends:\(playedIdentity)"]) { house in
            let account = try #require(house.world.accounts.first)
            let request = SandboxHouse.request(account, patience: .seconds(50))
            // A pause longer than what is left cannot end in time, so no time needs to pass here.
            let connector = house.connector(pollEvery: .seconds(60))
            let ended = await failure { _ = try await connector.fetch(request, reporter: RecordingReporter()) }
            #expect(ended?.cause == .portalTimeout)
            #expect(await house.server.calls()["POST /v1/jobs/{id}/cancel"] == 1)
        }
    }

    @Test func anExpiredTokenIsReplacedOnTheWay() async throws {
        try await SandboxHouse.with(tokenLife: 60) { house in
            let connector = house.connector()
            _ = try await connector.fetch(SandboxHouse.request(try house.account(.gst)), reporter: RecordingReporter())
            house.clock.advance(.seconds(61))
            let report = try await connector.fetch(
                SandboxHouse.request(try house.account(.gst), job: 2), reporter: RecordingReporter())
            #expect(report.isComplete)
            #expect(await house.server.calls()["POST /v1/token"] == 2)
        }
    }

    @Test func aPersonIsShownPlacesAsTheyAreRead() async throws {
        try await SandboxHouse.with(pace: 1) { house in
            let reporter = RecordingReporter()
            let connector = house.connector(onPause: { house.clock.advance(.milliseconds(120)) })
            _ = try await connector.fetch(SandboxHouse.request(try house.account(.incomeTax)), reporter: reporter)
            let percents = await reporter.percents
            #expect(percents == percents.sorted())
            #expect(Set(percents).count > 5)
        }
    }

    @Test func aProviderThatIsNotThereIsPortalDownAndNothingWasSent() async throws {
        let (account, connector) = try await SandboxHouse.with { ($0.world.accounts[0], $0.connector()) }
        let ended = await failure {
            _ = try await connector.fetch(SandboxHouse.request(account), reporter: RecordingReporter())
        }
        #expect(ended?.cause == .portalDown)
        #expect(ended?.mayHaveBeenSent == false)
    }
}
