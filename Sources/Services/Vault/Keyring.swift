import Secrets
import Synchronization
import Vault

/// The vault's private keys of this process: filled by an unlocking, emptied by a lock. Each wipes itself on release.
final class Keyring: Sendable {
    private let keys = Mutex<[String: VaultPrivateKey]>([:])

    func add(_ key: VaultPrivateKey) { keys.withLock { $0[key.publicKey.id.description] = key } }

    func key(_ id: String) -> VaultPrivateKey? { keys.withLock { $0[id] } }

    var isEmpty: Bool { keys.withLock { $0.isEmpty } }

    func lock() { keys.withLock { $0 = [:] } }
}
