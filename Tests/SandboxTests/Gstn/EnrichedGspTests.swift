import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Testing
import Wire

/// A GSP that does GSTN's cryptography itself, with paths, headers and an envelope of its own.
@Suite(.timeLimit(.minutes(20))) struct EnrichedGspTests {
    @Test func loginReadRefreshAndLogoutInClear() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let (keeper, account) = (MemoryKeeper(), try house.played())
            let connector = house.enriched(keeper)
            try await house.connect(connector, account)
            let reporter = RecordingReporter()
            let report = try await connector.fetch(house.gstRequest(account), reporter: reporter)
            #expect(report.isComplete)
            let notices = await reporter.notices
            #expect(!notices.isEmpty && notices.contains { !$0.documents.isEmpty })

            let before = try #require(await keeper.session(of: account.identity))
            let login = SandboxHouse.login(account)
            try await connector.sendSigningOtp(
                login, pan: try Pan(String(account.identity.text.dropFirst(2).prefix(10))), form: .gstr3B)
            #expect(try await connector.refresh(before, login, reporter: reporter) != nil)
            let after = try #require(await keeper.session(of: account.identity))
            #expect(after.secret().withBytes { Array($0) } != before.secret().withBytes { Array($0) })
            #expect(try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter()).isComplete)
            try await connector.end(login)
            #expect(await keeper.session(of: account.identity) == nil)
            // Nothing of GSTN's own wire was needed.
            let calls = await house.server.calls()
            #expect(calls["GET /gsp/authentication/logout"] == 1)
            #expect(!calls.keys.contains { $0.contains("/gstn/") })
        }
    }

    @Test func aWrongOtpAsksAgain() async throws {
        try await SandboxHouse.with { house in
            let (keeper, account) = (MemoryKeeper(), try house.success())
            let connector = house.enriched(keeper)
            let asked = await failure { try await house.verify(connector, account) }
            #expect(asked?.cause == .otpRequired)
            let wrong = ChallengeAnswer(remoteJob: "gstn-otp", text: "000000")
            let refusal = await failure { try await house.verify(connector, account, answer: wrong) }
            #expect(refusal?.cause == .otpRequired && refusal?.challenge != nil)
            try await house.verify(connector, account, answer: SandboxHouse.gstnOtp)
        }
    }

    @Test func whoHasNoAccessIsToldSo() async throws {
        try await SandboxHouse.with(faults: ["no_api_access:\(playedIdentity)"]) { house in
            let shut = try house.played()
            let connector = house.enriched(MemoryKeeper())
            let refusal = await failure { try await house.verify(connector, shut) }
            #expect(refusal?.cause == .noApiAccess)
        }
    }

    @Test func aSessionThatEndedAsksForAnotherOtp() async throws {
        try await SandboxHouse.with { house in
            let (keeper, account) = (MemoryKeeper(), try house.success())
            let connector = house.enriched(keeper)
            try await house.connect(connector, account)
            house.clock.advance(.seconds(7 * 3_600))
            let refusal = await failure {
                _ = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            }
            #expect(refusal?.cause == .otpRequired)
        }
    }
}

extension SandboxHouse {
    func success() throws -> DemoAccount {
        try #require(
            world.accounts.first {
                $0.identity.portal == .gst && $0.outcome == .success && $0.identity.text != playedIdentity
            })
    }

    /// A connector as the simulated GSP's provider file describes it.
    func enriched(_ keeper: MemoryKeeper) -> GspConnector {
        var profile = ProviderProfile(
            name: "sandbox-gsp-enriched", connector: .gsp, portals: [.gst], isSimulated: true,
            baseURL: ready.systems["gsp"] ?? "",
            headers: ["client_id": "portaldesk-demo", "client_secret": "sandbox-only-secret"])
        profile.headerNames = ["username": "gst_username", "auth-token": "txn", "txn": "requestid"]
        profile.paths = ["probe": "/taxpayerapi/v1.0/returns?action=GETPREF&gstin={gstin}&fy={fy}"]
        var envelope = ProviderProfile.Envelope()
        envelope.token = "header.txn"
        profile.envelope = envelope
        profile.timeouts.connect = .seconds(60)
        profile.timeouts.request = .seconds(60)
        let clock = clock
        return GspConnector(
            profile: profile, client: client, keeper: keeper,
            certificates: CertificateSource(read: { "" }, today: { LegalDate.inIndia(clock.now) }),
            now: { clock.now }, pause: { _ in try Task.checkCancellation() })
    }
}
