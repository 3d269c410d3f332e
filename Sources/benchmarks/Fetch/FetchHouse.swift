import Domain
import Foundation
import Secrets
import Services

/// The simulated portals with many logins, and a workspace that holds them all.
struct FetchHouse {
    static let atOnce = 64

    let folder: String
    let workspace: Workspace
    let sandbox: NicedProgram
    let port: Int
    let gst: [PortalIdentity]
    let incomeTax: [PortalIdentity]

    var accessFile: String { "\(folder)/access.jsonl" }
    var home: Home { workspace.home }

    private struct Login: Decodable {
        var system: String
        var identity: String
        var username: String
        var password: String
    }

    /// - Parameter isStruck: whether workers will be killed: then no job may be set aside for it, and a session of before
    ///   is no reason to ask.
    static func open(
        _ folder: String, accounts: Int, isStruck: Bool = false, _ programs: Programs
    ) async throws -> FetchHouse {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Four of 74 businesses have no login to the e-filing portal.
        let businesses = accounts / 2 * 74 / 70 + 74
        let sandbox = try NicedProgram(
            [
                programs.desk, "sandbox", "serve", "--state", "\(folder)/sandbox", "--businesses", "\(businesses)",
                "--pace", "0", "--trouble-percent", "0", "--notices", "3", "--access", "\(folder)/access.jsonl",
                "--home", "\(folder)/none",
            ], log: "\(folder)/sandbox.log")
        let port = try sandbox.number("port")
        let profiles = "\(folder)/sandbox/profiles"
        let lines = try String(contentsOfFile: "\(profiles)/accounts.jsonl", encoding: .utf8).split(separator: "\n")
        let logins = try lines.map { try JSONDecoder().decode(Login.self, from: Data($0.utf8)) }
        let gst = Array(logins.filter { $0.system == "gstn" }.prefix(accounts - accounts / 2))
        let incomeTax = Array(logins.filter { $0.system == "efiling" }.prefix(accounts / 2))
        let workspace = try await workspace("\(folder)/home", profiles, isStruck: isStruck)
        let house = FetchHouse(
            folder: folder, workspace: workspace, sandbox: sandbox, port: port,
            gst: try gst.map { try PortalIdentity(.gst, $0.identity) },
            incomeTax: try incomeTax.map { try PortalIdentity(.incomeTax, $0.identity) })
        try await house.moveIn(gst, incomeTax)
        return house
    }

    private static func workspace(_ path: String, _ profiles: String, isStruck: Bool) async throws -> Workspace {
        var files: [(name: String, text: String)] = []
        for name in ["gsp.toml", "efiling.toml", "gstn.pem"] {
            let text = try String(contentsOfFile: "\(profiles)/\(name)", encoding: .utf8)
            let wide = text.replacing(/concurrency = [0-9]+/, with: "concurrency = \(atOnce)")
            files.append((name, isStruck ? wide.replacing("\"ask\"", with: "\"continue\"") : wide))
        }
        let admin = SetupService.Admin(
            name: "bench", email: "bench@portaldesk.example", password: SecretBytes(utf8: "bench"))
        return try await SetupService(
            home: Home(path: path), surroundings: Surroundings.live(version: "bench"), isDemo: true
        ).create(
            admin, providers: files, settings: isStruck ? "[worker]\nquarantine_after = 1000000\n" : Settings.template
        )
        .workspace
    }

    private func moveIn(_ gst: [Login], _ incomeTax: [Login]) async throws {
        let population = Population(workspace: workspace)
        var drafts: [BusinessDraft] = []
        for login in gst {
            let gstin = try Gstin(login.identity)
            drafts.append(
                BusinessDraft(
                    name: "Firm \(login.identity)", pan: try Pan(String(login.identity.dropFirst(2).prefix(10))),
                    gstin: gstin))
        }
        let known = Set(drafts.compactMap { $0.pan?.text })
        for login in incomeTax where !known.contains(login.identity) {
            drafts.append(BusinessDraft(name: "Firm \(login.identity)", pan: try Pan(login.identity)))
        }
        try await population.add(businesses: drafts)
        let all = zip(self.gst + self.incomeTax, gst + incomeTax)
        try await population.add(
            logins: all.map { identity, login in
                Population.Login(
                    identity: identity, username: login.username, password: SecretBytes(utf8: login.password),
                    isVerified: true, reason: nil)
            }, checkedAt: workspace.now)
        guard let day = LegalDate("2026-04-01") else { return }
        for identity in self.incomeTax { try await workspace.authorities.record(identity, givenOn: day, note: "") }
    }

    /// Opens a session at GSTN for each GSTIN, each with its OTP.
    func connect(_ programs: Programs) async throws {
        let ids = try await workspace.sync.trigger(.verify, gst, by: .command).ids
        try work(programs)
        for id in ids { try await workspace.sync.answer(id, text: "575757") }
        try work(programs)
    }

    func startWorker(_ programs: Programs) throws -> NicedProgram {
        try NicedProgram(
            [
                programs.desk, "worker", "--until-idle", "--concurrency", "\(Self.atOnce)", "--home", home.path,
            ], log: "\(folder)/worker.log")
    }

    private func work(_ programs: Programs) throws {
        let status = try startWorker(programs).wait()
        guard status == 0 else { throw BenchProblem.workerFailed(status) }
    }

    func close() {
        workspace.close()
        sandbox.stop()
    }
}
