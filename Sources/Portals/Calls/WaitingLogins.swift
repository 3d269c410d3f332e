import Domain
import Synchronization

/// Logins that have begun and wait for a person's one-time password, one of each account. They are gone with the worker.
final class WaitingLogins<Begun: Sendable>: Sendable {
    private struct Waiting: Sendable {
        /// Of the login that it was begun with; another one has no part in it.
        var version: Int
        var name: String
        var begun: Begun
    }

    private let waiting = Mutex<[PortalIdentity: Waiting]>([:])

    var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

    /// - Parameter name: of the question that the person is asked.
    func keep(_ begun: Begun, _ name: String, of login: PortalLogin) {
        waiting.withLock { $0[login.identity] = Waiting(version: login.version, name: name, begun: begun) }
    }

    /// The login that an answered question belongs to, once; nil when it is gone, as after a restart of the worker.
    func take(_ name: String, of login: PortalLogin) -> Begun? {
        waiting.withLock { waiting in
            guard let held = waiting[login.identity], held.version == login.version, held.name == name else {
                return nil
            }
            waiting[login.identity] = nil
            return held.begun
        }
    }
}
