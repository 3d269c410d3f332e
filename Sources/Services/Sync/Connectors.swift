import Domain
import Foundation
import Portals
import Store
import Synchronization
import Transport

/// Connectors by provider, made at first use and kept, so that tokens and connections are shared.
final class Connectors: Sendable {
    struct Connection: Sendable {
        var profile: ProviderProfile
        var connector: any PortalConnector
        /// For the job's log.
        var describes: String
    }

    private let workspace: Workspace
    /// Part of every idempotency key, so that two workspaces at one provider never share one.
    let workspaceName: String
    private let client = HTTPClient()
    private let made = Mutex<[String: Connection]>([:])

    init(workspace: Workspace) {
        self.workspace = workspace
        workspaceName = (try? workspace.store.readNow { try $0.setting("workspace.id") }) ?? "workspace"
    }

    func connection(for account: PortalAccount) async throws -> Connection {
        let catalog = workspace.providers()
        guard let file = catalog.provider(for: account.portal, chosen: account.provider, settings: workspace.settings) else {
            let known = catalog.files.map(\.profile.name).joined(separator: ", ")
            throw PortalFailure(
                .providerAuth,
                "no provider serves the \(account.portal.title); provider files: \(known.isEmpty ? "none" : known)")
        }
        var profile = file.profile
        if file.startsSandbox { profile.baseURL = try await SandboxLauncher(workspace: workspace).address() }
        // A sandbox may end and come back on another port, so the address is part of the name.
        let name = "\(profile.name) \(profile.baseURL)"
        if let connection = made.withLock({ $0[name] }) { return connection }
        let connection = Connection(
            profile: profile, connector: connector(profile),
            describes: "\(profile.name) (\(profile.connector.rawValue)\(profile.isSimulated ? ", simulated" : ""))")
        return made.withLock { made in
            if let other = made[name] { return other }
            made[name] = connection
            return connection
        }
    }

    private func connector(_ profile: ProviderProfile) -> any PortalConnector {
        let shared = workspace.surroundings.random
        let random = RandomSource { shared.next() }
        return BridgeConnector(profile: profile, client: client, random: random)
    }
}
