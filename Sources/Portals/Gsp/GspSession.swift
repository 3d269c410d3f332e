import Crypto
import Domain
import FoundationEssentials
import Secrets
import Wire

/// What a login at GSTN left behind for one GSTIN: an OTP under way, or an open session with its keys.
public struct GspSession: Sendable {
    public enum State: String, Sendable, CaseIterable {
        /// An OTP was asked for; the taxpayer has it.
        case pending
        case open
        /// It ended and could not be refreshed: only the taxpayer's OTP opens another.
        case ended
    }

    public var state: State
    /// The 32 bytes that the client chose for this login.
    var appKey: SymmetricKey
    var sessionKey: SymmetricKey?
    /// A bearer secret, as the keys are.
    var token: String
    /// Of an open session its end, of a pending one the end of its OTP.
    public var expiresAt: Instant
    /// When the session was opened or last refreshed, or the OTP asked for.
    public var changedAt: Instant

    init(pending appKey: SymmetricKey, at now: Instant, until: Instant) {
        state = .pending
        self.appKey = appKey
        token = ""
        expiresAt = until
        changedAt = now
    }

    init(open token: String, appKey: SymmetricKey, sessionKey: SymmetricKey?, at now: Instant, until: Instant) {
        state = .open
        self.token = token
        self.appKey = appKey
        self.sessionKey = sessionKey
        expiresAt = until
        changedAt = now
    }

    /// When it is time to refresh: with a tenth of its life left, at least five minutes, at most an hour before the end;
    /// but never before half of a short life has passed, nor within a minute, or a refresh would follow on the other.
    public var refreshAt: Instant {
        let life = expiresAt.since(changedAt)
        let ahead = min(max(life / 10, .seconds(300)), .seconds(3_600))
        return max(expiresAt - ahead, changedAt + max(life / 2, .seconds(60)))
    }
}

extension GspSession {
    private struct Stored: Codable {
        var state: String
        var appKey: String
        var sessionKey: String?
        var token: String
        var expiresAt: Int64
        var changedAt: Int64
    }

    /// As it is sealed and kept.
    public func secret() -> SecretBytes {
        let stored = Stored(
            state: state.rawValue, appKey: Base64.text(appKey.withUnsafeBytes(Array.init)),
            sessionKey: sessionKey.map { Base64.text($0.withUnsafeBytes(Array.init)) }, token: token,
            expiresAt: expiresAt.milliseconds, changedAt: changedAt.milliseconds)
        var bytes = (try? JSONEncoder().encode(stored)).map { [UInt8]($0) } ?? []
        return SecretBytes(consuming: &bytes)
    }

    /// nil for what is no session of this version: it is then opened anew.
    public init?(_ secret: SecretBytes) {
        let stored = secret.withBytes { try? JSONDecoder().decode(Stored.self, from: Data($0)) }
        guard let stored, let state = State(rawValue: stored.state), let appKey = Base64.bytes(stored.appKey) else {
            return nil
        }
        self.state = state
        self.appKey = SymmetricKey(data: appKey)
        sessionKey = stored.sessionKey.flatMap(Base64.bytes).map { SymmetricKey(data: $0) }
        token = stored.token
        expiresAt = Instant(milliseconds: stored.expiresAt)
        changedAt = Instant(milliseconds: stored.changedAt)
    }
}

/// Where sessions are kept between calls and runs: sealed, by the layer above.
public protocol GspSessionKeeper: Sendable {
    func session(of identity: PortalIdentity) async throws -> GspSession?
    /// Durable when it returns. nil: nothing is left that could be used.
    func keep(_ session: GspSession?, of identity: PortalIdentity, note: String) async throws
}
