import Dispatch
import Glibc

/// Tells when anything was committed to the workspace, by any process: every commit touches `run/wake`.
///
/// Costs nothing while nothing happens: the kernel watches. Where it grants no watch (a user may hold 128 of them on
/// many systems), the file is looked at every two seconds instead, for a desk or a worker that no commit wakes would
/// stand still.
// @unchecked: the source is made in init and only cancelled in deinit; Dispatch guards it itself.
public final class WakeWatcher: @unchecked Sendable {
    private let source: any DispatchSourceProtocol

    /// How long a commit may go unnoticed where the kernel does not tell.
    static let interval = Duration.seconds(2)

    public convenience init(path: String, queue: DispatchQueue, onWake: @escaping @Sendable () -> Void) {
        self.init(path: path, queue: queue, interval: Self.interval, asksKernel: true, onWake: onWake)
    }

    init(
        path: String, queue: DispatchQueue, interval: Duration, asksKernel: Bool,
        onWake: @escaping @Sendable () -> Void
    ) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if file >= 0 { close(file) }
        if asksKernel, let watch = Self.watch(path) {
            let source = DispatchSource.makeReadSource(fileDescriptor: watch, queue: queue)
            source.setEventHandler {
                Self.drain(watch)
                onWake()
            }
            source.setCancelHandler { close(watch) }
            self.source = source
        } else {
            let source = DispatchSource.makeTimerSource(queue: queue)
            let look = WakeLook(path: path)
            source.setEventHandler { if look.hasNews() { onWake() } }
            source.schedule(deadline: .now() + interval.dispatch, repeating: interval.dispatch)
            self.source = source
        }
        source.resume()
    }

    deinit { source.cancel() }

    /// A descriptor that becomes readable when the file is written; nil when the kernel grants none.
    private static func watch(_ path: String) -> Int32? {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, UInt32(IN_MODIFY) | UInt32(IN_ATTRIB)) >= 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func drain(_ descriptor: Int32) {
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { buffer in
            while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
        }
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

extension Duration {
    fileprivate var dispatch: DispatchTimeInterval {
        .milliseconds(Int(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000))
    }
}
