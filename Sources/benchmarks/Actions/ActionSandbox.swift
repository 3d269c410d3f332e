import Foundation

/// `sandbox serve` for proofs about actions, and who may act there.
struct ActionSandbox: Sendable {
    let port: Int
    let state: String
    private let logins: [ActionLane.Login]

    var profiles: String { "\(state)/profiles" }

    /// Starts it in a folder, on a port of its own or on a given one; whoever starts it stops it.
    static func start(
        _ place: String, faults: [String] = [], port: Int = 0, businesses: Int, _ programs: Programs
    ) throws -> NicedProgram {
        try NicedProgram(
            [
                programs.desk, "sandbox", "serve", "--state", "\(place)/sandbox", "--pace", "0", "--trouble-percent",
                "0", "--businesses", "\(businesses)", "--port", "\(port)", "--home", "\(place)/none",
            ] + faults.flatMap { ["--fault", $0] }, log: "\(place)/sandbox.log")
    }

    /// Waits until it answers.
    init(_ place: String, _ program: NicedProgram) throws {
        state = "\(place)/sandbox"
        port = try program.number("port")
        let lines = try String(contentsOfFile: "\(place)/sandbox/profiles/accounts.jsonl", encoding: .utf8)
        logins = try lines.split(separator: "\n").compactMap { line in
            // Other systems' lines have fields of their own.
            guard line.contains("\"irp\"") || line.contains("\"ewb\"") else { return nil }
            return try JSONDecoder().decode(ActionLane.Login.self, from: Data(line.utf8))
        }.filter { ["irp", "ewb"].contains($0.system) }
    }

    /// Users at both authorities of so many sellers in Uttar Pradesh.
    func sellers(_ count: Int) throws -> [[ActionLane.Login]] {
        let all = Dictionary(grouping: logins.filter { $0.identity.hasPrefix("09") }, by: \.identity)
            .filter { $0.value.count == 2 }.sorted { $0.key < $1.key }.map(\.value)
        guard all.count >= count else { throw BenchProblem.noFrame("\(count) sellers among the sandbox's accounts") }
        return Array(all.prefix(count))
    }

    /// A recipient in Karnataka.
    func buyer() throws -> String {
        guard let login = logins.first(where: { $0.identity.hasPrefix("29") }) else {
            throw BenchProblem.noFrame("a buyer among the sandbox's accounts")
        }
        return login.identity
    }
}
