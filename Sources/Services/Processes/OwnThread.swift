import Foundation

/// Work that blocks or computes for long, on a thread of its own: the pool's two threads must stay free.
enum OwnThread {
    static func run<T: Sendable>(
        stackSize: Int = 1 << 20, _ body: @escaping @Sendable () throws(Complaint) -> T
    ) async throws(Complaint) -> T {
        let result: Result<T, Complaint> = await withCheckedContinuation { continuation in
            let thread = Thread {
                do throws(Complaint) {
                    continuation.resume(returning: .success(try body()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            thread.stackSize = stackSize
            thread.start()
        }
        return try result.get()
    }

    /// The same for work that cannot fail.
    static func result<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: body()) }
            thread.stackSize = 1 << 20
            thread.start()
        }
    }
}
