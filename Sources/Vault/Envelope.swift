import Crypto
import Foundation
import Secrets

/// A sealed value as it is stored. Each has a data key of its own, which is wrapped (HPKE) to the vault's public key;
/// both layers are bound to the value's place (facts: reliability 7.1 to 7.3).
///
/// Layout: format 2 · algorithm 1 · key id (8) · encapsulated key (32) · wrapped data key (48) · nonce (12) ·
/// ciphertext · tag (16).
struct Envelope {
    var keyId: KeyId
    var encapsulated: ArraySlice<UInt8>
    var wrapped: ArraySlice<UInt8>
    /// Nonce, ciphertext and tag.
    var body: ArraySlice<UInt8>

    static let format: UInt8 = 2
    static let algorithm: UInt8 = 1
    private static let wrappedCount = 48
    private static let headerCount = 2 + KeyId.byteCount + 32 + wrappedCount
    private static let leastBody = 12 + 16

    init(keyId: KeyId, encapsulated: [UInt8], wrapped: [UInt8], body: [UInt8]) {
        self.keyId = keyId
        self.encapsulated = encapsulated[...]
        self.wrapped = wrapped[...]
        self.body = body[...]
    }

    /// - Throws: `.unknownFormat` for a layout of another version, `.doesNotOpen` for what is too short.
    init(_ stored: [UInt8]) throws(VaultProblem) {
        guard let first = stored.first else { throw .doesNotOpen }
        guard stored.count >= 2, first == Self.format, stored[1] == Self.algorithm else {
            throw .unknownFormat(version: first)
        }
        guard stored.count >= Self.headerCount + Self.leastBody else { throw .doesNotOpen }
        keyId = KeyId(bytes: Array(stored[2..<10]))
        encapsulated = stored[10..<42]
        wrapped = stored[42..<Self.headerCount]
        body = stored[Self.headerCount...]
    }

    var bytes: [UInt8] {
        [Self.format, Self.algorithm] + keyId.bytes + Array(encapsulated) + Array(wrapped) + Array(body)
    }
}

/// HPKE as this program uses it (RFC 9180): X25519, HKDF-SHA256, AES-256-GCM.
enum Wrapping {
    static let suite = HPKE.Ciphersuite(kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

    static func wrap(
        _ secret: UnsafeRawBufferPointer, to key: VaultPublicKey, purpose: String, bound data: [UInt8]
    ) throws -> (encapsulated: [UInt8], wrapped: [UInt8]) {
        var sender = try HPKE.Sender(recipientKey: key.key, ciphersuite: suite, info: Data(purpose.utf8))
        let wrapped = try sender.seal(secret, authenticating: data)
        return (Array(sender.encapsulatedKey), Array(wrapped))
    }

    static func unwrap(
        encapsulated: ArraySlice<UInt8>, wrapped: ArraySlice<UInt8>, with key: VaultPrivateKey, purpose: String,
        bound data: [UInt8]
    ) throws -> SecretBytes {
        var recipient = try HPKE.Recipient(
            privateKey: key.agreement(), ciphersuite: suite, info: Data(purpose.utf8),
            encapsulatedKey: Data(encapsulated))
        var opened = try recipient.open(wrapped, authenticating: data)
        return opened.withUnsafeMutableBytes { bytes in
            defer { SecretBytes.wipe(bytes) }
            return SecretBytes(copying: UnsafeRawBufferPointer(bytes))
        }
    }
}
