import Domain
import Secrets
import Store
import Vault

extension LoginService {
    /// Opens the vault for somebody who has just proven who they are; an older workspace gets its vault at its admin's
    /// first login.
    ///
    /// - Returns: the recovery code, when the vault was made by this call.
    func openVault(_ person: Person, _ key: VaultPrivateKey) async throws(Complaint) -> SecretBytes? {
        let holder = KeyGrant.Holder.person(person.name)
        var code: SecretBytes?
        let hasVault = try await workspace.read { try !$0.vaultKeys().isEmpty }
        if !hasVault, person.role == .admin { code = try await workspace.vault.createFirst(for: person, key) }
        let isGranted = try await workspace.read { reader in
            try reader.vaultKeys().contains { try reader.vaultGrant(of: $0.id, to: holder.text) != nil }
        }
        // Who holds no key, as support never does, works without it.
        guard isGranted else { return code }
        try await workspace.vault.unlock(holder, with: key)
        if person.role == .admin {
            _ = try await workspace.vault.adoptKeyFile(by: person.name)
        }
        return code
    }
}

extension VaultService {
    /// Makes the vault of a workspace, for its first admin and for whoever keeps the recovery code.
    func createFirst(for person: Person, _ key: VaultPrivateKey) async throws(Complaint) -> SecretBytes {
        var random = SystemRandomNumberGenerator()
        let code = RecoveryCode.draw(&random)
        guard let recovery = RecoveryCode.key(of: code) else { throw Complaint(VaultProblem.randomUnavailable) }
        let own = try await workspace.read { try $0.holderKey(KeyGrant.Holder.person(person.name).text) }
        let holders = [
            NewHolder(holder: .person(person.name), key: key, sealed: own?.sealed),
            NewHolder(holder: .recovery, key: recovery),
        ]
        try await create(for: holders, by: person.name)
        return code
    }
}

extension Person {
    /// Whether the vault's key is wrapped to this person: whoever may reveal, or whose worker must log in.
    var mayHoldKey: Bool { isEnabled && role != .support }
}
