import Secrets
import Synchronization
import Vault

/// The vault's private keys of this process: filled by an unlocking, emptied by a lock. Each wipes itself on release.
final class Keyring: Sendable {
    /// Who unlocked it, with the key that opens the grants: it is handed to the worker, which may meet later keys.
    struct Own: Sendable {
        var holder: KeyGrant.Holder
        var key: VaultPrivateKey
    }

    private struct State {
        var keys: [String: VaultPrivateKey] = [:]
        var own: Own?
        var seen: KeyLink?
    }

    private let state = Mutex(State())

    func add(_ key: VaultPrivateKey) { state.withLock { $0.keys[key.publicKey.id.description] = key } }

    /// The latest of the vault's keys, if it is here.
    var newest: VaultPrivateKey? {
        state.withLock { state in state.seen.flatMap { state.keys[$0.name] } ?? state.keys.values.first }
    }

    func key(_ id: String) -> VaultPrivateKey? { state.withLock { $0.keys[id] } }

    var own: Own? {
        get { state.withLock { $0.own } }
        set { state.withLock { $0.own = newValue } }
    }

    /// The latest of the vault's keys that is known to belong to it.
    var seen: KeyLink? {
        get { state.withLock { $0.seen } }
        set { state.withLock { $0.seen = newValue } }
    }

    var isEmpty: Bool { state.withLock { $0.keys.isEmpty } }

    func lock() { state.withLock { $0 = State() } }
}
