import Dispatch
import Glibc

/// Tells when anything was committed to the workspace, by any process: every commit touches `run/wake`.
///
/// Costs nothing while nothing happens: the kernel watches.
// @unchecked: the source is made in init and only cancelled in deinit; Dispatch guards it itself.
public final class WakeWatcher: @unchecked Sendable {
    private let source: any DispatchSourceRead

    /// nil when the kernel grants no watch (its limit is reached); callers then reload on request only.
    public init?(path: String, queue: DispatchQueue, onWake: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if file >= 0 { close(file) }
        guard inotify_add_watch(descriptor, path, UInt32(IN_MODIFY) | UInt32(IN_ATTRIB)) >= 0 else {
            close(descriptor)
            return nil
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            WakeWatcher.drain(descriptor)
            onWake()
        }
        source.setCancelHandler { close(descriptor) }
        source.resume()
    }

    deinit { source.cancel() }

    private static func drain(_ descriptor: Int32) {
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { buffer in
            while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
