import Domain
import Foundation
import Sandbox
import Secrets
import Store
import Testing

@testable import Services

/// The way to an API session, as the desk walks it: each step is read from the workspace, so it can be left anywhere.
@Suite(.timeLimit(.minutes(20))) struct GspConnectionTests {
    private static let gstin = WorkHouse.gst

    private func with(
        _ outcome: MagicOutcome = .success, _ body: (WorkHouse, GspService) async throws -> Void
    ) async throws {
        try await WorkHouse.with(outcome) { house in
            let written = house.server.configuration.stateFolder + "/profiles/"
            for name in try FileManager.default.contentsOfDirectory(atPath: written)
            where ["gsp.toml", "gstn.pem"].contains(name) {
                let text = try String(contentsOfFile: written + name, encoding: .utf8)
                    .replacingOccurrences(of: "\"\(DemoWorld.clientSecret)\"", with: "\"vault:gsp_secret\"")
                try text.write(toFile: house.place.home.providers + "/" + name, atomically: true, encoding: .utf8)
            }
            try await body(house, house.workspace.gsp)
        }
    }

    @Test func everyStepFollowsTheOneBeforeAndMayBeLeft() async throws {
        try await with { house, gsp in
            let first = try await gsp.connection(of: Self.gstin)
            #expect(first.current == .provider && first.choices == ["sandbox-gsp"] && !first.standing.isServed)
            #expect(first.standing.provider == "bridge")
            #expect(await complaint { try await gsp.begin(Self.gstin, by: .desk) }?.status == .badConfiguration)
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            let second = try await gsp.connection(of: Self.gstin)
            #expect(second.current == .credentials && second.missingSecrets == ["gsp_secret"])
            #expect(
                try await house.workspace.server(of: Self.gstin) == IdentityServer(name: "sandbox-gsp", isGsp: true))
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            let third = try await gsp.connection(of: Self.gstin)
            #expect(third.current == .access && third.standing.access == .unknown)

            // A fetch that somebody has queued is no part of the way.
            let fetch = try await house.workspace.sync.trigger(.fetch, [Self.gstin], by: .desk).ids
            let unrelated = try await gsp.connection(of: Self.gstin)
            #expect(fetch.count == 1 && unrelated.job == nil && !unrelated.isUnderWay(at: house.workspace.now))
            _ = try await house.workspace.sync.cancel(fetch)
            _ = try await gsp.begin(Self.gstin, by: .desk)
            #expect(try await gsp.connection(of: Self.gstin).isUnderWay(at: house.workspace.now))
            try await house.work()
            let asked = try await gsp.connection(of: Self.gstin)
            #expect(asked.current == .otp && asked.standing.access == .yes)
            let job = try #require(asked.waitingJob)
            try await house.workspace.sync.answer(job.id, text: "000000")
            try await house.work()
            #expect(try await gsp.connection(of: Self.gstin).current == .otp)
            try await house.workspace.sync.answer(job.id, text: "575757")
            try await house.work()
            let open = try await gsp.connection(of: Self.gstin)
            #expect(open.current == nil && open.standing.state == .open)
            #expect(try await gsp.standings().map(\.identity) == [Self.gstin])
            // Those without an API session follow, whatever their numbers.
            let all = try await gsp.page(AccountQuery()).rows
            #expect(all.first?.identity == Self.gstin && all.dropFirst().allSatisfy { !$0.isServed })
            let served = try await house.workspace.providerService.standings().first { $0.name == "sandbox-gsp" }
            #expect(served?.serves == [] && served?.logins == 1)
            let events = try await house.workspace.audit.events(AuditQuery(subject: "gst/\(Self.gstin)", limit: 50))
            #expect(events.contains { $0.action == "account.provider" })
        }
    }

    /// While the GSP is down its job waits; whoever asks again does not wait with it.
    @Test func aTryThatWaitsHoldsNobodyBack() async throws {
        try await with { house, gsp in
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            let first = try await gsp.begin(Self.gstin, by: .desk)
            let now = house.workspace.now
            try await house.workspace.write { writer in
                for job in try writer.claim(owner: "w", limit: 1, until: now + .seconds(60), now: now) {
                    let outcome = JobOutcome.retry(at: now + .seconds(1_800), cause: .portalDown, message: "503")
                    _ = try writer.finish(job.job.id, generation: job.generation, owner: "w", outcome, now: now)
                }
            }
            let waiting = try await gsp.connection(of: Self.gstin)
            #expect(waiting.job?.status == .retrying && waiting.nextTry(at: now) != nil && !waiting.isUnderWay(at: now))
            #expect(try await gsp.begin(Self.gstin, by: .desk) == first)
            let again = try await gsp.connection(of: Self.gstin)
            #expect(again.job?.status == .queued && again.nextTry(at: now) == nil && again.isUnderWay(at: now))
        }
    }

    /// The API session counts; the portal's password plays no part under a GSP.
    @Test func aUserNameAloneIsVerifiedAndFetched() async throws {
        try await with { house, gsp in
            let (credentials, sync) = (house.workspace.credentials, house.workspace.sync)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            let username = try #require(try await credentials.account(Self.gstin)?.username)
            try await credentials.removeLogin(Self.gstin)
            let refused = await complaint {
                try await credentials.setLogin(Self.gstin, username: username, password: nil)
            }
            #expect(refused?.status == .badData && refused?.what == "a password is needed")

            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await credentials.setLogin(Self.gstin, username: username, password: nil)
            let account = try #require(try await credentials.account(Self.gstin))
            #expect(account.isConfigured && !account.isPasswordSet)
            let before = try await sync.summary()[.gst]
            let id = try #require(try await sync.trigger(.verify, [Self.gstin], by: .desk).ids.first)
            try await house.work()
            try await sync.answer(id, text: "575757")
            try await house.work()
            #expect(try await sync.job(id)?.status == .done)
            #expect(try await sync.summary()[.gst].verified == before.verified + 1)
            let all = try await sync.triggerAll(.gst, by: .command)
            let fetch = try #require(all.ids.last)
            try await house.work()
            #expect(try await sync.job(fetch)?.status == .done)

            // Back at the bridge the login lacks its password, and says so before a byte leaves.
            try await credentials.setProvider(Self.gstin, nil)
            let bridge = try #require(try await credentials.account(Self.gstin))
            #expect(!bridge.isConfigured)
            let again = try await sync.trigger(.fetch, [Self.gstin], by: .desk)
            #expect(again.refused.map(\.reason) == ["no password is stored"])
            #expect(try await house.workspace.store.checkIntegrity() == [])
        }
    }

    /// Nothing is asked of a login that only the choice of provider made whole, when a file of another kind takes over.
    @Test func aProviderFileThatChangesHandsIsNoticed() async throws {
        try await with { house, gsp in
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            let username = try #require(try await house.workspace.credentials.account(Self.gstin)?.username)
            try await house.workspace.credentials.removeLogin(Self.gstin)
            try await house.workspace.credentials.setLogin(Self.gstin, username: username, password: nil)
            let id = try #require(try await house.workspace.sync.trigger(.fetch, [Self.gstin], by: .desk).ids.first)
            let file = house.place.home.providers + "/gsp.toml"
            let bridge = WorkHouse.provider(
                "http://127.0.0.1:9", secret: DemoWorld.clientSecret, concurrency: 1, name: "sandbox-gsp")
            try bridge.replacing("default = true", with: "default = false")
                .write(toFile: file, atomically: true, encoding: .utf8)
            try await house.work()
            let job = try #require(try await house.workspace.sync.job(id))
            #expect(job.status == .failed && job.cause == .accountProblem)
            #expect(job.message.contains("no password is stored"))
            #expect(try await house.workspace.credentials.account(Self.gstin)?.isConfigured == false)
        }
    }

    @Test func theWorkerRefreshesASessionBeforeItsEndAndAsksNobody() async throws {
        try await with { house, gsp in
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            let id = try #require(try await gsp.begin(Self.gstin, by: .desk).first)
            try await house.work()
            try await house.workspace.sync.answer(id, text: "575757")
            try await house.work()
            let call = "POST /gstn/taxpayerapi/v1.0/authenticate"
            let opened = try #require(try await gsp.standings().first)
            let end = try #require(opened.until)
            #expect(await house.calls(call) == 2)

            // Nothing is due yet.
            house.place.time.advance(.seconds(3_600))
            try await house.work()
            #expect(await house.calls(call) == 2)

            // An hour before the end there are ten more six-hour sessions to come, each opened by the worker alone.
            for round in 1...10 {
                house.place.time.advance(.seconds(round == 1 ? 4 * 3_600 + 1_800 : 5 * 3_600 + 1_800))
                try await house.work()
                #expect(await house.calls(call) == 2 + round)
            }
            let last = try #require(try await gsp.standings().first)
            let lastEnd = try #require(last.until)
            #expect(last.state == .open && lastEnd > end + .seconds(50 * 3_600))
            #expect(try await house.run(.fetch).status == .done)
        }
    }

    /// At night there is nobody who could read an OTP.
    @Test func theCalendarLeavesOutWhoHasNoOpenSessionAndSaysSo() async throws {
        try await with { house, gsp in
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            try await house.workspace.schedules.add(
                Schedule(name: "hourly", kind: .fetch, portal: .gst, rule: try CronRule("@hourly")))
            house.place.time.advance(.seconds(3_600))
            try await house.work()
            func message() async throws -> String? { try await house.workspace.schedules.list().first?.lastMessage }
            #expect(try await message() == "0 fetches queued, 1 left out without an open API session")
            #expect(await house.calls("POST /gstn/taxpayerapi/v1.0/authenticate") == 0)

            let id = try #require(try await gsp.begin(Self.gstin, by: .desk).first)
            try await house.work()
            try await house.workspace.sync.answer(id, text: "575757")
            try await house.work()
            house.place.time.advance(.seconds(3_600))
            try await house.work()
            #expect(try await message() == "1 fetch queued")
            // The session has run out, and nobody has refreshed it.
            house.place.time.advance(.seconds(8 * 3_600))
            try await house.work()
            #expect(try await message() == "0 fetches queued, 1 left out without an open API session")
        }
    }

    @Test func anotherProviderIsNeverShownTheSession() async throws {
        try await with { house, gsp in
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            let id = try #require(try await gsp.begin(Self.gstin, by: .desk).first)
            try await house.work()
            try await house.workspace.sync.answer(id, text: "575757")
            try await house.work()
            let own = SealedGspKeeper(workspace: house.workspace, provider: "sandbox-gsp")
            let other = SealedGspKeeper(workspace: house.workspace, provider: "another-gsp")
            #expect(try await own.session(of: Self.gstin) != nil)
            #expect(try await other.session(of: Self.gstin) == nil)

            // Who gets another provider has no session and is verified by nobody, also when they come back.
            try await house.workspace.credentials.setProvider(Self.gstin, nil)
            #expect(try await house.workspace.credentials.account(Self.gstin)?.status == .notVerified)
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            #expect(try await own.session(of: Self.gstin) == nil)
            let connection = try await gsp.connection(of: Self.gstin)
            #expect(connection.standing.state == .none && connection.current == .access)
        }
    }

    @Test(arguments: ["", "   ", "12\u{1B}[2J", String(repeating: "7", count: 65), "12\n34"])
    func whatIsNoAnswerCostsNoAttempt(text: String) async throws {
        try await with { house, gsp in
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            let id = try #require(try await gsp.begin(Self.gstin, by: .desk).first)
            try await house.work()
            #expect(await complaint { try await house.workspace.sync.answer(id, text: text) }?.status == .badData)
            #expect(try await house.workspace.sync.job(id)?.status == .needsInput)
        }
    }

    @Test func accessThatIsOffStopsTheWayThere() async throws {
        try await with(.noApiAccess) { house, gsp in
            try await gsp.choose("sandbox-gsp", for: Self.gstin)
            try await house.workspace.providerSecrets.set(
                "gsp_secret", of: "sandbox-gsp", SecretBytes(utf8: DemoWorld.clientSecret))
            _ = try await gsp.begin(Self.gstin, by: .desk)
            try await house.work()
            let off = try await gsp.connection(of: Self.gstin)
            #expect(off.current == .access && off.standing.access == .no && off.job?.cause == .noApiAccess)
            let page = try await gsp.page(AccountQuery(text: "harihar"))
            #expect(page.rows.map(\.access) == [.no] && page.total == 1)
        }
    }

    @Test func aProviderThatDoesNotReachThePortalIsRefused() async throws {
        try await with { house, gsp in
            let pan = WorkHouse.pan
            #expect(
                await complaint { try await house.workspace.credentials.setProvider(pan, "sandbox-gsp") }?.status
                    == .badData)
            #expect(await complaint { try await gsp.choose("bridge", for: Self.gstin) }?.status == .badConfiguration)
            try await house.workspace.credentials.setProvider(Self.gstin, "sandbox-gsp")
            try await house.workspace.credentials.setProvider(Self.gstin, nil)
            #expect(try await house.workspace.server(of: Self.gstin)?.name == "bridge")
        }
    }
}
