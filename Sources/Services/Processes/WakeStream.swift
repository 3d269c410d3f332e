import Dispatch

/// The wakes of a workspace as a sequence: one element at once, then one for each batch of commits.
public final class WakeStream: Sendable {
    public let stream: AsyncStream<Void>
    private let watcher: WakeWatcher?

    public init(path: String) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.stream = stream
        watcher = WakeWatcher(path: path, queue: DispatchQueue(label: "wake")) { continuation.yield() }
        continuation.yield()
        if watcher == nil { continuation.finish() }
    }
}
