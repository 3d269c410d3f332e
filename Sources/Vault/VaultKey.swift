import Crypto
import Foundation
import Secrets

/// The workspace's data key: seals each password with AES-256-GCM, bound to its place.
public struct VaultKey: Sendable {
    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// Layout of a sealed value: format byte, algorithm byte, nonce (12), ciphertext, tag (16).
    private static let format: UInt8 = 1
    private static let aes256Gcm: UInt8 = 1
    private static let headerCount = 2
    private static let nonceCount = 12
    private static let tagCount = 16

    /// Seals under a fresh random nonce; one key may seal 2^32 values (NIST SP 800-38D), far above any workspace.
    public func seal(_ secret: SecretBytes, at place: SecretPlace) throws(VaultProblem) -> [UInt8] {
        try seal(secret, at: place, nonce: AES.GCM.Nonce())
    }

    func seal(_ secret: SecretBytes, at place: SecretPlace, nonce: AES.GCM.Nonce) throws(VaultProblem) -> [UInt8] {
        do {
            let box = try secret.withBytes { bytes in
                try AES.GCM.seal(bytes, using: key, nonce: nonce, authenticating: place.associatedData)
            }
            return [Self.format, Self.aes256Gcm] + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .doesNotOpen
        }
    }

    /// - Throws: `.unknownFormat` for a layout of a later version, `.doesNotOpen` for everything else.
    public func open(_ sealed: [UInt8], at place: SecretPlace) throws(VaultProblem) -> SecretBytes {
        guard sealed.count >= Self.headerCount + Self.nonceCount + Self.tagCount else { throw .doesNotOpen }
        guard sealed[0] == Self.format, sealed[1] == Self.aes256Gcm else { throw .unknownFormat(version: sealed[0]) }
        let body = sealed[Self.headerCount...]
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: body.prefix(Self.nonceCount)),
                ciphertext: body.dropFirst(Self.nonceCount).dropLast(Self.tagCount),
                tag: body.suffix(Self.tagCount)
            )
            var opened = try AES.GCM.open(box, using: key, authenticating: place.associatedData)
            return opened.withUnsafeMutableBytes { bytes in
                defer { SecretBytes.wipe(bytes) }
                return SecretBytes(copying: UnsafeRawBufferPointer(bytes))
            }
        } catch {
            throw .doesNotOpen
        }
    }
}
