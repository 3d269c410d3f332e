import Domain
import Synchronization

/// Who is logged in at the simulated e-filing portal. In memory only: a restart logs everybody out, as a portal's does.
final class EFilingSessions: Sendable {
    private struct Begun {
        var user: String
        var at: Instant
    }

    private struct Session {
        var user: String
        /// Number of this session of this user, from 1.
        var ordinal: Int
        var usedAt: Instant
    }

    /// A session ends this long after its last call. The portal's own figure is not published.
    private static let idleLife = Duration.seconds(900)

    private struct Kept {
        var begun: [String: Begun] = [:]
        /// Request ids whose password was right while another session stood in the way, with their users.
        var waiting: [String: String] = [:]
        var sessions: [String: Session] = [:]
        var live: [String: String] = [:]
        var counters: [String: Int] = [:]

        mutating func count(_ name: String) -> Int {
            counters[name, default: 0] += 1
            return counters[name, default: 0]
        }

        mutating func user(_ token: String, at now: Instant) -> (name: String, ordinal: Int)? {
            guard let session = sessions[token] else { return nil }
            guard now.since(session.usedAt) < EFilingSessions.idleLife else {
                end(token)
                return nil
            }
            sessions[token]?.usedAt = now
            return (session.user, session.ordinal)
        }

        mutating func end(_ token: String) {
            guard let session = sessions.removeValue(forKey: token) else { return }
            if live[session.user] == token { live[session.user] = nil }
        }
    }

    private let now: @Sendable () -> Instant
    /// Step 2 that comes sooner after step 1 is refused.
    private let loginWait: Duration
    private let kept = Mutex(Kept())

    init(loginWait: Duration, now: @escaping @Sendable () -> Instant) {
        self.loginWait = loginWait
        self.now = now
    }

    // MARK: Login

    func begin(_ user: String) -> String {
        let now = now()
        return kept.withLock { kept in
            let id = "SBX\(Digits.padded(kept.count("request id"), 12))"
            kept.begun[id] = Begun(user: user, at: now)
            return id
        }
    }

    /// Uses a request id up, whether or not it was good: a second step 2 with it is refused.
    func spend(_ id: String, user: String) -> Bool {
        guard let known = kept.withLock({ $0.begun.removeValue(forKey: id) }), known.user == user else { return false }
        return now().since(known.at) >= loginWait
    }

    func awaitContinue(_ id: String, user: String) { kept.withLock { $0.waiting[id] = user } }

    func takeContinue(_ id: String, user: String) -> Bool {
        kept.withLock { $0.waiting.removeValue(forKey: id) == user }
    }

    // MARK: Sessions

    func hasSession(_ user: String) -> Bool {
        let now = now()
        return kept.withLock { kept in kept.live[user].map { kept.user($0, at: now) != nil } ?? false }
    }

    /// Opens the one session of a user and ends the one before.
    func open(_ user: String) -> String {
        var random = SystemRandomNumberGenerator()
        let token = (0..<3).map { _ in String(random.next(), radix: 16) }.joined()
        let now = now()
        kept.withLock { kept in
            if let old = kept.live[user] { kept.sessions[old] = nil }
            kept.sessions[token] = Session(user: user, ordinal: kept.count("session \(user)"), usedAt: now)
            kept.live[user] = token
        }
        return token
    }

    func user(_ token: String) -> (name: String, ordinal: Int)? {
        let now = now()
        return kept.withLock { $0.user(token, at: now) }
    }

    func end(_ token: String) { kept.withLock { $0.end(token) } }

    func number(_ name: String) -> Int { kept.withLock { $0.counters[name] ?? 0 } }
    func forget(_ name: String) { kept.withLock { $0.counters[name] = nil } }

    /// Counts up by name and returns the new number.
    func count(_ name: String) -> Int { kept.withLock { $0.count(name) } }
}
