import Dispatch

/// Tells when a worker may have ended, of whatever: the kernel then closes the lock file that it held open.
///
/// Who fails to take the lock closes the file as well, so the lock has to be looked at. Where the kernel grants no
/// watch, `onEnd` is called every five seconds instead.
public final class WorkerEnds: Sendable {
    private let watch: FileWatch

    /// The kernel tells of the closing before it drops the lock: so long a look waits.
    public static let settling = Duration.milliseconds(250)

    public convenience init(_ home: Home, queue: DispatchQueue, onEnd: @escaping @Sendable () -> Void) {
        self.init(lock: home.workerLock, queue: queue, interval: .seconds(5), asksKernel: true, onEnd: onEnd)
    }

    init(
        lock: String, queue: DispatchQueue, interval: Duration, asksKernel: Bool,
        onEnd: @escaping @Sendable () -> Void
    ) {
        watch = FileWatch(
            lock, for: .closed, orElse: .init(interval: interval), queue: queue, asksKernel: asksKernel, onEvent: onEnd)
    }
}
