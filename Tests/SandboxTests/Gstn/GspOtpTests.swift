import Domain
import Foundation
import Portals
import Sandbox
import Synchronization
import Testing

/// Each OTP is a message to somebody's client: none is asked for without need, and none is thrown away unused.
@Suite(.timeLimit(.minutes(20))) struct GspOtpTests {
    private static let login = "POST /gstn/taxpayerapi/v1.0/authenticate"

    @Test func anOtpThatNeverReachedThePortalIsStillGood() async throws {
        try await SandboxHouse.with { house in
            let keeper = MemoryKeeper()
            let account = try house.account(.gst)
            _ = await failure { try await house.verify(house.gsp(keeper), account) }
            // A closed port, then our own circuit: in neither case anybody has seen the OTP.
            let away = house.gsp(keeper) { $0.baseURL = "http://127.0.0.1:9" }
            let unheard = await failure { try await house.verify(away, account, answer: SandboxHouse.gstnOtp) }
            #expect(unheard?.cause == .portalDown)
            let shut = house.gsp(keeper, gate: ShutGate(until: house.clock.now + .seconds(30)))
            let held = await failure { try await house.verify(shut, account, answer: SandboxHouse.gstnOtp) }
            #expect(held?.notBefore != nil)
            try await house.verify(house.gsp(keeper), account, answer: SandboxHouse.gstnOtp)
            #expect(await house.server.calls()[Self.login] == 2, "one OTP was sent, and used")
        }
    }

    @Test func anOtpWhoseFateIsUnknownIsNotOfferedAgain() async throws {
        // The session is made, and its answer lost.
        let path = "/taxpayerapi/v1.0/authenticate"
        try await SandboxHouse.with(faults: ["commit_then_close:1@/gstn\(path)"]) { house in
            let keeper = MemoryKeeper()
            let account = try house.account(.gst)
            let older = house.gsp(keeper) { $0.paths["authenticate"] = "/taxpayerapi/v0.3/authenticate" }
            _ = await failure { try await house.verify(older, account) }
            let lost = await failure {
                try await house.verify(house.gsp(keeper), account, answer: SandboxHouse.gstnOtp)
            }
            #expect(lost?.mayHaveBeenSent == true)
            #expect(await keeper.session(of: account.identity) == nil)
        }
    }

    @Test func aCircuitIsNeverTriedByAMessageToAPerson() async throws {
        try await SandboxHouse.with { house in
            let gate = HalfOpenGate()
            let account = try house.account(.gst)
            let connector = house.gsp(MemoryKeeper(), gate: gate)
            let asked = await failure { try await house.verify(connector, account) }
            #expect(asked?.cause == .otpRequired)
            let calls = await house.server.calls()
            #expect(calls["GET /gstn/taxpayerapi/v1.0/returns"] == 3 && calls[Self.login] == 1)
        }
    }

    @Test func aRefusedRefreshEndsNoSessionThatLivesOn() async throws {
        // The taxpayer lets software in for five hours, the session lasts six.
        try await SandboxHouse.with(gstnAccessWindow: .seconds(5 * 3_600)) { house in
            let keeper = MemoryKeeper()
            let connector = house.gsp(keeper)
            let account = try house.account(.gst)
            try await house.connect(connector, account)
            house.clock.advance(.seconds(5 * 3_600 + 1_800))
            let report = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            #expect(report.isComplete)
            let kept = try #require(await keeper.session(of: account.identity))
            #expect(kept.state == .open)
            #expect(
                try await connector.refresh(kept, SandboxHouse.login(account), reporter: RecordingReporter())
                    == kept.expiresAt)
            house.clock.advance(.seconds(3_600))
            let asked = await failure { try await house.verify(connector, account) }
            #expect(asked?.cause == .otpRequired)
        }
    }

    @Test func aRefreshThatDoesNotGetThroughFailsNoFetch() async throws {
        try await SandboxHouse.with { house in
            let keeper = MemoryKeeper()
            let account = try house.account(.gst)
            try await house.connect(house.gsp(keeper), account)
            house.clock.advance(.seconds(5 * 3_600 + 1_800))
            let connector = house.gsp(keeper, gate: ShutGate(until: house.clock.now + .seconds(30)))
            let reporter = RecordingReporter()
            #expect(try await connector.fetch(house.gstRequest(account), reporter: reporter).isComplete)
            #expect(await reporter.text.contains("was not refreshed"))
        }
    }

    @Test(arguments: [ProviderProfile.RefreshMode.certificate, .none])
    func aSessionIsRefreshedAsTheFileSays(mode: ProviderProfile.RefreshMode) async throws {
        try await SandboxHouse.with { house in
            let keeper = MemoryKeeper()
            let account = try house.account(.gst)
            let connector = house.gsp(keeper) { $0.gsp.refreshMode = mode }
            try await house.connect(connector, account)
            let first = try #require(await keeper.session(of: account.identity))
            house.clock.advance(.seconds(5 * 3_600 + 1_800))
            let end = try await connector.refresh(first, SandboxHouse.login(account), reporter: RecordingReporter())
            let next = house.clock.now + .seconds(6 * 3_600)
            #expect(end == (mode == .none ? first.expiresAt : next))
            try await house.verify(connector, account)
        }
    }
}

/// Lets no login through.
private struct ShutGate: CallGate {
    let until: Instant
    func admit(_ family: CallFamily, key: String) -> CallAdmission {
        family == .authentication ? .refused(until: until) : .go
    }
    func ended(_ family: CallFamily, _ end: CallEnd, took: Duration) {}
    func mayRetry(after cause: Cause) -> Bool { true }
}

/// A circuit of logins that is to be tried, until three calls went well.
private final class HalfOpenGate: CallGate {
    private let tried = Mutex(0)

    var probes: Int { tried.withLock { $0 } }
    func admit(_ family: CallFamily, key: String) -> CallAdmission { .go }
    func ended(_ family: CallFamily, _ end: CallEnd, took: Duration) {
        tried.withLock { if family == .authentication, $0 < 3 { $0 += 1 } }
    }
    func mayRetry(after cause: Cause) -> Bool { true }
    func wantsProbe(_ family: CallFamily) -> Bool { family == .authentication && probes < 3 }
}
