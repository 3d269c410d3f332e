import Domain
import Store
import Vault

/// Somebody who gets the vault's key the moment that the vault or their own key is made.
struct NewHolder: Sendable {
    var holder: KeyGrant.Holder
    var key: VaultPrivateKey
    /// The private half under a password's key; nil when it is kept elsewhere.
    var sealed: [UInt8]?

    func row(seen: KeyLink?) -> HolderKey {
        HolderKey(holder: holder.text, publicKey: key.publicKey.bytes, sealed: sealed, pin: seen.map { key.pin($0) })
    }
}

extension Workspace {
    /// The vault's keys, the current one last.
    ///
    /// - Throws: a `Complaint` (65) when one in use is not of this vault's making.
    func trustedKeys(_ reader: StoreReader) throws -> [StoredVaultKey] {
        let keys = try reader.vaultKeys()
        guard !keys.isEmpty else { return [] }
        guard let seen = keyring.seen else { throw Complaint.vaultLocked }
        return try KeyChain(try keys.map { try KeyLink($0) }, from: seen).checked(keys)
    }
}

extension KeyChain {
    /// The stored keys of this chain; a key in use beside it is somebody else's.
    func checked(_ keys: [StoredVaultKey]) throws(VaultProblem) -> [StoredVaultKey] {
        let names = names
        guard keys.allSatisfy({ names.contains($0.id) || $0.retiredAt != nil }) else { throw .keysExchanged }
        return keys.filter { names.contains($0.id) }
    }
}

extension KeyLink {
    /// - Throws: `.keysExchanged` for a row whose name is not that of its key.
    init(_ stored: StoredVaultKey) throws(VaultProblem) {
        self.init(
            key: try VaultPublicKey(bytes: stored.publicKey), signer: stored.signer,
            predecessor: stored.predecessor, endorsement: stored.endorsement)
        guard name == stored.id else { throw .keysExchanged }
    }

    func row(at now: Instant) -> StoredVaultKey {
        StoredVaultKey(
            id: name, publicKey: key.bytes, signer: signer, predecessor: predecessor, endorsement: endorsement,
            createdAt: now)
    }
}
