import Domain
import Foundation
import Sandbox
import Synchronization
import Testing
import Transport

@testable import Portals

/// One taxpayer at the simulated e-filing portal who plays an outcome, and a connector that logs in for them.
struct EFilingStage {
    static let pan = "AAFHH6756K"

    let house: SandboxHouse
    let account: DemoAccount
    let connector: EFilingConnector
    let reporter = RecordingReporter()

    /// - Parameter onPause: what happens in the time that the connector would wait.
    static func play(
        _ outcome: MagicOutcome, policy: ProviderProfile.DualSession = .ask, loginWait: Duration = .zero,
        clock: HandClock = HandClock(), pacing: @Sendable (inout ProviderProfile.Pacing) -> Void = { $0 = .init() },
        paths: [String: String] = [:], services: [ProviderProfile.GuessedService: String] = [:],
        limits: EFilingLimits = EFilingLimits(), gate: any CallGate = OpenGate(),
        onPause: @escaping @Sendable (Duration) -> Void = { _ in }, _ body: (EFilingStage) async throws -> Void
    ) async throws {
        let faults = ["\(outcome.rawValue):\(pan)"]
        try await SandboxHouse.with(faults: faults, clock: clock, eFilingLoginWait: loginWait) { house in
            var account = try #require(house.world.account(PortalIdentity(.incomeTax, pan)))
            account.outcome = outcome
            let connector = try Self.connector(
                house, policy: policy, pacing: pacing, paths: paths, services: services, limits: limits, gate: gate,
                onPause: onPause)
            try await body(EFilingStage(house: house, account: account, connector: connector))
        }
    }

    static func connector(
        _ house: SandboxHouse, policy: ProviderProfile.DualSession = .ask,
        pacing: (inout ProviderProfile.Pacing) -> Void = { $0 = .init() }, paths: [String: String] = [:],
        services: [ProviderProfile.GuessedService: String] = [:], limits: EFilingLimits = EFilingLimits(),
        gate: any CallGate = OpenGate(), onPause: @escaping @Sendable (Duration) -> Void = { _ in }
    ) throws -> EFilingConnector {
        var profile = ProviderProfile(
            name: "sandbox-efiling", connector: .efiling, portals: [.incomeTax],
            baseURL: try #require(house.ready.systems["efiling"]))
        profile.dualSession = policy
        profile.paths = paths
        profile.services = services
        profile.timeouts.connect = .seconds(60)
        profile.timeouts.request = .seconds(60)
        pacing(&profile.pacing)
        var caller = EFilingCaller(
            profile: profile,
            client: PortalClient(
                http: house.client, gate: gate,
                pause: { wait in
                    onPause(wait)
                    try Task.checkCancellation()
                }, random: .system))
        caller.limits = limits
        return EFilingConnector(caller)
    }

    @discardableResult
    func fetch(job: Int64 = 1, password: String? = nil, answer: ChallengeAnswer? = nil) async throws -> FetchReport {
        var request = SandboxHouse.request(account, job: job, password: password)
        request.answer = answer
        return try await connector.fetch(request, reporter: reporter)
    }

    func verify(password: String? = nil) async throws {
        try await connector.verify(
            SandboxHouse.login(account, password: password),
            key: IdempotencyKey(workspace: "test", job: JobId(1), attempt: 1), answer: nil, reporter: reporter)
    }

    /// How often the sandbox was asked: `loginService`, `document`.
    func calls(_ name: String) async -> Int {
        await house.server.calls().filter { $0.key.contains(name) }.map(\.value).reduce(0, +)
    }
}

/// The pauses that a connector asked for.
final class Pauses: Sendable {
    private let all = Mutex<[Duration]>([])
    var list: [Duration] { all.withLock { $0 } }
    func note(_ duration: Duration) { all.withLock { $0.append(duration) } }
}
