import Dispatch
import Foundation
import Testing

@testable import Services

/// Who waits for the end of a worker is told when its lock file is closed, also where the kernel grants no watch.
@Suite("The end of a worker") struct WorkerEndsTests {
    @Test("A lock file that its holder closes is told of", arguments: [true, false])
    func anEndIsTold(asksKernel: Bool) async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        let lock = try #require(try FileLock.take(place.path, note: "1"))
        let (ends, post) = AsyncStream.makeStream(of: Void.self)
        let watch = WorkerEnds(
            lock: place.path, queue: DispatchQueue(label: "ends"), interval: .milliseconds(5), asksKernel: asksKernel
        ) { post.yield() }
        lock.release()
        var reader = ends.makeAsyncIterator()
        #expect(await reader.next() != nil)
        withExtendedLifetime(watch) {}
    }
}
