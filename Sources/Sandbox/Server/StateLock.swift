import Glibc

/// Makes sure that one sandbox at a time serves a state folder. Freed by the system when the process ends.
final class StateLock: Sendable {
    private let descriptor: Int32

    init(_ folder: String) throws(SandboxProblem) {
        let descriptor = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SandboxProblem("cannot open \(folder)/lock: \(SystemText.lastError())") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw SandboxProblem("a sandbox already serves \(folder)", isRunning: true)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    static func isHeld(_ folder: String) -> Bool {
        let descriptor = open("\(folder)/lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
