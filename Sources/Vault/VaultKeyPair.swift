import Crypto
import Foundation
import Secrets

/// The half of a vault key that seals. Whoever may edit a password needs no more than this, and can read nothing.
public struct VaultPublicKey: Hashable, Sendable {
    /// The X25519 public key, 32 bytes.
    public let bytes: [UInt8]

    /// - Throws: `.keyMalformed` when the bytes are no such key.
    public init(bytes: [UInt8]) throws(VaultProblem) {
        guard bytes.count == 32, (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)) != nil else {
            throw .keyMalformed(file: "the database")
        }
        self.bytes = bytes
    }

    init(_ key: Curve25519.KeyAgreement.PublicKey) { bytes = Array(key.rawRepresentation) }

    /// Names the key in every value that it sealed: the first eight bytes of its SHA-256.
    public var id: KeyId { KeyId(bytes: Array(SHA256.hash(data: bytes).prefix(KeyId.byteCount))) }

    var key: Curve25519.KeyAgreement.PublicKey {
        get throws { try Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes) }
    }
}

/// The half that opens. In memory only while somebody who holds a grant is there; stored only wrapped.
public final class VaultPrivateKey: Sendable {
    /// The X25519 private key, 32 bytes, in locked memory.
    let secret: SecretBytes
    public let publicKey: VaultPublicKey

    /// A new random key.
    public convenience init() throws(VaultProblem) {
        let key = Curve25519.KeyAgreement.PrivateKey()
        try self.init(key.rawRepresentation.withUnsafeBytes { SecretBytes(copying: $0) })
    }

    /// - Throws: `.keyMalformed` unless the secret has 32 bytes.
    public init(_ secret: SecretBytes) throws(VaultProblem) {
        self.secret = secret
        do {
            publicKey = VaultPublicKey(
                try secret.withBytes { try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0) }.publicKey)
        } catch {
            throw .keyMalformed(file: "the key")
        }
    }

    /// Runs `body` on the raw key, as for handing it to the worker's pipe; nothing of it may outlive the call.
    public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try secret.withBytes(body) }

    /// A key for message authentication codes, made of this one: it is nowhere stored.
    public func macKey(_ label: String) -> SecretBytes {
        secret.withBytes { bytes in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: bytes), info: Data(label.utf8), outputByteCount: 32
            ).withUnsafeBytes { SecretBytes(copying: $0) }
        }
    }

    func agreement() throws -> Curve25519.KeyAgreement.PrivateKey {
        try secret.withBytes { try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0) }
    }
}

/// The name of a key in stored values.
public struct KeyId: Hashable, Sendable, CustomStringConvertible {
    static let byteCount = 8
    public let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    public var description: String { bytes.map { String(format: "%02x", $0) }.joined() }
}
