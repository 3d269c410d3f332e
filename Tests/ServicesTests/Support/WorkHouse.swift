import Domain
import Foundation
import Sandbox
import Secrets
import TestRoom
import Testing

@testable import Services

/// A workspace with one business of the demo world, and the simulated portals that its provider file names.
struct WorkHouse {
    static let gst = PortalIdentity(stored: .gst, "09AAFHH6756K1ZQ")
    static let tan = PortalIdentity(stored: .traces, "CALH38988H")
    static let pan = PortalIdentity(stored: .incomeTax, "AAFHH6756K")

    let place: Place
    let workspace: Workspace
    let server: SandboxServer

    /// - Parameters:
    ///   - outcome: what the portal plays for `gst`, and for `tan`; for `pan` it is a success.
    ///   - concurrency: of the provider file.
    static func with<Result>(
        _ outcome: MagicOutcome = .success, faults: [String] = [], settings: String = "", secret: String? = nil,
        concurrency: Int = 8, pace: Double = 0,
        onPause: (@Sendable (Duration, VirtualTime) -> Void)? = nil, _ body: (WorkHouse) async throws -> Result
    ) async throws -> Result {
        return try await TestRoom.with { () async throws -> Result in
            let place = try Place()
            let time = place.time
            var configuration = SandboxConfiguration(stateFolder: place.folder + "/sandbox", now: { time.now })
            configuration.pace = pace
            configuration.businesses = 3
            configuration.outcomes[gst] = outcome
            configuration.outcomes[tan] = outcome
            configuration.faults = try faults.map { try SandboxFault($0) }
            let server = SandboxServer(configuration)
            let ready = try await server.start()
            do {
                let url = try #require(ready.systems["bridge"])
                let provider = Self.provider(url, secret: secret ?? DemoWorld.clientSecret, concurrency: concurrency)
                let workspace = try await place.workspace(
                    settings: settings + "\n", providers: ["bridge.toml": provider],
                    onPause: pausing(onPause, time))
                let house = WorkHouse(place: place, workspace: workspace, server: server)
                try await house.addBusiness()
                let result = try await body(house)
                workspace.close()
                await server.stop()
                return result
            } catch {
                await server.stop()
                throw error
            }
        }
    }

    private static func pausing(
        _ onPause: (@Sendable (Duration, VirtualTime) -> Void)?, _ time: VirtualTime
    ) -> (@Sendable (Duration) -> Void)? {
        guard let onPause else { return nil }
        return { wait in onPause(wait, time) }
    }

    static func provider(_ url: String, secret: String, concurrency: Int, name: String = "bridge") -> String {
        """
        name = "\(name)"
        connector = "bridge"
        portals = ["gst", "income_tax", "traces"]
        default = true
        simulated = true

        [urls]
        base = "\(url)"

        [auth]
        client_id = "\(DemoWorld.clientId)"
        client_secret = "\(secret)"

        [timeouts]
        connect_s = 60
        request_s = 60

        [limits]
        concurrency = \(concurrency)
        poll_ms = 1

        """
    }

    private func addBusiness() async throws {
        let gstin = try Gstin(Self.gst.text)
        _ = try await workspace.businesses.add(
            BusinessDraft(name: "Harihar & Co", pan: try Pan(Self.pan.text), gstin: gstin))
        for identity in [Self.gst, Self.pan] { try await setLogin(identity) }
    }

    func setLogin(_ identity: PortalIdentity, password: String? = nil) async throws {
        let account = try #require(server.world.account(identity))
        try await workspace.credentials.setLogin(
            identity, username: account.username, password: SecretBytes(utf8: password ?? account.password))
    }

    func trigger(_ kind: JobKind = .fetch, _ identity: PortalIdentity = gst) async throws -> JobId {
        let result = try await workspace.sync.trigger(kind, [identity], by: .command)
        return try #require(result.ids.first)
    }

    /// A worker that does what is due now and ends.
    func work(concurrency: Int = 4) async throws {
        try await SyncWorker(workspace, options: .init(untilIdle: true, concurrency: concurrency)).run()
    }

    /// Queues a job, lets a worker do it, and gives it back.
    func run(_ kind: JobKind = .fetch, _ identity: PortalIdentity = gst) async throws -> Job {
        let id = try await trigger(kind, identity)
        try await work()
        return try await job(id)
    }

    func job(_ id: JobId) async throws -> Job { try #require(try await workspace.sync.job(id)) }

    func log(_ id: JobId) async throws -> [JobLogEntry] { try await workspace.sync.log(id).entries }

    func account(_ identity: PortalIdentity = gst) async throws -> PortalAccount {
        try #require(try await workspace.credentials.account(identity))
    }

    func coverage(_ place: Domain.Place, _ identity: PortalIdentity = gst) async throws -> CoverageEntry {
        let entries = try await workspace.sync.coverage(CoverageQuery(identity: identity, perPage: nil)).rows
        return try #require(entries.first { $0.place == place })
    }

    func summary(_ portal: Portal = .gst) async throws -> PortalSummary { try await workspace.sync.summary()[portal] }

    /// Requests of one kind that the portals were asked.
    func calls(_ call: String) async -> Int { await server.calls()[call] ?? 0 }

    var ledger: [LedgerRow] { (try? SandboxLedger.read(server.configuration.stateFolder)) ?? [] }

    /// Moves the time to when the job is tried next.
    func advanceToNextTry(_ id: JobId) async throws {
        let next = try #require(try await job(id).nextTryAt)
        place.time.advance(next.since(place.time.now))
    }
}
