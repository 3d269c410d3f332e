import Domain
import Foundation
import SampleDocuments
import Sandbox
import Secrets
import Services

/// Thousands of invoices from a folder: checked, and registered at the simulated portal by the program itself, each
/// written down before it leaves.
enum InvoiceBudget {
    private struct Login: Decodable {
        var system: String
        var identity: String
        var username: String
        var password: String
    }

    static func measure(invoices: Int, keeps folder: String?) async throws {
        let place =
            folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("irn-\(UUID().uuidString)").path
        defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let programs = try Programs()
        let sandbox = try NicedProgram(
            [
                programs.desk, "sandbox", "serve", "--state", "\(place)/sandbox", "--pace", "0", "--trouble-percent",
                "0",
                "--home", "\(place)/none",
            ], log: "\(place)/sandbox.log")
        defer { sandbox.stop() }
        _ = try sandbox.number("port")
        let lines = try String(contentsOfFile: "\(place)/sandbox/profiles/accounts.jsonl", encoding: .utf8)
        let logins = try lines.split(separator: "\n").map { try JSONDecoder().decode(Login.self, from: Data($0.utf8)) }
            .filter { $0.system == "irp" }
        guard let seller = logins.first(where: { $0.identity.hasPrefix("09") }),
            let buyer = logins.first(where: { $0.identity.hasPrefix("29") })
        else { throw BenchProblem.noFrame("a seller and a buyer among the sandbox's accounts") }
        let workspace = try await workspace("\(place)/home", "\(place)/sandbox/profiles")
        try await workspace.apiUsers.set(
            try Gstin(seller.identity), provider: "sandbox-irp", name: seller.username,
            password: SecretBytes(utf8: seller.password))
        let files = "\(place)/invoices"
        try write(invoices, seller.identity, buyer.identity, LegalDate.inIndia(workspace.now), files)
        Report.note("\(invoices) files stand; load \(Report.load)")
        try await check(workspace, files, invoices)
        try await register(workspace, programs, files, invoices, place)
        workspace.close()
    }

    private static func check(_ workspace: Workspace, _ files: String, _ count: Int) async throws {
        let start = ContinuousClock.now
        let entries = try await workspace.invoiceBatch.read(files)
        let spent = (ContinuousClock.now - start).inMilliseconds
        let rate = Double(count) * 1_000 / spent
        let isWhole = entries.count == count && entries.allSatisfy(\.isInOrder)
        Report.say(
            Finding(
                name: "check of \(count) invoices", figure: "\(Int(rate)) a second", budget: "5000 a second",
                isMet: rate >= 5_000 && isWhole, detail: "read from \(count) files; \(spent.text(0)) ms"))
    }

    private static func register(
        _ workspace: Workspace, _ programs: Programs, _ files: String, _ count: Int, _ place: String
    ) async throws {
        let home = workspace.home.path
        let password = "\(place)/password"
        try Data("bench".utf8).write(to: URL(fileURLWithPath: password))
        try run(
            [programs.desk, "login", "--user", "bench", "--password-file", password, "--home", home],
            "\(place)/login.log")
        let command = [programs.desk, "einvoice", "generate", files, "--json", "--home", home]
        let start = ContinuousClock.now
        let atCut = try await runAndInterrupt(command, "\(place)/cut.log", workspace, after: count / 3)
        try run(command, "\(place)/generate.log")
        let spent = (ContinuousClock.now - start).inMilliseconds
        let again = ContinuousClock.now
        try run(command, "\(place)/again.log")
        let repeated = (ContinuousClock.now - again).inMilliseconds
        let filed = try await workspace.operations.list(OperationQuery(states: [.filed], perPage: 1)).total
        let all = try await workspace.operations.list(OperationQuery(perPage: 1)).total
        let disk = try DurableAppends(folder: workspace.home.run)
        let appends = 300_000 / disk.run(300)
        let rate = Double(count) * 1_000 / spent
        let held = try SandboxLedger.read("\(place)/sandbox").filter { $0.kind == "irn" }
        let isOnceEach = held.count == count && Set(held.map(\.reference)).count == count
        Report.say(
            Finding(
                name: "registration of \(count) invoices, end to end", figure: "\(Int(rate)) a second",
                baseline: "\(Int(appends)) durable appends/s", ratio: rate / appends, budget: "150 a second",
                isMet: rate >= 150 && filed == count && all == count && isOnceEach && atCut < count,
                detail: "ended by Ctrl-C at \(atCut) confirmed and gone on by the same command; \(filed) of \(all) "
                    + "operations confirmed, \(held.count) IRNs at the portal, \((spent / 1_000).text(1)) s; the same "
                    + "command again \((repeated / 1_000).text(1)) s, nothing new"))
    }

    /// - Returns: how many were confirmed when the command was interrupted.
    private static func runAndInterrupt(
        _ command: [String], _ log: String, _ workspace: Workspace, after wanted: Int
    ) async throws -> Int {
        let program = try NicedProgram(command, log: log, output: "\(log).out")
        var filed = 0
        while program.isRunning, filed < wanted {
            try await Task.sleep(for: .milliseconds(50))
            filed = try await workspace.operations.list(OperationQuery(states: [.filed], perPage: 1)).total
        }
        guard program.interrupt() else { throw BenchProblem.workerFailed(0) }
        return filed
    }

    private static func run(_ command: [String], _ log: String) throws {
        let program = try NicedProgram(command, log: log, output: "\(log).out")
        let status = program.wait()
        guard status == 0 else { throw BenchProblem.workerFailed(status) }
    }

    private static func workspace(_ path: String, _ profiles: String) async throws -> Workspace {
        var files: [(name: String, text: String)] = []
        for name in ["irp.toml", "irp-encryption.pem", "irp-signing.pem"] {
            let text = try String(contentsOfFile: "\(profiles)/\(name)", encoding: .utf8)
            files.append((name, text.replacing(/concurrency = [0-9]+/, with: "concurrency = 32")))
        }
        let admin = SetupService.Admin(
            name: "bench", email: "bench@portaldesk.example", password: SecretBytes(utf8: "bench"))
        return try await SetupService(
            home: Home(path: path), surroundings: Surroundings.live(version: "bench"), isDemo: true
        ).create(admin, providers: files, settings: Settings.template).workspace
    }

    private static func write(
        _ count: Int, _ seller: String, _ buyer: String, _ day: LegalDate, _ folder: String
    ) throws {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let documents = SampleDocuments(seller: seller, buyer: buyer, day: day)
        for number in 1...count {
            let text = documents.invoice("B-\(number)")
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(number).json"))
        }
    }
}
