import Crypto
import Domain
import Wire

/// What the simulated GSTN remembers: OTPs that were sent, sessions, and how often something was asked.
actor GstnState {
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
        var transactions: Set<String> = []
    }

    private struct Otp {
        var appKey: SymmetricKey
        var expiresAt: Instant
    }

    /// Facts: gstn-taxpayer 1.5; the number of sessions is our own choice.
    static let mostSessions = 3
    static let otpLife = Duration.seconds(600)

    private let now: @Sendable () -> Instant
    private let life: Duration
    private let accessWindow: Duration
    private var sessions: [String: Session] = [:]
    private var otps: [String: Otp] = [:]
    private var counters: [String: Int] = [:]

    init(sessionLife: Duration, accessWindow: Duration, now: @escaping @Sendable () -> Instant) {
        life = sessionLife
        self.accessWindow = accessWindow
        self.now = now
    }

    func count(_ name: String) -> Int {
        counters[name, default: 0] += 1
        return counters[name, default: 0]
    }

    /// How often it was counted, without counting.
    func seen(_ name: String) -> Int { counters[name, default: 0] }

    /// A new OTP voids the one before.
    func sendOtp(_ gstin: String, appKey: SymmetricKey) {
        otps[gstin] = Otp(appKey: appKey, expiresAt: now() + Self.otpLife)
    }

    /// Whether an OTP is under way for the app key that seals it now.
    func takeOtp(_ gstin: String) -> Bool {
        guard let otp = otps[gstin], otp.expiresAt > now() else { return false }
        otps[gstin] = nil
        return true
    }

    func hasOtp(_ gstin: String) -> Bool { otps[gstin].map { $0.expiresAt > now() } ?? false }

    func openSessions(_ gstin: String) -> Int {
        sessions.values.filter { $0.gstin == gstin && $0.expiresAt > now() }.count
    }

    func open(_ gstin: String, appKey: SymmetricKey, isPlain: Bool = false) -> Session {
        let now = now()
        let session = Session(
            token: Self.token(), gstin: gstin, appKey: appKey, sek: SymmetricKey(size: .bits256),
            expiresAt: now + life, accessEndsAt: now + accessWindow, isPlain: isPlain)
        sessions[session.token] = session
        return session
    }

    /// A new token and session key in place of the old ones; nil when the taxpayer's window has ended.
    func refresh(_ token: String, appKey: SymmetricKey) -> Session? {
        let now = now()
        guard var session = sessions[token], session.accessEndsAt > now else { return nil }
        sessions[token] = nil
        session.token = Self.token()
        session.appKey = appKey
        session.sek = SymmetricKey(size: .bits256)
        session.expiresAt = min(now + life, session.accessEndsAt)
        session.transactions = []
        sessions[session.token] = session
        return session
    }

    func session(_ token: String) -> Session? {
        guard let session = sessions[token], session.expiresAt > now() else { return nil }
        return session
    }

    /// Whether an expired session was known once: another error than a token that never was.
    func wasKnown(_ token: String) -> Bool { sessions[token] != nil }

    func close(_ token: String) { sessions[token] = nil }

    /// Each transaction id is good once in a session.
    func spend(_ transaction: String, of token: String) -> Bool {
        sessions[token]?.transactions.insert(transaction).inserted ?? false
    }

    private static func token() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let text = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
