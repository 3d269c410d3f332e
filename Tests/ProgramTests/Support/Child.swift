import Foundation
import Glibc
import Synchronization

/// A process that a test started. Its output goes to files, so nothing blocks on a pipe that nobody reads.
final class Child: Sendable {
    let pid: pid_t
    let outputFile: String
    let errorFile: String
    private let reaped = Mutex(false)

    private init(pid: pid_t, outputFile: String, errorFile: String) {
        self.pid = pid
        self.outputFile = outputFile
        self.errorFile = errorFile
    }

    /// Starts `command`; `output` is a descriptor for its standard output instead of a file.
    static func start(
        _ command: [String], environment: [String: String], folder: String, input: [UInt8] = [], output: Int32? = nil
    ) throws -> Child {
        let base = "\(folder)/child-\(UUID().uuidString.prefix(8))"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        try Data(input).write(to: URL(fileURLWithPath: base + ".in"))
        posix_spawn_file_actions_addopen(&actions, 0, base + ".in", O_RDONLY, 0)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, base + ".out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, 2, base + ".err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var arguments = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.clearSignals(&attributes)
        let code = posix_spawnp(&pid, command.first ?? "", &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw Trouble("cannot start \(command): \(String(cString: strerror(code)))") }
        return Child(pid: pid, outputFile: base + ".out", errorFile: base + ".err")
    }

    /// The pool's threads block most signals; what they start must not inherit that.
    private static func clearSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    func signal(_ number: Int32) { reaped.withLock { if !$0 { _ = kill(pid, number) } } }

    /// Its exit status, 128 plus the number of the signal that ended it.
    /// - Throws: when it had to be killed because it did not end within `limit` seconds.
    func wait(limit: Int = 60) async throws -> Int32 {
        let isLate = Mutex(false)
        let watchdog = DispatchWorkItem { [self] in
            isLate.withLock { $0 = true }
            signal(SIGKILL)
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(limit), execute: watchdog)
        let status = await offPool { [self] in reap() }
        watchdog.cancel()
        if isLate.withLock({ $0 }) { throw Trouble("process \(pid) did not end in \(limit) s; it said: \(errorText)") }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    private func reap() -> Int32 {
        var information = siginfo_t()
        // Not reaped before the flag is set, so that no signal can reach a process that took over the number.
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        var status: Int32 = 0
        reaped.withLock { reaped in
            waitpid(pid, &status, 0)
            reaped = true
        }
        return status
    }

    var outputBytes: [UInt8] { Self.read(outputFile) }
    var errorText: String { String(decoding: Self.read(errorFile), as: UTF8.self) }

    private static func read(_ path: String) -> [UInt8] {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map(Array.init) ?? []
    }
}
