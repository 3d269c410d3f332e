import Crypto
import Foundation
import Secrets

/// The vault's private key, wrapped to one holder. Granting needs the giver's unlocked key and the holder's public
/// key, never the holder's password.
public struct KeyGrant: Hashable, Sendable {
    /// Who can open it.
    public enum Holder: Hashable, Sendable {
        case person(String)
        /// The unattended worker, by its key file or systemd credential.
        case worker
        /// Whoever has the code that was printed when the workspace was made.
        case recovery

        /// As it is stored.
        public var text: String {
            switch self {
            case .person(let name): "person/\(name)"
            case .worker: "worker"
            case .recovery: "recovery"
            }
        }

        /// nil for a text that names no holder.
        public init?(text: String) {
            if text == "worker" {
                self = .worker
            } else if text == "recovery" {
                self = .recovery
            } else if text.hasPrefix("person/"), text.count > 7 {
                self = .person(String(text.dropFirst(7)))
            } else {
                return nil
            }
        }
    }

    private static let purpose = "portaldesk/vault-grant/v1"
    private static let encapsulatedCount = 32

    /// As it is stored: encapsulated key (32) · wrapped key.
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    public init(
        of vault: VaultPrivateKey, to holder: Holder, key: VaultPublicKey
    ) throws(VaultProblem) {
        do {
            let (encapsulated, wrapped) = try vault.secret.withBytes { bytes in
                try Wrapping.wrap(
                    bytes, to: key, purpose: Self.purpose, bound: Self.binding(holder, vault.publicKey.id))
            }
            bytes = encapsulated + wrapped
        } catch {
            throw .doesNotOpen
        }
    }

    /// - Throws: `.doesNotOpen` for a grant of another holder or another vault key.
    public func open(
        by holder: Holder, with key: VaultPrivateKey, vault: VaultPublicKey
    ) throws(VaultProblem) -> VaultPrivateKey {
        guard bytes.count > Self.encapsulatedCount else { throw .doesNotOpen }
        let secret: SecretBytes
        do {
            secret = try Wrapping.unwrap(
                encapsulated: bytes.prefix(Self.encapsulatedCount), wrapped: bytes.dropFirst(Self.encapsulatedCount),
                with: key, purpose: Self.purpose, bound: Self.binding(holder, vault.id))
        } catch {
            throw .doesNotOpen
        }
        let opened = try VaultPrivateKey(secret)
        guard opened.publicKey == vault else { throw .doesNotOpen }
        return opened
    }

    private static func binding(_ holder: Holder, _ key: KeyId) -> [UInt8] {
        LengthPrefixed.bytes([Array("vault-grant/v1".utf8), Array(holder.text.utf8), key.bytes])
    }
}
