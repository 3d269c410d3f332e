import Crypto
import CryptoExtras
import Dispatch
import Foundation
import Secrets

/// What one scrypt run over a password gives: a verifier, of which alone the stored text is made, and a key that
/// wraps the person's private key. The stored text opens nothing (facts: reliability 10).
struct PasswordKeys {
    var verifier: [UInt8]
    /// 32 bytes.
    var wrapping: SecretBytes

    /// Each run takes 128 MiB: two at once, the others wait.
    private static let gate = DispatchSemaphore(value: 2)

    /// Blocks for the time of one scrypt run: call it on a thread of its own.
    static func derive(
        _ password: SecretBytes, cost: PasswordHash.Cost, salt: [UInt8]
    ) throws(VaultProblem) -> PasswordKeys {
        gate.wait()
        defer { gate.signal() }
        do {
            let root = try password.withBytes { bytes in
                try KDF.Scrypt.deriveKey(
                    from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
                    blockSize: cost.blockSize, parallelism: cost.parallelism)
            }
            let verifier = part(root, "portaldesk/login-verifier/v1")
            let wrapping = part(root, "portaldesk/key-wrapping/v1")
            return PasswordKeys(
                verifier: verifier.withUnsafeBytes { Array($0) },
                wrapping: wrapping.withUnsafeBytes { SecretBytes(copying: $0) })
        } catch {
            throw .randomUnavailable
        }
    }

    private static func part(_ root: SymmetricKey, _ label: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array(label.utf8), outputByteCount: 32)
    }
}

/// A person's own key, as it is stored: the public half in clear, the private half under the password's key.
public struct PersonalKey: Hashable, Sendable {
    public let publicKey: VaultPublicKey
    /// Nonce, ciphertext and tag.
    public let sealed: [UInt8]

    public init(publicKey: VaultPublicKey, sealed: [UInt8]) {
        self.publicKey = publicKey
        self.sealed = sealed
    }

    init(_ key: VaultPrivateKey, of person: String, under wrapping: SecretBytes) throws(VaultProblem) {
        let binding = Self.binding(person, key.publicKey)
        do {
            let box = try wrapping.withBytes { wrapping in
                try key.secret.withBytes { bytes in
                    try AES.GCM.seal(bytes, using: SymmetricKey(data: wrapping), authenticating: binding)
                }
            }
            self.init(publicKey: key.publicKey, sealed: Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
        } catch {
            throw .doesNotOpen
        }
    }

    /// - Throws: `.doesNotOpen` under another password's key, for another person, or when it was changed.
    func open(of person: String, under wrapping: SecretBytes) throws(VaultProblem) -> VaultPrivateKey {
        let secret: SecretBytes
        do {
            let box = try AES.GCM.SealedBox(combined: Data(sealed))
            var opened = try wrapping.withBytes { wrapping in
                try AES.GCM.open(
                    box, using: SymmetricKey(data: wrapping), authenticating: Self.binding(person, publicKey))
            }
            secret = opened.withUnsafeMutableBytes { bytes in
                defer { SecretBytes.wipe(bytes) }
                return SecretBytes(copying: UnsafeRawBufferPointer(bytes))
            }
        } catch {
            throw .doesNotOpen
        }
        let key = try VaultPrivateKey(secret)
        guard key.publicKey == publicKey else { throw .doesNotOpen }
        return key
    }

    private static func binding(_ person: String, _ key: VaultPublicKey) -> [UInt8] {
        LengthPrefixed.bytes([Array("personal-key/v1".utf8), Array(person.utf8), key.bytes])
    }
}
