import Crypto
import Domain
import Synchronization
import Wire

/// What the simulated GSTN remembers: OTPs that were sent, sessions, and how often something was asked.
final class GstnState: Sendable {
    struct Session: Sendable {
        var token: String
        var gstin: String
        var appKey: SymmetricKey
        var sek: SymmetricKey
        var expiresAt: Instant
        /// Until when the taxpayer lets software in; a refresh goes no further.
        var accessEndsAt: Instant
        /// Whether a GSP keeps the keys and hands the data over in clear.
        var isPlain = false
    }

    private struct Otp {
        var appKey: SymmetricKey
        var expiresAt: Instant
    }

    /// Facts: gstn-taxpayer 1.5; the number of sessions is our own choice.
    static let mostSessions = 3
    static let otpLife = Duration.seconds(600)

    private struct Kept {
        var sessions: [String: Session] = [:]
        /// Ids that were used in a session, by its token.
        var transactions: [String: Set<String>] = [:]
        var otps: [String: Otp] = [:]
        var counters: [String: Int] = [:]
    }

    private let now: @Sendable () -> Instant
    private let life: Duration
    private let accessWindow: Duration
    private let kept = Mutex(Kept())

    init(sessionLife: Duration, accessWindow: Duration, now: @escaping @Sendable () -> Instant) {
        life = sessionLife
        self.accessWindow = accessWindow
        self.now = now
    }

    func count(_ name: String) -> Int {
        kept.withLock { kept in
            kept.counters[name, default: 0] += 1
            return kept.counters[name, default: 0]
        }
    }

    /// How often it was counted, without counting.
    func seen(_ name: String) -> Int { kept.withLock { $0.counters[name, default: 0] } }

    /// A new OTP voids the one before.
    func sendOtp(_ gstin: String, appKey: SymmetricKey) {
        let otp = Otp(appKey: appKey, expiresAt: now() + Self.otpLife)
        kept.withLock { $0.otps[gstin] = otp }
    }

    /// Whether an OTP is under way for the app key that seals it now.
    func takeOtp(_ gstin: String) -> Bool {
        let now = now()
        return kept.withLock { kept in
            guard let otp = kept.otps[gstin], otp.expiresAt > now else { return false }
            kept.otps[gstin] = nil
            return true
        }
    }

    /// The app key with which the OTP that is under way was asked for; nil when none is.
    func keyOfOtp(_ gstin: String) -> SymmetricKey? {
        let now = now()
        return kept.withLock { $0.otps[gstin].flatMap { $0.expiresAt > now ? $0.appKey : nil } }
    }

    func openSessions(_ gstin: String) -> Int {
        let now = now()
        return kept.withLock { $0.sessions.values.count { $0.gstin == gstin && $0.expiresAt > now } }
    }

    func open(_ gstin: String, appKey: SymmetricKey, isPlain: Bool = false) -> Session {
        let now = now()
        let session = Session(
            token: Self.token(), gstin: gstin, appKey: appKey, sek: SymmetricKey(size: .bits256),
            expiresAt: now + life, accessEndsAt: now + accessWindow, isPlain: isPlain)
        kept.withLock { $0.sessions[session.token] = session }
        return session
    }

    /// A new token and session key in place of the old ones; nil when the taxpayer's window has ended.
    func refresh(_ token: String, appKey: SymmetricKey) -> Session? {
        let now = now()
        return kept.withLock { kept in
            guard var session = kept.sessions[token], session.accessEndsAt > now else { return nil }
            kept.sessions[token] = nil
            kept.transactions[token] = nil
            session.token = Self.token()
            session.appKey = appKey
            session.sek = SymmetricKey(size: .bits256)
            session.expiresAt = min(now + life, session.accessEndsAt)
            kept.sessions[session.token] = session
            return session
        }
    }

    func session(_ token: String) -> Session? {
        let now = now()
        guard let session = kept.withLock({ $0.sessions[token] }), session.expiresAt > now else { return nil }
        return session
    }

    /// Whether an expired session was known once: another error than a token that never was.
    func wasKnown(_ token: String) -> Bool { kept.withLock { $0.sessions[token] != nil } }

    func close(_ token: String) {
        kept.withLock { kept in
            kept.sessions[token] = nil
            kept.transactions[token] = nil
        }
    }

    /// Each transaction id is good once in a session.
    func spend(_ transaction: String, of token: String) -> Bool {
        kept.withLock { kept in
            kept.sessions[token] != nil && kept.transactions[token, default: []].insert(transaction).inserted
        }
    }

    private static func token() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let text = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
