import Domain
import Foundation
import Secrets
import Store
import Vault

extension VaultService {
    /// Moves what was sealed under the key file of an older workspace to the vault's current key, and removes the file
    /// when nothing needs it any more. Cut off at any point it can be called again: new secrets go to the vault
    /// already, and what is left names itself. A password that does not open stays with the file, for `doctor` to name.
    ///
    /// - Returns: how many secrets were moved by this call.
    func adoptKeyFile(by actor: String, progress: @Sendable (Int) -> Void = { _ in }) async throws(Complaint) -> Int {
        let workspace = workspace
        let keys = try await workspace.read { try workspace.trustedKeys($0) }
        guard let current = keys.last, current.retiredAt == nil else {
            throw Complaint("there is no vault yet", status: .badConfiguration)
        }
        guard FileManager.default.fileExists(atPath: workspace.home.vaultKey) else { return 0 }
        let key: VaultPublicKey
        do {
            key = try VaultPublicKey(bytes: current.publicKey)
        } catch {
            throw Complaint(error)
        }
        let count = try await move(from: try workspace.vaultKey(), to: key, progress)
        let now = workspace.now
        let isOver = try await workspace.write { writer in
            guard try writer.reader.passwordsSealedOtherwise(than: key.head) == 0 else { return false }
            let event = AuditEvent(at: now, actor: actor, action: "vault.adopt", subject: "vault.key", outcome: "done")
            _ = try writer.recordEvent(event)
            return true
        }
        // First everything is durable under the new key, then the old one goes.
        if isOver { try? FileManager.default.removeItem(atPath: workspace.home.vaultKey) }
        return count
    }

    private func move(
        from old: VaultKey, to key: VaultPublicKey, _ progress: @Sendable (Int) -> Void
    ) async throws(Complaint) -> Int {
        var (count, cursor) = (0, AccountId(0))
        while true {
            let from = cursor
            let stored = try await workspace.read { try $0.sealedPasswords(after: from, limit: Self.batch) }
            guard let last = stored.last else { return count }
            let batch = try await Self.changed(stored, unless: key) { sealed, place throws(VaultProblem) in
                try key.seal(try old.open(sealed, at: place.inKeyFile), at: place.inVault)
            }
            cursor = last.account
            count += try await workspace.write { try $0.rewrap(batch.changed, upTo: last.account) }
            progress(count)
        }
    }
}
