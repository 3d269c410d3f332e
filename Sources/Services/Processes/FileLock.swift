import CProcess
import Glibc
import Synchronization

/// An exclusive lock on a file for the life of a process; the kernel drops it at any kind of death.
///
/// Asking who holds it takes nothing, so a question never stands in the way of a start.
public final class FileLock: Sendable {
    private let descriptor: Mutex<Int32>

    private init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { release() }

    /// nil when another process holds it. `note` is written into the file for people who look; an orderly end takes it
    /// away again.
    ///
    /// - Throws: a `Complaint` when the file cannot be opened or locked for another reason.
    public static func take(_ path: String, note: String) throws(Complaint) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw unusable(path, errno) }
        let code = process_lock_file(descriptor)
        guard code == 0 else {
            close(descriptor)
            if code == EAGAIN || code == EACCES { return nil }
            throw unusable(path, code)
        }
        // Without the note, on a full disk, the lock is as good.
        ftruncate(descriptor, 0)
        let line = note + "\n"
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
        return FileLock(descriptor: descriptor)
    }

    private static func unusable(_ path: String, _ code: Int32) -> Complaint {
        let status: ExitStatus = code == EACCES || code == EPERM ? .notPermitted : .inputOutput
        return Complaint("cannot lock \(path)", why: String(cString: strerror(code)), status: status)
    }

    /// Whether some process, this one included, holds the lock now.
    public static func isHeld(_ path: String) -> Bool {
        // Not for writing: whoever waits for the holder's end is told when a file open for writing is closed.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return process_file_is_locked(descriptor) == 1
    }

    /// Whether the last holder did not release the lock: it died, or holds it still.
    public static func isLeftBehind(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size > 0
    }

    /// Safe to call again.
    public func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 {
                ftruncate(descriptor, 0)
                process_unlock_file(descriptor)
                close(descriptor)
            }
            descriptor = -1
        }
    }
}
