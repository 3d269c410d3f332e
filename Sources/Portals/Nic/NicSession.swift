import Crypto
import Domain
import FoundationEssentials
import Secrets
import Wire

/// An open session at NIC for one GSTIN: a token, and the key that everything is sealed under
/// (facts: nic-einvoice-ewb 1.4).
public struct NicSession: Sendable {
    /// Names the login that opened it: NIC gives the same token again to a later one (facts: nic-einvoice-ewb 1.4), and
    /// what was discarded is told from that.
    public let id: String
    /// A bearer secret, as the key is.
    var token: String
    /// nil where a GSP does the cryptography: the token is then of our firm at the GSP.
    var sek: SymmetricKey?
    public var expiresAt: Instant
    /// Which state of the login opened it; a session of another one is not used.
    public var userVersion: Int

    /// - Parameter id: random; nil for a session that is never kept.
    init(id: String? = nil, token: String, sek: SymmetricKey?, expiresAt: Instant, userVersion: Int) {
        self.id = id ?? token
        self.token = token
        self.sek = sek
        self.expiresAt = expiresAt
        self.userVersion = userVersion
    }

    /// NIC gives a new token in the last ten minutes of the old one and no earlier.
    static let refreshWindow = Duration.seconds(600)
    /// A token is not used in its last moments: it would run out on the way.
    static let margin = Duration.seconds(30)

    private struct Stored: Codable {
        /// Missing in what older versions kept.
        var id: String?
        var token: String
        var sek: String
        var expiresAt: Int64
        var userVersion: Int
    }

    /// As it is sealed and kept.
    public func secret() -> SecretBytes {
        let stored = Stored(
            id: id, token: token, sek: Base64.text(sek?.withUnsafeBytes(Array.init) ?? []),
            expiresAt: expiresAt.milliseconds,
            userVersion: userVersion)
        var bytes = (try? JSONEncoder().encode(stored)).map { [UInt8]($0) } ?? []
        return SecretBytes(consuming: &bytes)
    }

    /// nil for what is no session of this version: it is then opened anew.
    public init?(_ secret: SecretBytes) {
        let stored = secret.withBytes { try? JSONDecoder().decode(Stored.self, from: Data($0)) }
        guard let stored, let sek = Base64.bytes(stored.sek), sek.count == NicKeys.size else { return nil }
        (id, token) = (stored.id ?? stored.token, stored.token)
        self.sek = SymmetricKey(data: sek)
        expiresAt = Instant(milliseconds: stored.expiresAt)
        userVersion = stored.userVersion
    }
}

/// Where sessions are kept between calls and runs: sealed, by the layer above. Logins are few: the e-way bill system
/// allows five in a quarter of an hour.
public protocol NicSessionKeeper: Sendable {
    func session(of gstin: Gstin) async throws -> NicSession?
    func keep(_ session: NicSession, of gstin: Gstin) async throws
    /// Never gives this one out again. Another one that was kept meanwhile stays.
    func discard(_ session: NicSession, of gstin: Gstin) async
    /// The authority refused this version of the user: it is not to be offered again.
    func refuse(_ gstin: Gstin, userVersion: Int, why: String) async
}
