internal import Glibc

/// The file that every commit touches, so that other processes learn of it through inotify (IN_MODIFY) and nobody polls.
final class WakeFile: Sendable {
    private let descriptor: Int32

    init(path: String) throws(StoreProblem) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw StoreProblem.opening(errno) }
    }

    deinit { Glibc.close(descriptor) }

    /// A missed wake costs a watcher some time, never truth; so a failure is no reason to fail a commit that stands.
    func touch() {
        var byte: UInt8 = 10
        _ = pwrite(descriptor, &byte, 1, 0)
    }
}
