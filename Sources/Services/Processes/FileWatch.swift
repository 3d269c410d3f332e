import Dispatch
import Glibc

/// Tells when something happens to one file, by whichever process.
///
/// Costs nothing while nothing happens: the kernel watches. Where it grants no watch (a user may hold 128 of them on
/// many systems), the file is looked at now and then instead.
// @unchecked: the source is made in init and only cancelled in deinit; Dispatch guards it itself.
final class FileWatch: @unchecked Sendable {
    /// What the kernel is asked to tell.
    enum Event {
        /// Its content or its times were changed.
        case written
        /// Somebody who could write it has closed it, or ended with it open.
        case closed

        fileprivate var mask: UInt32 {
            switch self {
            case .written: UInt32(IN_MODIFY) | UInt32(IN_ATTRIB)
            case .closed: UInt32(IN_CLOSE_WRITE)
            }
        }
    }

    /// What is done where the kernel does not tell.
    struct Fallback {
        /// From one look to the next.
        var interval: Duration
        /// Whether a look gives reason to report. Called on the watch's queue alone.
        var hasNews: @Sendable () -> Bool = { true }
    }

    private let source: any DispatchSourceProtocol

    /// Makes the file where there is none, and begins.
    ///
    /// - Parameters:
    ///   - asksKernel: false leaves it to the fallback.
    ///   - onEvent: called on `queue`, once for what happened since the last call.
    init(
        _ path: String, for event: Event, orElse fallback: Fallback, queue: DispatchQueue, asksKernel: Bool = true,
        onEvent: @escaping @Sendable () -> Void
    ) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if file >= 0 { close(file) }
        if asksKernel, let watch = Self.watch(path, event.mask) {
            let source = DispatchSource.makeReadSource(fileDescriptor: watch, queue: queue)
            source.setEventHandler {
                Self.drain(watch)
                onEvent()
            }
            source.setCancelHandler { close(watch) }
            self.source = source
        } else {
            let source = DispatchSource.makeTimerSource(queue: queue)
            source.setEventHandler { if fallback.hasNews() { onEvent() } }
            let interval = fallback.interval.dispatch
            source.schedule(deadline: .now() + interval, repeating: interval)
            self.source = source
        }
        source.resume()
    }

    deinit { source.cancel() }

    /// A descriptor that becomes readable when it happens; nil when the kernel grants none.
    private static func watch(_ path: String, _ mask: UInt32) -> Int32? {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, mask) >= 0 else {
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

extension Duration {
    fileprivate var dispatch: DispatchTimeInterval {
        .milliseconds(Int(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000))
    }
}
