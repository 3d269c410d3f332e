import Domain
import Secrets
import Synchronization
import Transport
import Wire

/// Hands logins to the provider and remembers which version of each it was given by this process.
final class BridgeLogins: Sendable {
    private let caller: BridgeCaller
    private let versions = Mutex<[PortalIdentity: Int]>([:])

    init(caller: BridgeCaller) { self.caller = caller }

    /// Whether the provider was given this very login since this process began.
    func holds(_ login: PortalLogin) -> Bool { versions.withLock { $0[login.identity] == login.version } }

    func forget(_ identity: PortalIdentity) { versions.withLock { $0[identity] = nil } }

    func handOver(_ login: PortalLogin, deadline: ContinuousClock.Instant) async throws(PortalFailure) {
        var bytes = login.password.withBytes { BridgeCredentials.bytes(username: login.username, password: $0) }
        let call = BridgeCaller.Call(
            method: .put, path: Bridge.Path.credentials(login.identity), body: .secret(SecretBytes(consuming: &bytes)),
            deadline: deadline, maxResponseBytes: 1 << 16)
        forget(login.identity)
        _ = try await caller.send(call)
        versions.withLock { $0[login.identity] = login.version }
    }
}
