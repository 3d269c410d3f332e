import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Synchronization
import TestRoom
import Testing
import Transport

/// A clock that stands still until a test moves it.
final class HandClock: Sendable {
    private let state: Mutex<(now: Instant, leap: Duration, leaps: Int)>
    init(_ start: Instant = Instant(seconds: 1_795_180_000)) { state = Mutex((start, .zero, 0)) }

    var now: Instant {
        state.withLock { state in
            if state.leaps > 0 { (state.now, state.leaps) = (state.now + state.leap, state.leaps - 1) }
            return state.now
        }
    }

    func advance(_ duration: Duration) { state.withLock { $0.now = $0.now + duration } }

    /// From now on it moves by `leap` whenever it is looked at, `count` times.
    func hurry(by leap: Duration, times count: Int) { state.withLock { ($0.leap, $0.leaps) = (leap, count) } }
}

/// A sandbox in a folder of its own, with everything to speak to it.
struct SandboxHouse {
    let server: SandboxServer
    let ready: SandboxReady
    let clock: HandClock
    let client: HTTPClient

    var baseURL: String { ready.systems["bridge"] ?? "" }
    var world: DemoWorld { server.world }

    /// Runs `body` against a running sandbox, then stops it and removes the folder.
    static func with<Result>(
        faults: [String] = [], pace: Double = 0, folder: String? = nil, tokenLife: Int = 3_600,
        clock: HandClock = HandClock(), eFilingLoginWait: Duration = .zero, hasOwnKey: Bool = false,
        gstnAccessWindow: Duration? = nil,
        _ body: (SandboxHouse) async throws -> Result
    ) async throws -> Result {
        return try await TestRoom.with { () async throws -> Result in
            let place = folder ?? NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
            defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
            var configuration = SandboxConfiguration(stateFolder: place, now: { clock.now })
            configuration.pace = pace
            configuration.tokenLife = tokenLife
            configuration.eFilingLoginWait = eFilingLoginWait
            configuration.hasOwnKey = hasOwnKey
            if let gstnAccessWindow { configuration.gstnAccessWindow = gstnAccessWindow }
            configuration.faults = try faults.map { try SandboxFault($0) }
            let server = SandboxServer(configuration)
            let ready = try await server.start()
            let house = SandboxHouse(server: server, ready: ready, clock: clock, client: HTTPClient())
            do {
                let result = try await body(house)
                await server.stop()
                return result
            } catch {
                await server.stop()
                throw error
            }
        }
    }

    /// - Parameter onPause: what happens in the time that the connector would wait.
    func connector(
        secret: String = "sandbox-only-secret", pollEvery: Duration = .milliseconds(1),
        onPause: @escaping @Sendable () -> Void = {}, policy: ProviderProfile.DualSession = .ask
    ) -> BridgeConnector {
        var profile = ProviderProfile(
            name: "sandbox-bridge", connector: .bridge, portals: Portal.allCases, baseURL: baseURL,
            auth: .clientCredentials(clientId: "portaldesk-demo", secret: SecretBytes(utf8: secret)),
            pollEvery: pollEvery)
        profile.timeouts.connect = .seconds(60)
        profile.timeouts.request = .seconds(60)
        profile.dualSession = policy
        // Waits return at once: what a test shows must not depend on time.
        return BridgeConnector(
            profile: profile, client: client,
            pause: { _ in
                onPause()
                try Task.checkCancellation()
            })
    }

    /// The first account of a portal that plays `success` in the default world.
    func account(_ portal: Portal, position: Int = 0) throws -> DemoAccount {
        let matching = world.accounts.filter { $0.identity.portal == portal && $0.outcome == .success }
        return try #require(matching.dropFirst(position).first)
    }

    static func login(_ account: DemoAccount, password: String? = nil, version: Int = 1) -> PortalLogin {
        PortalLogin(
            identity: account.identity, username: account.username,
            password: SecretBytes(utf8: password ?? account.password), version: version)
    }

    static func request(
        _ account: DemoAccount, job: Int64 = 1, attempt: Int = 1, password: String? = nil,
        answer: ChallengeAnswer? = nil,
        since: Instant? = nil, patience: Duration = .seconds(120)
    ) -> FetchRequest {
        FetchRequest(
            login: login(account, password: password),
            key: IdempotencyKey(workspace: "test", job: JobId(job), attempt: attempt),
            places: account.identity.portal.places, since: since, answer: answer, asOf: Instant(seconds: 1_795_180_000),
            deadline: .now + patience)
    }
}

/// The identity that plays `outcome` here: a GST account whose play is replaced by a fault.
let playedIdentity = "09AAFHH6756K1ZQ"
