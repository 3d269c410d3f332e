import Dispatch
import Glibc

/// Tells when anything was committed to the workspace, by any process: every commit touches `run/wake`.
///
/// Where the kernel grants no watch, the file is looked at every two seconds, for a desk or a worker that no commit wakes
/// would stand still.
public final class WakeWatcher: Sendable {
    private let watch: FileWatch

    /// How long a commit may go unnoticed where the kernel does not tell.
    static let interval = Duration.seconds(2)

    public convenience init(path: String, queue: DispatchQueue, onWake: @escaping @Sendable () -> Void) {
        self.init(path: path, queue: queue, interval: Self.interval, asksKernel: true, onWake: onWake)
    }

    init(
        path: String, queue: DispatchQueue, interval: Duration, asksKernel: Bool,
        onWake: @escaping @Sendable () -> Void
    ) {
        let look = WakeLook(path: path)
        watch = FileWatch(
            path, for: .written, orElse: .init(interval: interval) { look.hasNews() }, queue: queue,
            asksKernel: asksKernel, onEvent: onWake)
    }
}

/// When the wake file was last written, look by look. Used on one queue only.
final class WakeLook: @unchecked Sendable {
    private let path: String
    private var last: timespec?
    // What was written while the look was set up may bear the same time.
    private var wasFresh = true

    init(path: String) {
        self.path = path
        last = Self.modified(path)
    }

    /// Whether the file was written since the last look. A look that found news is repeated once: a second write within
    /// the same tick of the file system's clock leaves the same time.
    func hasNews() -> Bool {
        let now = Self.modified(path)
        let isNew = now?.tv_sec != last?.tv_sec || now?.tv_nsec != last?.tv_nsec
        last = now
        defer { wasFresh = isNew }
        return isNew || wasFresh
    }

    private static func modified(_ path: String) -> timespec? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mtim : nil
    }
}
