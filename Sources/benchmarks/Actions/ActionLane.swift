import Domain
import Foundation
import SampleDocuments
import Secrets
import Services

/// A workspace with one GSTIN, whose way to the simulated authorities may lead over a wire that can be cut: a row of
/// runs, one after another, beside other such rows.
final class ActionLane: Sendable {
    struct Login: Decodable {
        var system: String
        var identity: String
        var username: String
        var password: String
    }

    let folder: String
    let workspace: Workspace
    let documents: SampleDocuments
    let wire: CutWire?
    let operations: StoredOperations
    let desk: String
    /// Provider files as they are, but for the port and the request's time.
    private let providers: [(name: String, text: String)]

    /// - Parameters:
    ///   - logins: of the seller's users at the authorities.
    static func open(
        _ folder: String, at sandbox: ActionSandbox, over wire: CutWire?, logins: [Login], _ programs: Programs
    ) async throws -> ActionLane {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var files: [(name: String, text: String)] = []
        for name in ["irp.toml", "ewb.toml", "irp-encryption.pem", "irp-signing.pem"] {
            let text = try String(contentsOfFile: "\(sandbox.profiles)/\(name)", encoding: .utf8)
            let own = text.replacing(":\(sandbox.port)/", with: ":\(wire?.port ?? sandbox.port)/")
                .replacing(/concurrency = [0-9]+/, with: "concurrency = 32")
            files.append((name, name.hasSuffix(".toml") ? own + "\n[retry]\nbase_seconds = 1\n" : own))
        }
        let admin = SetupService.Admin(
            name: "bench", email: "bench@portaldesk.example", password: SecretBytes(utf8: "bench"))
        var surroundings = Surroundings.live(version: "bench")
        // Its workers are started by whoever measures, and by commands; never by this process.
        surroundings.executable = "/bin/true"
        let workspace = try await SetupService(
            home: Home(path: "\(folder)/home"), surroundings: surroundings, isDemo: true
        ).create(admin, providers: files, settings: Settings.template).workspace
        let documents = SampleDocuments(
            seller: logins.first?.identity ?? "", buyer: try sandbox.buyer(), day: LegalDate.inIndia(workspace.now))
        let lane = ActionLane(
            folder: folder, workspace: workspace, documents: documents, wire: wire,
            operations: try StoredOperations(workspace.home), desk: programs.desk, providers: files)
        try await lane.keep(logins)
        return lane
    }

    /// Keeps users at the authorities. Sessions that stood there are forgotten.
    func keep(_ logins: [Login]) async throws {
        for login in logins {
            try await workspace.apiUsers.set(
                try Gstin(login.identity), provider: "sandbox-\(login.system)", name: login.username,
                password: SecretBytes(utf8: login.password))
        }
    }

    private init(
        folder: String, workspace: Workspace, documents: SampleDocuments, wire: CutWire?,
        operations: StoredOperations, desk: String, providers: [(name: String, text: String)]
    ) {
        (self.folder, self.workspace, self.documents, self.wire) = (folder, workspace, documents, wire)
        (self.operations, self.desk, self.providers) = (operations, desk, providers)
    }

    var home: Home { workspace.home }

    /// Begins a session for commands, and for workers that are started by hand.
    func logIn() throws {
        let password = "\(folder)/password"
        try Data("bench".utf8).write(to: URL(fileURLWithPath: password))
        let status = try run(["login", "--user", "bench", "--password-file", password]).status
        guard status == 0 else { throw BenchProblem.workerFailed(status ?? -1) }
    }

    /// Carries out an invoice and a bill, so that sessions stand at both authorities.
    func warmUp() throws {
        try logIn()
        try setRequestTime(10)
        for action in ProvenAction.allCases {
            let status = try run(action.command + [try file(action, "W-\(action.letter)"), "--json"]).status
            guard status == 0 else { throw BenchProblem.workerFailed(status ?? -1) }
        }
        restWorker()
    }

    func setRequestTime(_ seconds: Int) throws {
        for (name, text) in providers where name.hasSuffix(".toml") {
            let own = text.replacing(/request_s = [0-9]+/, with: "request_s = \(seconds)")
            try Data(own.utf8).write(to: URL(fileURLWithPath: "\(home.providers)/\(name)"), options: .atomic)
        }
    }

    /// Queues the registration of one invoice, as the desk does.
    func register(_ number: String) async throws {
        let path = "\(folder)/\(number).json"
        try Data(documents.invoice(number).utf8).write(to: URL(fileURLWithPath: path))
        let batch = workspace.invoiceBatch
        let survey = try await batch.survey([path])
        _ = try await batch.queue([path], provider: "sandbox-irp", isChosen: true, confirmed: survey.confirmable)
    }

    func file(_ action: ProvenAction, _ number: String) throws -> String {
        let path = "\(folder)/\(number).json"
        try Data(action.document(documents, number).utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    func start(_ arguments: [String], variables: [String: String] = [:]) throws -> NicedProgram {
        let log = "\(folder)/\(arguments[0]).log"
        return try NicedProgram(
            [desk] + arguments + ["--home", home.path], log: log, output: "\(log).out", variables: variables)
    }

    /// Runs a command to its end; nil for a status when it did not end in a minute and was killed.
    func run(_ arguments: [String]) throws -> (status: Int32?, output: String) {
        let program = try start(arguments)
        let status = program.status(within: 60)
        if status == nil { program.strike() }
        let output = try? String(contentsOfFile: "\(folder)/\(arguments[0]).log.out", encoding: .utf8)
        return (status, output ?? "")
    }

    // MARK: The worker

    var hasWorker: Bool { FileLock.isHeld(home.workerLock) }

    /// Number of the process that holds the worker's lock; nil when none does.
    private var workerNumber: pid_t? {
        guard hasWorker, let text = try? String(contentsOfFile: home.workerLock, encoding: .utf8) else { return nil }
        return pid_t(text.filter(\.isNumber)).flatMap { $0 > 1 ? $0 : nil }
    }

    /// Starts a worker that is the workspace's one: another that a command had started may still be on its way.
    func startWorker(_ variables: [String: String]) throws -> NicedProgram {
        for _ in 0..<5 {
            let worker = try start(["worker"], variables: variables)
            _ = wait(30) { workerNumber == worker.identifier || !worker.isRunning }
            if worker.isRunning, workerNumber == worker.identifier { return worker }
            if worker.isRunning { worker.strike() }
            restWorker()
        }
        throw BenchProblem.noFrame("a worker")
    }

    /// Waits on this thread until `condition` holds.
    ///
    /// - Returns: whether it did in so many seconds.
    func wait(_ seconds: Int, until condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while !condition() {
            guard .now < end else { return false }
            usleep(10_000)
        }
        return true
    }

    /// Ends the worker that a command may have started.
    func restWorker() {
        for number in [SIGTERM, SIGKILL] {
            guard let worker = workerNumber else { return }
            kill(worker, number)
            if wait(10, until: { !hasWorker }) { return }
        }
    }

    func close() {
        restWorker()
        workspace.close()
        wire?.close()
    }
}
