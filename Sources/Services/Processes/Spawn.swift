import CProcess
import Foundation
import Glibc
import Secrets

/// Starts our own program as a separate process that outlives its parent's terminal.
public struct Spawn: Sendable {
    /// Path of the running program.
    public let executable: String

    public init(executable: String) { self.executable = executable }

    /// Starts it with standard output and error appended to `output` (mode 0600), and `input`, of at most a pipe's 4 kB,
    /// on its standard input: neither arguments nor environment, which others could read.
    public func start(_ arguments: [String], input: SecretBytes? = nil, output: String) throws(Complaint) {
        var child: pid_t = 0
        guard let input else { return try launch(arguments, output: output, ready: nil, child: &child) }
        let pipe = Pipe()
        let isWritten = input.withBytes { bytes in
            write(pipe.fileHandleForWriting.fileDescriptor, bytes.baseAddress, bytes.count) == bytes.count
        }
        guard isWritten else {
            throw Complaint("cannot hand the key to a background process", status: .inputOutput)
        }
        let end = pipe.fileHandleForReading.fileDescriptor
        try launch(arguments, output: output, input: end, ready: nil, child: &child)
        try? pipe.fileHandleForReading.close()
        try? pipe.fileHandleForWriting.close()
    }

    /// Starts it and gives back the reading end of its standard output, from which it says that it is ready.
    public func startAndListen(_ arguments: [String], output: String) throws(Complaint) -> FileHandle {
        var child: pid_t = 0
        var ready: Int32 = -1
        try launch(arguments, output: output, ready: &ready, child: &child)
        return FileHandle(fileDescriptor: ready, closeOnDealloc: true)
    }

    private func launch(
        _ arguments: [String], output: String, input: Int32 = -1, ready: UnsafeMutablePointer<Int32>?,
        child: inout pid_t
    ) throws(Complaint) {
        var copies = ([executable] + arguments).map { strdup($0) }
        copies.append(nil)
        defer { copies.forEach { free($0) } }
        let code = process_spawn_detached(executable, &copies, output, input, ready, &child)
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
