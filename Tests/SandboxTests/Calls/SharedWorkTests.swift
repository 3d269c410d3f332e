import Domain
import Synchronization
import Testing
import Wire

@testable import Portals

@Suite("Work that several wait for")
struct SharedWorkTests {
    /// Opens once, for all who wait.
    private final class Gate: Sendable {
        private let pipe = AsyncStream<Void>.makeStream()
        func open() { pipe.continuation.finish() }
        func pass() async { for await _ in pipe.stream {} }
    }

    private static func value(_ work: SharedWork<Int>) -> Task<Int, Never> { Task { await work.value() } }

    @Test("It goes on while one of those who wait is left, and ends with the last")
    func ends() async throws {
        let gate = Gate()
        let work = SharedWork { () -> Int in
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                gate.open()
            }
            return Task.isCancelled ? 0 : 1
        }
        let first = Self.value(work)
        let second = Self.value(work)
        first.cancel()
        second.cancel()
        #expect(await first.value == 0)
        #expect(await second.value == 0)
        #expect(work.isEnded)
    }

    @Test("Who asks for a token while a fetch that nobody wants any more still ends gets one")
    func joins() async throws {
        let calls = Mutex(0)
        // Each is passed by one alone.
        let (begun, ended, wakes, goesOn) = (Gate(), Gate(), Gate(), Gate())
        let tokens = BridgeTokens { _ in
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            if number > 1 { return .success(BridgeToken(accessToken: "second", expiresIn: 900)) }
            await withTaskCancellationHandler {
                begun.open()
                await wakes.pass()
            } onCancel: {
                wakes.open()
                ended.open()
            }
            await Task { await goesOn.pass() }.value
            return .failure(PortalFailure(.internal, "cancelled"))
        }
        let first = Task { try? await tokens.token(deadline: .now + .seconds(60)) }
        await begun.pass()
        first.cancel()
        await ended.pass()
        let second = Task { try? await tokens.token(deadline: .now + .seconds(60)) }
        for _ in 0..<200 { await Task.yield() }
        goesOn.open()
        #expect(await second.value == "second")
        #expect(await first.value == nil)
    }
}
