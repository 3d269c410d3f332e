import Crypto
import Foundation
import Secrets

/// One key of the vault with what shows where it comes from: the key before it signed it. Whoever can write the
/// database alone can add keys, but none that the keys in use vouch for.
public struct KeyLink: Hashable, Sendable {
    public var key: VaultPublicKey
    /// The Ed25519 public key by which this key signs the next one; made of its private half.
    public var signer: [UInt8]
    /// Name of the key before; nil for a vault's first one.
    public var predecessor: String?
    /// The predecessor's signature over the rest; empty for the first one.
    public var endorsement: [UInt8]

    public init(key: VaultPublicKey, signer: [UInt8], predecessor: String?, endorsement: [UInt8]) {
        self.key = key
        self.signer = signer
        self.predecessor = predecessor
        self.endorsement = endorsement
    }

    /// A vault's first key.
    public init(first key: VaultPrivateKey) throws(VaultProblem) {
        self.init(key: key.publicKey, signer: try key.signerKey, predecessor: nil, endorsement: [])
    }

    /// The key that follows `former`, with its signature.
    public init(_ key: VaultPrivateKey, after former: VaultPrivateKey) throws(VaultProblem) {
        self.init(
            key: key.publicKey, signer: try key.signerKey, predecessor: former.publicKey.id.description,
            endorsement: [])
        do {
            endorsement = Array(try former.signing().signature(for: statement))
        } catch {
            throw .randomUnavailable
        }
    }

    public var name: String { key.id.description }

    var statement: [UInt8] {
        LengthPrefixed.bytes([
            Array("vault-key/v1".utf8), key.bytes, signer, Array((predecessor ?? "").utf8),
        ])
    }

    func isSigned(by former: KeyLink) -> Bool {
        guard predecessor == former.name,
            let signer = try? Curve25519.Signing.PublicKey(rawRepresentation: former.signer)
        else { return false }
        return signer.isValidSignature(endorsement, for: statement)
    }
}

extension VaultPrivateKey {
    var signerKey: [UInt8] {
        get throws(VaultProblem) {
            do {
                return Array(try signing().publicKey.rawRepresentation)
            } catch {
                throw .randomUnavailable
            }
        }
    }

    func signing() throws -> Curve25519.Signing.PrivateKey {
        try macKey("portaldesk/vault-signer/v1").withBytes { try Curve25519.Signing.PrivateKey(rawRepresentation: $0) }
    }

    /// A holder's own note of the latest vault key that it has seen, which nobody else can write.
    public func pin(_ link: KeyLink) -> [UInt8] {
        macKey("portaldesk/vault-pin/v1").withBytes { secret in
            Array(HMAC<SHA256>.authenticationCode(for: link.statement, using: SymmetricKey(data: secret)))
        }
    }
}

/// Which of the keys in the database belong to this vault.
public struct KeyChain: Sendable {
    /// In the order of their making.
    public let trusted: [KeyLink]

    /// - Parameters:
    ///   - links: all keys of the database, in the order of their making.
    ///   - pin: the holder's note of the latest key that it saw.
    ///   - own: the holder's own key, which alone makes such a note.
    /// - Throws: `.keysExchanged` when the note fits none of the keys.
    public init(_ links: [KeyLink], pin: [UInt8], of own: VaultPrivateKey) throws(VaultProblem) {
        guard let seen = links.first(where: { ConstantTime.equal(pin, own.pin($0)) }) else { throw .keysExchanged }
        self.init(links, from: seen)
    }

    /// What descends from a key, and what it descends from. A name is a hash of its key, so the way back needs no proof.
    public init(_ links: [KeyLink], from seen: KeyLink) {
        var known = [seen]
        var former = seen.predecessor
        while let name = former, let link = links.first(where: { $0.name == name }), !known.contains(link) {
            known.insert(link, at: 0)
            former = link.predecessor
        }
        while let next = links.first(where: { link in
            !known.contains(link) && (known.last.map { link.isSigned(by: $0) } ?? false)
        }) {
            known.append(next)
        }
        trusted = known
    }

    public var names: Set<String> { Set(trusted.map(\.name)) }
    public var latest: KeyLink? { trusted.last }
}
