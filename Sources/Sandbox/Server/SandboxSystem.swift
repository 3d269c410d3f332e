import Domain

/// The server end of one wire. It follows the published facts of that wire, not our client.
protocol SandboxSystem: Sendable {
    /// Name in the ready line, in the accounts file and in the ledger. All but the bridge answer below `/NAME`.
    var name: String { get }

    /// Bytes of a request's body that it takes.
    var longestBody: Int { get }

    /// - Parameter trace: number of the request, for answers that repeat one.
    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer

    /// Reads what is wanted of the body more than once.
    func understand(_ request: inout SandboxRequest)

    /// What the system says when a fault keeps it from answering.
    func refusal(_ fault: SandboxFault.Kind, trace: String) -> SandboxAnswer

    /// Forgets the token that a request bears, as systems do that were started anew.
    func forgetToken(of request: SandboxRequest)

    /// The request without its ids, as the counts of calls name it.
    func call(_ request: SandboxRequest) -> String

    /// Whether something goes on or is waited for, so that an idle server must not end.
    func isBusy() async -> Bool

    /// Files for the profile folder, by name: a provider file, public keys.
    func profileFiles(at address: String) -> [String: String]

    /// A line of the accounts file for each login, without what all lines have.
    func accounts() -> [ProfileFolder.AccountLine]
}

extension SandboxSystem {
    var longestBody: Int { 1 << 20 }

    func refusal(_ fault: SandboxFault.Kind, trace: String) -> SandboxAnswer { Self.page(for: fault) }

    func forgetToken(of request: SandboxRequest) {}

    /// What stands before a system in the place of its answer.
    static func page(for fault: SandboxFault.Kind) -> SandboxAnswer {
        guard fault == .rateLimited else { return SandboxAnswer(status: 503, page: "Service Unavailable") }
        var answer = SandboxAnswer(status: 429, page: "Too Many Requests")
        answer.headers.append(("Retry-After", "1"))
        return answer
    }

    func understand(_ request: inout SandboxRequest) {}

    func call(_ request: SandboxRequest) -> String { "\(request.method) /\(name)\(request.path)" }

    func isBusy() async -> Bool { false }
}

/// All systems of one sandbox, each found by the first part of a path.
struct SandboxSystems: Sendable {
    let bridge: BridgeService
    let others: [any SandboxSystem]

    var all: [any SandboxSystem] { [bridge] + others }

    func isBusy() async -> Bool {
        for system in all where await system.isBusy() { return true }
        return false
    }

    /// The system that a path means, and the path below it.
    func system(for path: String) -> (system: any SandboxSystem, path: String) {
        for system in others {
            let prefix = "/\(system.name)"
            if path == prefix { return (system, "/") }
            if path.hasPrefix(prefix + "/") { return (system, String(path.dropFirst(prefix.count))) }
        }
        return (bridge, path)
    }

    static func address(of system: any SandboxSystem, port: UInt16) -> String {
        let root = "http://127.0.0.1:\(port)"
        return system is BridgeService ? root : "\(root)/\(system.name)"
    }
}
