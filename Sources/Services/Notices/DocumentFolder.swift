import Domain
import Foundation
import Synchronization

/// Documents by the SHA-256 of their content: each stored once, never overwritten.
///
/// What waits while the disk is busy is made durable together: a flush takes the same time for one file as for twenty.
public final class DocumentFolder: Sendable {
    public let path: String
    private let state = Mutex(State())

    private struct State {
        var waiting: [Waiting] = []
        var isWriting = false
    }

    private struct Waiting: Sendable {
        let bytes: [UInt8]
        let conclude: @Sendable (Result<String, Complaint>) -> Void
    }

    private static let largestBatch = 64

    public init(path: String) { self.path = path }

    /// Where the bytes of a hash stand, or would stand; nil for what is no hash.
    public func file(sha256: String) -> String? { DocumentName(sha256)?.file(in: path) }

    /// - Returns: the hash in lower-case hex. The bytes are durable when it returns.
    func store(_ bytes: [UInt8]) async throws(Complaint) -> String {
        let result = await withCheckedContinuation { continuation in
            submit(Waiting(bytes: bytes) { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    /// Removes what was left behind by a worker that was ended while it wrote. For the only worker, before its first job.
    func clearDrafts() { DocumentBatch.clearDrafts(in: path) }

    private func submit(_ document: Waiting) {
        let mustStart = state.withLock { state in
            state.waiting.append(document)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard mustStart else { return }
        // The disk's flush takes milliseconds to seconds: not on one of the pool's two threads.
        let thread = Thread { [self] in
            while let batch = next() { write(batch) }
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    private func next() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.largestBatch))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func write(_ batch: [Waiting]) {
        let results = DocumentBatch.store(batch.map(\.bytes), in: path)
        for (document, result) in zip(batch, results) { document.conclude(result) }
    }
}
