import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Testing

/// A sandbox with the connector of TRACES, and the person who reads its captchas.
struct TracesHouse {
    static let loginCall = "POST /traces/loginservice/api/auth/login"
    static let captchaCall = "GET /traces/loginservice/api/auth/generateCaptcha"

    let house: SandboxHouse
    let account: DemoAccount
    let connector: TracesConnector
    let reporter = RecordingReporter()

    /// - Parameter outcome: what the first deductor of the world plays.
    static func with(
        _ outcome: MagicOutcome = .success, faults: [String] = [], tokenLife: Int = 3_600,
        paths: [String: String] = [:], _ body: (TracesHouse) async throws -> Void
    ) async throws {
        let account = try #require(DemoWorld().accounts.first { $0.identity.portal == .traces })
        let faults = faults + (outcome == .success ? [] : ["\(outcome.rawValue):\(account.identity)"])
        try await SandboxHouse.with(faults: faults, tokenLife: tokenLife) { house in
            try await body(TracesHouse(house: house, account: account, connector: try connector(house, paths)))
        }
    }

    private static func connector(_ house: SandboxHouse, _ paths: [String: String]) throws -> TracesConnector {
        let address = try #require(house.ready.systems["traces"])
        var profile = ProviderProfile(
            name: "sandbox-traces", connector: .traces, portals: [.traces], baseURL: address)
        profile.urls = ["legacy": address]
        profile.paths = paths
        profile.timeouts.connect = .seconds(60)
        profile.timeouts.request = .seconds(60)
        // Waits return at once: what a test shows must not depend on time.
        return TracesConnector(profile: profile, client: house.client, pause: { _ in try Task.checkCancellation() })
    }

    // MARK: One attempt

    func fetch(
        _ answer: ChallengeAnswer? = nil, password: String? = nil, places: [Place]? = nil
    ) async throws -> FetchReport {
        var request = SandboxHouse.request(account, password: password, answer: answer)
        if let places { request.places = places }
        return try await connector.fetch(request, reporter: reporter)
    }

    /// The captcha that an attempt ends with.
    func challenge(_ answer: ChallengeAnswer? = nil) async throws -> Challenge {
        let ended = await failure { _ = try await fetch(answer) }
        #expect(ended?.cause == .captchaRequired, "\(ended?.message ?? "it succeeded")")
        return try #require(ended?.challenge)
    }

    /// What a person reads in the picture. The text leaves the sandbox by its ledger alone.
    func read(_ challenge: Challenge) throws -> ChallengeAnswer {
        let rows = try SandboxLedger.read(house.server.configuration.stateFolder)
        let row = try #require(rows.first { $0.kind == "captcha" && $0.reference == challenge.remoteJob })
        return ChallengeAnswer(remoteJob: challenge.remoteJob, text: row.key)
    }

    /// Asks, answers, and reads what there is.
    func fetchWithCaptcha(places: [Place]? = nil) async throws -> FetchReport {
        try await fetch(try read(try await challenge()), places: places)
    }

    func calls(_ call: String) async -> Int { await house.server.calls()[call] ?? 0 }
    var logins: Int { get async { await calls(Self.loginCall) } }

    func reading(_ place: Place) async throws -> PlaceReading {
        try #require(await reporter.readings.last { $0.place == place })
    }

    func notices(_ place: Place) async -> [NoticeFacts] { await reporter.notices.filter { $0.place == place } }
}
