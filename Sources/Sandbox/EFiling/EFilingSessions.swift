import Domain

/// Who is logged in at the simulated e-filing portal. In memory only: a restart logs everybody out, as a portal's does.
actor EFilingSessions {
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

    private let now: @Sendable () -> Instant
    /// Step 2 that comes sooner after step 1 is refused.
    private let loginWait: Duration
    private var begun: [String: Begun] = [:]
    /// Request ids whose password was right while another session stood in the way, with their users.
    private var waiting: [String: String] = [:]
    private var sessions: [String: Session] = [:]
    private var live: [String: String] = [:]
    private var counters: [String: Int] = [:]

    init(loginWait: Duration, now: @escaping @Sendable () -> Instant) {
        self.loginWait = loginWait
        self.now = now
    }

    // MARK: Login

    func begin(_ user: String) -> String {
        let id = "SBX\(Digits.padded(count("request id"), 12))"
        begun[id] = Begun(user: user, at: now())
        return id
    }

    /// Uses a request id up, whether or not it was good: a second step 2 with it is refused.
    func spend(_ id: String, user: String) -> Bool {
        guard let known = begun.removeValue(forKey: id), known.user == user else { return false }
        return now().since(known.at) >= loginWait
    }

    func awaitContinue(_ id: String, user: String) { waiting[id] = user }

    func takeContinue(_ id: String, user: String) -> Bool { waiting.removeValue(forKey: id) == user }

    // MARK: Sessions

    func hasSession(_ user: String) -> Bool { live[user].map { self.user($0) != nil } ?? false }

    /// Opens the one session of a user and ends the one before.
    func open(_ user: String) -> String {
        if let old = live[user] { sessions[old] = nil }
        var random = SystemRandomNumberGenerator()
        let token = (0..<3).map { _ in String(random.next(), radix: 16) }.joined()
        sessions[token] = Session(user: user, ordinal: count("session \(user)"), usedAt: now())
        live[user] = token
        return token
    }

    func user(_ token: String) -> (name: String, ordinal: Int)? {
        guard let session = sessions[token] else { return nil }
        guard now().since(session.usedAt) < Self.idleLife else {
            end(token)
            return nil
        }
        sessions[token]?.usedAt = now()
        return (session.user, session.ordinal)
    }

    func end(_ token: String) {
        guard let session = sessions.removeValue(forKey: token) else { return }
        if live[session.user] == token { live[session.user] = nil }
    }

    /// Counts up by name and returns the new number.
    func count(_ name: String) -> Int {
        counters[name, default: 0] += 1
        return counters[name, default: 0]
    }
}
