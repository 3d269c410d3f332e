import Crypto
import Secrets

/// What is stored of a person's password: the hash that recognises it and the key that it opens.
public struct PersonalLogin: Hashable, Sendable {
    public let hash: PasswordHash
    public let key: PersonalKey

    public init(hash: PasswordHash, key: PersonalKey) {
        self.hash = hash
        self.key = key
    }

    /// A login for a new person, with a new key.
    ///
    /// Blocks for the time of one scrypt run, as does `unlock`.
    public static func make(
        _ person: String, _ password: SecretBytes, cost: PasswordHash.Cost = .standard
    ) throws(VaultProblem) -> (login: PersonalLogin, key: VaultPrivateKey) {
        let key = try VaultPrivateKey()
        return (try PersonalLogin(person, password, key, cost: cost), key)
    }

    /// The same key under another password.
    public init(
        _ person: String, _ password: SecretBytes, _ key: VaultPrivateKey, cost: PasswordHash.Cost = .standard
    ) throws(VaultProblem) {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let keys = try PasswordKeys.derive(password, cost: cost, salt: salt)
        hash = PasswordHash(verifier: keys.verifier, cost: cost, salt: salt)
        self.key = try PersonalKey(key, of: person, under: keys.wrapping)
    }

    /// The person's key; nil when the password is another one.
    ///
    /// - Throws: `.doesNotOpen` when the password is right and the stored key does not belong to it.
    public func unlock(_ person: String, _ password: SecretBytes) throws(VaultProblem) -> VaultPrivateKey? {
        guard let keys = try hash.keys(of: password) else { return nil }
        return try key.open(of: person, under: keys.wrapping)
    }

    /// Whether the hash is cheaper than the policy, and should be made anew at this login.
    public func isCheaper(than policy: PasswordHash.Cost) -> Bool { hash.isCheaper(than: policy) }
}
