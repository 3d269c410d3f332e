/// Lets a few simulated houses stand at a time. All tests of a process begin at once: hundreds of servers on two threads
/// would keep each other waiting until clients give up.
public actor TestRoom {
    private static let shared = TestRoom()
    @TaskLocal private static var isInside = false

    private var free = 8
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Runs `body` when there is room. A house within a house is let in.
    public static func with<T>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
    ) async rethrows -> T {
        guard !isInside else { return try await body() }
        await shared.enter()
        do {
            let result = try await $isInside.withValue(true) { try await body() }
            await shared.leave()
            return result
        } catch {
            await shared.leave()
            throw error
        }
    }

    private func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        free += 1
    }
}
