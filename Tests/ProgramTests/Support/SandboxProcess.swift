import Foundation
import Glibc

/// `sandbox serve` on a workplace's home, so that its worker finds it; without delays unless a fault asks for them.
final class SandboxProcess: Sendable {
    let child: Child
    let ready: Row
    let profile: String

    static func start(_ place: Workplace, faults: [String] = [], state: String? = nil) async throws -> SandboxProcess {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Trouble("no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let profile = place.folder + "/profile"
        var arguments = [place.program, "sandbox", "serve", "--port", "0", "--pace", "0", "--profile-dir", profile]
        arguments += state.map { ["--state", $0] } ?? ["--home", place.home]
        arguments += faults.flatMap { ["--fault", $0] }
        let child = try Child.start(arguments, environment: place.environment, folder: place.folder, output: writing)
        close(writing)
        let line = await offPool { firstLine(reading) }
        guard let row = try? JSONDecoder().decode(Row.self, from: Data(line.utf8)) else {
            child.signal(SIGKILL)
            throw Trouble("the sandbox did not get ready: \(line) \(child.errorText)")
        }
        return SandboxProcess(child: child, ready: row, profile: profile)
    }

    private init(child: Child, ready: Row, profile: String) {
        self.child = child
        self.ready = ready
        self.profile = profile
    }

    private static func firstLine(_ descriptor: Int32) -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 30_000) > 0, read(descriptor, &byte, 1) == 1, byte != 10 else { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// The logins that the sandbox's bridge plays.
    func accounts() throws -> [Row] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: profile + "/accounts.jsonl"))
        let all = try bytes.split(separator: 10).map { try JSONDecoder().decode(Row.self, from: Data($0)) }
        return all.filter { $0["system"] == .text("bridge") }
    }

    /// The logins of one portal that play `outcome`.
    func accounts(_ portal: String, _ outcome: String) throws -> [Row] {
        try accounts().filter { $0["portal"] == .text(portal) && $0["outcome"] == .text(outcome) }
    }

    func identity(_ portal: String, _ outcome: String, number: Int = 0) throws -> String {
        let found = try accounts(portal, outcome)
        guard found.indices.contains(number), let text = found[number]["identity"].text else {
            throw Trouble("no \(portal) account plays \(outcome)")
        }
        return text
    }

    func stop() async throws -> Int32 {
        child.signal(SIGTERM)
        return try await child.wait(limit: 20)
    }
}
