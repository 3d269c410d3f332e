internal import Glibc

/// The workspace's advisory write lock. SQLite before 3.51.3 can damage a WAL file when two connections write or
/// checkpoint at once (reliability 11), so every process holds this around anything that does either.
final class FileLock: Sendable {
    private let descriptor: Int32

    init(path: String) throws(StoreProblem) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw StoreProblem.opening(errno) }
    }

    deinit { Glibc.close(descriptor) }

    /// Runs `body` while no other process holds the lock.
    /// - Throws: `.locked` when another holder kept it for `limit`.
    func whileHeld<T>(limit: Duration = .seconds(5), _ body: () throws -> T) throws -> T {
        try acquire(limit: limit)
        defer { release() }
        return try body()
    }

    private func acquire(limit: Duration) throws(StoreProblem) {
        let start = ContinuousClock.now
        var pause: UInt32 = 200
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            guard code == EWOULDBLOCK else { throw StoreProblem.opening(code) }
            guard ContinuousClock.now - start < limit else { throw .locked }
            usleep(pause)
            pause = min(pause * 2, 10_000)
        }
    }

    /// flock is not fair: yielding after the release lets a waiting process in.
    private func release() {
        flock(descriptor, LOCK_UN)
        sched_yield()
    }
}

extension StoreProblem {
    /// What a failed system call on one of the workspace's files means.
    static func opening(_ code: Int32) -> StoreProblem {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM, EROFS: .readOnly
        case ENOSPC, EDQUOT: .full
        default: .io(String(cString: strerror(code)))
        }
    }
}
