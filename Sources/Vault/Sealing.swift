import Crypto
import Foundation
import Secrets

private let dataKeyPurpose = "portaldesk/data-key/v1"

extension VaultPublicKey {
    /// Seals a secret for its place under a fresh data key.
    public func seal(_ secret: SecretBytes, at place: SecretPlace) throws(VaultProblem) -> [UInt8] {
        let dataKey = SymmetricKey(size: .bits256)
        do {
            let (encapsulated, wrapped) = try dataKey.withUnsafeBytes { bytes in
                try Wrapping.wrap(bytes, to: self, purpose: dataKeyPurpose, bound: place.associatedData)
            }
            let box = try secret.withBytes { bytes in
                try AES.GCM.seal(bytes, using: dataKey, authenticating: place.associatedData)
            }
            let body = Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
            return Envelope(keyId: id, encapsulated: encapsulated, wrapped: wrapped, body: body).bytes
        } catch {
            throw .doesNotOpen
        }
    }

    /// How every value begins that is sealed to this key.
    public var head: [UInt8] { [Envelope.format, Envelope.algorithm] + id.bytes }

    /// The same from a key's name; nil for a text that names none.
    public static func head(ofKey name: String) -> [UInt8]? {
        let digits = Array(name)
        guard digits.count == 2 * KeyId.byteCount else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        return bytes.count == KeyId.byteCount ? [Envelope.format, Envelope.algorithm] + bytes : nil
    }

    /// Whether a stored value was sealed to this key; false also for an older layout.
    public func sealed(_ stored: [UInt8]) -> Bool { (try? Envelope(stored))?.keyId == id }
}

extension VaultPrivateKey {
    /// - Throws: `.anotherKey` for a value of another vault key, `.unknownFormat` for another layout, `.doesNotOpen` for
    ///   a value that was moved, put back or changed.
    public func open(_ stored: [UInt8], at place: SecretPlace) throws(VaultProblem) -> SecretBytes {
        let envelope = try Envelope(stored)
        let dataKey = try self.dataKey(of: envelope, at: place)
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: envelope.body.prefix(12)),
                ciphertext: envelope.body.dropFirst(12).dropLast(16), tag: envelope.body.suffix(16))
            var opened = try dataKey.withBytes { bytes in
                try AES.GCM.open(box, using: SymmetricKey(data: bytes), authenticating: place.associatedData)
            }
            return opened.withUnsafeMutableBytes { bytes in
                defer { SecretBytes.wipe(bytes) }
                return SecretBytes(copying: UnsafeRawBufferPointer(bytes))
            }
        } catch {
            throw .doesNotOpen
        }
    }

    /// The same value for another vault key: only its data key is wrapped anew, the secret itself is not opened.
    public func rewrap(
        _ stored: [UInt8], at place: SecretPlace, to next: VaultPublicKey
    ) throws(VaultProblem) -> [UInt8] {
        var envelope = try Envelope(stored)
        let dataKey = try self.dataKey(of: envelope, at: place)
        do {
            let (encapsulated, wrapped) = try dataKey.withBytes { bytes in
                try Wrapping.wrap(bytes, to: next, purpose: dataKeyPurpose, bound: place.associatedData)
            }
            envelope.keyId = next.id
            envelope.encapsulated = encapsulated[...]
            envelope.wrapped = wrapped[...]
            return envelope.bytes
        } catch {
            throw .doesNotOpen
        }
    }

    private func dataKey(of envelope: Envelope, at place: SecretPlace) throws(VaultProblem) -> SecretBytes {
        guard envelope.keyId == publicKey.id else { throw .anotherKey(id: envelope.keyId.description) }
        do {
            return try Wrapping.unwrap(
                encapsulated: envelope.encapsulated, wrapped: envelope.wrapped, with: self, purpose: dataKeyPurpose,
                bound: place.associatedData)
        } catch {
            throw .doesNotOpen
        }
    }
}
