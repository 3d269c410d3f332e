import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Store
import TestRoom
import Testing

@testable import Services

/// A workspace that holds the logins of a whole simulated world in which every kind of trouble has its share.
struct FaultHouse: Sendable {
    enum Wire: String, CaseIterable, Sendable {
        /// One provider for all portals.
        case bridge
        /// GSP, e-filing portal and TRACES by their own wires.
        case own
    }

    /// What the provider files of this house allow each account: enough to be noticed, little enough to matter.
    static let callsPerMinute = 60
    static let burst = 5
    static let concurrency = 8

    let wire: Wire
    let place: Place
    let workspace: Workspace
    let server: SandboxServer

    var accounts: [DemoAccount] {
        server.world.accounts.map { account in
            var played = account
            played.outcome = server.configuration.outcomes[account.identity] ?? account.outcome
            return played
        }
    }

    static func with<T>(_ wire: Wire, businesses: Int, _ body: (FaultHouse) async throws -> T) async throws -> T {
        return try await TestRoom.with { () async throws -> T in
            let place = try Place()
            let time = place.time
            var configuration = SandboxConfiguration(stateFolder: "\(place.folder)/sandbox", now: { time.now })
            configuration.businesses = businesses
            configuration.pace = 0
            configuration.faultPercent = 5
            configuration.keepsAccess = true
            let server = SandboxServer(configuration)
            _ = try await server.start()
            do {
                let workspace = try await workspace(wire, place, configuration.stateFolder + "/profiles")
                let house = FaultHouse(wire: wire, place: place, workspace: workspace, server: server)
                try await house.moveIn()
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

    private static func workspace(_ wire: Wire, _ place: Place, _ profiles: String) async throws -> Workspace {
        let names = wire == .bridge ? ["bridge"] : ["gsp", "efiling", "traces"]
        var files: [String: String] = [:]
        for name in names {
            let text = try String(contentsOfFile: "\(profiles)/\(name).toml", encoding: .utf8)
            files["\(name).toml"] = text.replacing(
                "[limits]\n", with: "[limits]\naccount_calls_per_minute = \(callsPerMinute)\naccount_burst = \(burst)\n"
            )
        }
        if wire == .own { files["gstn.pem"] = try String(contentsOfFile: "\(profiles)/gstn.pem", encoding: .utf8) }
        // Time moves with the waits inside attempts, so that the limits of calls mean something.
        return try await place.workspace(providers: files, waitingTogether: concurrency)
    }

    /// Stores every business with its logins; where the play is a wrong password, a wrong one.
    private func moveIn() async throws {
        for business in server.world.businesses {
            _ = try await workspace.businesses.add(
                BusinessDraft(
                    name: business.name, pan: try Pan(business.pan), gstin: try Gstin(business.gstin),
                    tan: try business.tan.map { try Tan($0) }))
        }
        for account in accounts {
            let password = account.outcome == .wrongPassword ? "Old-" + account.password : account.password
            try await workspace.credentials.setLogin(
                account.identity, username: account.username, password: SecretBytes(utf8: password))
            if wire == .own, account.identity.portal != .gst {
                let day = try #require(LegalDate("2026-04-01"))
                try await workspace.authorities.record(account.identity, givenOn: day, note: "")
            }
        }
    }

    /// Fetches everything, answers what portals ask people, and lets the time pass until nothing is left to do.
    func run() async throws -> [Job] {
        let ids = try await workspace.sync.triggerAll(nil, by: .command).ids
        var answered: [JobId: Int] = [:]
        for _ in 0..<2_000 {
            try await SyncWorker(workspace, options: .init(untilIdle: true, concurrency: Self.concurrency)).run()
            let jobs = try await ids.asyncMap { try #require(try await workspace.sync.job($0)) }
            var isWaiting = false
            // A person answers one after the other, and what portals ask does not wait for long.
            let waiting = jobs.filter { $0.status == .needsInput && answered[$0.id, default: 0] < 60 }
            for job in waiting.sorted(by: { answered[$0.id, default: 0] < answered[$1.id, default: 0] }).prefix(8) {
                answered[job.id, default: 0] += 1
                guard let text = try await answer(job) else { continue }
                // A question that ran out meanwhile is asked anew.
                let refusal = await complaint { try await workspace.sync.answer(job.id, text: text) }
                #expect(refusal == nil || refusal?.status == .tryLater)
                isWaiting = true
            }
            if isWaiting { continue }
            let open = jobs.filter { $0.status == .queued || $0.status == .retrying || $0.status == .running }
            guard !open.isEmpty else { return jobs }
            // A job that is due may wait for a provider that is left alone.
            let now = place.time.now
            let probes = try await workspace.providerService.standings().compactMap { $0.nextProbe(at: now) }
            let next = (open.compactMap(\.nextTryAt) + probes).max() ?? now
            place.time.advance(max(next.since(now), .seconds(60)))
        }
        let open = try await ids.asyncMap { try #require(try await workspace.sync.job($0)) }.filter {
            !$0.status.isFinished
        }
        Issue.record("the run did not come to its end:\n\(try await story(of: open))")
        return []
    }

    /// Where they stand, what the first of them met last, and which providers are left alone.
    private func story(of open: [Job]) async throws -> String {
        var lines = open.map { "\($0.identity) \($0.status.rawValue) attempt \($0.attempt) \($0.message)" }
        if let first = open.first {
            lines += try await workspace.sync.log(first.id).entries.suffix(12).map { "  \($0.step): \($0.message)" }
        }
        lines += try await workspace.providerService.standings().map { "\($0.name): \($0.circuits.map(\.breaker))" }
        return lines.joined(separator: "\n")
    }

    /// What a person would read off the picture or the telephone.
    private func answer(_ job: Job) async throws -> String? {
        if job.cause == .dualSession { return "continue" }
        guard wire == .own else { return server.world.account(job.identity)?.otp }
        switch job.portal {
        case .gst: return "575757"
        case .incomeTax: return server.world.account(job.identity)?.otp
        // The login that waits for it ended with the worker of this round, so nobody rings the taxpayer up.
        case .traces where job.cause == .otpRequired: return nil
        case .traces:
            let waiting = try await workspace.store.read { try $0.challenge(of: job.id) }
            guard let json = waiting?.json else { return nil }
            let id = try JSONDecoder().decode(Challenge.self, from: Data(json.utf8)).remoteJob
            let rows = try SandboxLedger.read(server.configuration.stateFolder)
            return rows.last { $0.kind == "captcha" && $0.reference == id }?.key
        }
    }
}
