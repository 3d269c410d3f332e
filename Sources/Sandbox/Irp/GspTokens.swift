import Synchronization

/// Bearer tokens of a simulated GSP, in memory only.
final class GspTokens: Sendable {
    private let given = Mutex<Set<String>>([])

    func give() -> String {
        var random = SystemRandomNumberGenerator()
        let token = (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
        given.withLock { _ = $0.insert(token) }
        return token
    }

    func forget(_ token: String) { given.withLock { _ = $0.remove(token) } }

    func has(_ token: String) -> Bool { given.withLock { $0.contains(token) } }
}
