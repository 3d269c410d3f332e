import CProcess
import Foundation
import Glibc

/// Starts our own program as a separate process that outlives its parent's terminal.
public struct Spawn: Sendable {
    /// Path of the running program.
    public let executable: String

    public init(executable: String) { self.executable = executable }

    /// Starts it with standard output and error appended to `output` (mode 0600).
    public func start(_ arguments: [String], output: String) throws(Complaint) {
        var child: pid_t = 0
        try launch(arguments, output: output, ready: nil, child: &child)
    }

    /// Starts it and gives back the reading end of its standard output, from which it says that it is ready.
    public func startAndListen(_ arguments: [String], output: String) throws(Complaint) -> FileHandle {
        var child: pid_t = 0
        var ready: Int32 = -1
        try launch(arguments, output: output, ready: &ready, child: &child)
        return FileHandle(fileDescriptor: ready, closeOnDealloc: true)
    }

    private func launch(
        _ arguments: [String], output: String, ready: UnsafeMutablePointer<Int32>?, child: inout pid_t
    ) throws(Complaint) {
        var copies = ([executable] + arguments).map { strdup($0) }
        copies.append(nil)
        defer { copies.forEach { free($0) } }
        let code = process_spawn_detached(executable, &copies, output, ready, &child)
        guard code == 0 else {
            throw Complaint(
                "cannot start a background process", why: String(cString: strerror(code)),
                remedy: "Free memory or processes, then try again.", status: .inputOutput
            )
        }
        reap(child)
    }

    /// The child may end long before us; without a waiting thread it would stay behind as a zombie.
    private func reap(_ child: pid_t) {
        let thread = Thread { waitpid(child, nil, 0) }
        thread.stackSize = 64 * 1_024
        thread.start()
    }
}
