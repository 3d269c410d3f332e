import Crypto
import Domain
import Synchronization
import Wire

/// Tokens of the simulated NIC. One that a portal gave is good at all of them (facts: nic-einvoice-ewb 1.4). They live
/// in memory only: after a restart everybody logs in again.
final class NicSessions: Sendable {
    struct Session: Sendable {
        var token: String
        var sek: SymmetricKey
        var user: NicUsers.User
        var expiresAt: Instant
    }

    private struct Kept {
        var sessions: [String: Session] = [:]
        /// The living token of a user.
        var tokens: [String: String] = [:]
        var counters: [String: Int] = [:]
        /// First moment of a window and how many calls fell into it.
        var windows: [String: (from: Instant, count: Int)] = [:]
        var requestIds: Set<String> = []
    }

    /// A token is renewed on demand in its last minutes only.
    static let renewal = Duration.seconds(600)
    private static let window = Duration.seconds(900)

    private let now: @Sendable () -> Instant
    private let kept = Mutex(Kept())

    init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// The living session of a user, or a new one.
    func open(_ user: NicUsers.User, life: Duration, isForced: Bool) -> Session {
        let now = now()
        return kept.withLock { kept in
            if let token = kept.tokens[user.name], let session = kept.sessions[token], session.expiresAt > now,
                !(isForced && session.expiresAt - Self.renewal <= now)
            {
                return session
            }
            let session = Session(
                token: Self.token(), sek: SymmetricKey(size: .bits256), user: user, expiresAt: now + life)
            kept.tokens[user.name] = session.token
            kept.sessions[session.token] = session
            return session
        }
    }

    /// Whether it is expired or alive; nil for a token that never was.
    func session(_ token: String) -> (session: Session, isAlive: Bool)? {
        let now = now()
        return kept.withLock { $0.sessions[token] }.map { ($0, $0.expiresAt > now) }
    }

    func drop(_ token: String) {
        kept.withLock { kept in
            if let session = kept.sessions.removeValue(forKey: token) { kept.tokens[session.user.name] = nil }
        }
    }

    func count(_ name: String) -> Int {
        kept.withLock { kept in
            kept.counters[name, default: 0] += 1
            return kept.counters[name, default: 0]
        }
    }

    /// Whether a call still falls into its quarter of an hour, which begins with the first.
    func isWithin(_ most: Int, _ name: String) -> Bool {
        let now = now()
        return kept.withLock { kept in
            var window = kept.windows[name] ?? (now, 0)
            if window.from + Self.window <= now { window = (now, 0) }
            window.count += 1
            kept.windows[name] = window
            return window.count <= most
        }
    }

    /// Whether a request id is new.
    func spend(requestId: String) -> Bool { kept.withLock { $0.requestIds.insert(requestId).inserted } }

    /// 25 letters and digits, as NIC's are.
    private static func token() -> String {
        let signs = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var random = SystemRandomNumberGenerator()
        return String((0..<25).compactMap { _ in signs.randomElement(using: &random) })
    }
}
