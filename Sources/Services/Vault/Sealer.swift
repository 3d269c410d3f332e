import Domain
import Secrets
import Store
import Vault

/// What new secrets are sealed with: the vault's public key, or the key file of a workspace that has no vault yet.
enum Sealer: Sendable {
    case keyFile(VaultKey)
    case vault(VaultPublicKey)

    func seal(_ secret: SecretBytes, at place: PasswordPlace) throws(VaultProblem) -> [UInt8] {
        switch self {
        case .keyFile: try seal(secret, at: place.inKeyFile)
        case .vault: try seal(secret, at: place.inVault)
        }
    }

    func seal(_ secret: SecretBytes, at place: SecretPlace) throws(VaultProblem) -> [UInt8] {
        switch self {
        case .keyFile(let key): try key.seal(secret, at: place)
        case .vault(let key): try key.seal(secret, at: place)
        }
    }
}

extension Workspace {
    /// To be asked inside the transaction that stores: a rotation may have begun since.
    func sealer(_ reader: StoreReader) throws -> Sealer {
        if let key = try trustedKeys(reader).last(where: { $0.retiredAt == nil }) {
            return .vault(try VaultPublicKey(bytes: key.publicKey))
        }
        return .keyFile(try vaultKey())
    }

    /// Opens a stored secret with the key that it was sealed to.
    ///
    /// - Throws: a `Complaint`: 77 when the vault is locked for this process.
    func opened(_ sealed: SealedPassword, of place: PasswordPlace) throws(Complaint) -> SecretBytes {
        let form = SealedForm(sealed.bytes)
        if form == .keyFile {
            let key = try vaultKey()
            return try Self.attempt { () throws(VaultProblem) in try key.open(sealed.bytes, at: place.inKeyFile) }
        }
        guard case .vault(let name) = form else { throw Complaint(VaultProblem.doesNotOpen) }
        guard let key = vaultKey(name) else { throw Complaint.vaultLocked }
        return try Self.attempt { () throws(VaultProblem) in try key.open(sealed.bytes, at: place.inVault) }
    }

    /// Opens another secret than a login's password with the key that it was sealed to.
    ///
    /// - Throws: a `Complaint`: 77 when the vault is locked for this process, 65 when the secret does not open.
    func opened(_ sealed: [UInt8], at place: SecretPlace) throws(Complaint) -> SecretBytes {
        let form = SealedForm(sealed)
        if form == .keyFile {
            let key = try vaultKey()
            return try Self.attempt { () throws(VaultProblem) in try key.open(sealed, at: place) }
        }
        guard case .vault(let name) = form else { throw Complaint(VaultProblem.doesNotOpen) }
        guard let key = vaultKey(name) else { throw Complaint.vaultLocked }
        return try Self.attempt { () throws(VaultProblem) in try key.open(sealed, at: place) }
    }

    /// A key of this process; one that came up since it was unlocked, as by a rotation, is fetched by the holder's grant.
    func vaultKey(_ name: String) -> VaultPrivateKey? {
        if let key = keyring.key(name) { return key }
        guard let own = keyring.own else { return nil }
        let found = try? store.readNow { reader -> [FoundGrant] in
            _ = try trustedKeys(reader)
            return try reader.grants(of: own.holder)
        }
        let grants = found ?? []
        for grant in grants where grant.key.id == name {
            guard let key = try? grant.open(by: own.holder, with: own.key) else { continue }
            keyring.add(key)
            return key
        }
        return nil
    }

    private static func attempt(_ body: () throws(VaultProblem) -> SecretBytes) throws(Complaint) -> SecretBytes {
        do {
            return try body()
        } catch {
            throw Complaint(error)
        }
    }
}
