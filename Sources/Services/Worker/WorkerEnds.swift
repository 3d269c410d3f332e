import Dispatch
import Glibc

/// Tells when a worker may have ended, of whatever: the kernel then closes the lock file that it held open.
///
/// Costs nothing while nothing happens. Who fails to take the lock closes the file as well, so the lock has to be looked
/// at. Where the kernel grants no watch, `onEnd` is called every five seconds instead.
// @unchecked: the source is made in init and only cancelled in deinit; Dispatch guards it itself.
public final class WorkerEnds: @unchecked Sendable {
    private let source: any DispatchSourceProtocol

    /// The kernel tells of the closing before it drops the lock: so long a look waits.
    public static let settling = Duration.milliseconds(250)

    public init(_ home: Home, queue: DispatchQueue, onEnd: @escaping @Sendable () -> Void) {
        let path = home.workerLock
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if file >= 0 { close(file) }
        if let watch = Self.watch(path) {
            let source = DispatchSource.makeReadSource(fileDescriptor: watch, queue: queue)
            source.setEventHandler {
                Self.drain(watch)
                onEnd()
            }
            source.setCancelHandler { close(watch) }
            self.source = source
        } else {
            let source = DispatchSource.makeTimerSource(queue: queue)
            source.setEventHandler { onEnd() }
            source.schedule(deadline: .now() + .seconds(5), repeating: .seconds(5))
            self.source = source
        }
        source.resume()
    }

    deinit { source.cancel() }

    private static func watch(_ path: String) -> Int32? {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, UInt32(IN_CLOSE_WRITE)) >= 0 else {
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
