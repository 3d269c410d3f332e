import Dispatch

/// The wakes of a workspace as a sequence: one element at once, then one for each batch of commits.
///
/// Never ends by itself. For one reader.
public final class WakeStream: AsyncSequence, Sendable {
    private let stream: AsyncStream<Void>
    private let watcher: WakeWatcher

    public init(path: String) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.stream = stream
        watcher = WakeWatcher(path: path, queue: DispatchQueue(label: "wake")) { continuation.yield() }
        continuation.yield()
    }

    public func makeAsyncIterator() -> Iterator { Iterator(owner: self, base: stream.makeAsyncIterator()) }

    /// Keeps the watch alive as long as somebody reads.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let owner: WakeStream
        fileprivate var base: AsyncStream<Void>.Iterator

        public mutating func next() async -> Void? { await base.next() }
    }
}
