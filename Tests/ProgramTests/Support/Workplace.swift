import Foundation
import Glibc
import Testing

/// A folder of its own for one test, with a home in it. `close` ends every process that serves it and removes it.
final class Workplace: Sendable {
    let folder: String
    let home: String
    let program: String

    init() throws {
        program = try BuiltProgram.required()
        // Short: the path of tmux's socket in it has 107 bytes at most.
        folder = "/tmp/portaldesk-\(UUID().uuidString.prefix(18))"
        home = folder + "/home"
        guard mkdir(folder, 0o700) == 0 else { throw Trouble("cannot make \(folder)") }
    }

    /// Gives `body` a workplace whose home is a fresh demo, and clears up behind it.
    static func withDemo<T: Sendable>(_ body: @Sendable (Workplace) async throws -> T) async throws -> T {
        try await with { place in
            try await DemoTemplate.shared.copy(to: place.home)
            return try await body(place)
        }
    }

    static func with<T: Sendable>(_ body: @Sendable (Workplace) async throws -> T) async throws -> T {
        let place = try Workplace()
        do {
            let result = try await body(place)
            await place.close()
            return result
        } catch {
            await place.close()
            throw error
        }
    }

    /// Nothing of the environment of the tests themselves gets in.
    var environment: [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": folder, "LANG": "C.UTF-8", "USER": "tester",
            "TERM": "xterm-256color", "SHELL": "/bin/sh", "XDG_CONFIG_HOME": folder + "/config",
            "PORTALDESK_HOME": home,
        ]
    }

    func start(_ arguments: String..., changes: [String: String?] = [:], input: String = "") throws -> Child {
        try start(arguments, changes: changes, input: input)
    }

    func start(_ arguments: [String], changes: [String: String?] = [:], input: String = "") throws -> Child {
        var variables = environment
        for (name, value) in changes { variables[name] = value }
        return try Child.start([program] + arguments, environment: variables, folder: folder, input: Array(input.utf8))
    }

    /// Runs the program to its end.
    func run(_ arguments: String..., changes: [String: String?] = [:], input: String = "", limit: Int = 60) async throws
        -> Run
    {
        try await run(arguments, changes: changes, input: input, limit: limit)
    }

    func run(
        _ arguments: [String], changes: [String: String?] = [:], input: String = "", limit: Int = 60
    ) async throws -> Run {
        try await finish(try start(arguments, changes: changes, input: input), limit: limit)
    }

    /// Runs another program, such as /usr/bin/python3, to its end.
    func tool(_ command: String..., input: String = "", limit: Int = 60) async throws -> Run {
        let child = try Child.start(command, environment: environment, folder: folder, input: Array(input.utf8))
        return try await finish(child, limit: limit)
    }

    func finish(_ child: Child, limit: Int = 60) async throws -> Run {
        let status = try await child.wait(limit: limit)
        return Run(status: status, bytes: child.outputBytes, errors: child.errorText)
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func text(of path: String) -> String {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The processes whose command line names this workplace: our worker, our sandbox, our desk.
    func processes(_ word: String = "") -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { pid in
            let line = Self.commandLine(pid)
            return pid != getpid() && line.contains { $0.hasPrefix(folder) }
                && (word.isEmpty || line.dropFirst().contains(word))
        }
    }

    static func commandLine(_ pid: pid_t) -> [String] {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline")) else { return [] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    func close() async {
        for _ in 0..<5 {
            let left = processes()
            if left.isEmpty { break }
            left.forEach { kill($0, SIGKILL) }
            await offPool { for pid in left { Self.awaitEnd(of: pid) } }
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Waits until a process that is not our child is gone, for 10 seconds at most.
    static func awaitEnd(of pid: pid_t, limit: Int32 = 10_000) {
        let descriptor = pidfd(pid)
        guard descriptor >= 0 else { return }
        defer { Glibc.close(descriptor) }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, limit)
    }
}
