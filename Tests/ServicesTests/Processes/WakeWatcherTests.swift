import Dispatch
import Foundation
import Testing

@testable import Services

/// Who waits for commits is told of them, also where the kernel grants no watch.
@Suite("Waking for commits")
struct WakeWatcherTests {
    @Test("A commit wakes whoever watches", arguments: [true, false])
    func aWriteIsNoticed(asksKernel: Bool) async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "wake-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        let (wakes, post) = AsyncStream.makeStream(of: Void.self)
        let watcher = WakeWatcher(
            path: place.path, queue: DispatchQueue(label: "wakes"), interval: .milliseconds(5), asksKernel: asksKernel
        ) { post.yield() }
        var reader = wakes.makeAsyncIterator()
        for byte in UInt8(1)...3 {
            try Data([byte]).write(to: place)
            #expect(await reader.next() != nil)
        }
        withExtendedLifetime(watcher) {}
    }

    @Test("Without the kernel's word, a file that nobody writes wakes nobody after the first looks")
    func silenceStaysSilence() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "wake-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        try Data([1]).write(to: place)
        let look = WakeLook(path: place.path)
        #expect(look.hasNews())
        #expect(!look.hasNews())
        #expect(!look.hasNews())
    }
}
