import Glibc

/// An exclusive lock on a file for the life of a process; the kernel drops it at any kind of death.
public final class FileLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    /// nil when another process holds it. `note` is written into the file for people who look.
    ///
    /// - Parameter patience: how often to try again after 20 ms: `isHeld` holds the lock for a moment.
    public static func take(_ path: String, note: String, patience: Int = 5) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        for attempt in 0...patience {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                ftruncate(descriptor, 0)
                let line = note + "\n"
                _ = line.withCString { write(descriptor, $0, strlen($0)) }
                return FileLock(descriptor: descriptor)
            }
            if attempt < patience { usleep(20_000) }
        }
        close(descriptor)
        return nil
    }

    /// Whether some process holds the lock now.
    public static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    public func release() { close(descriptor) }
}
