import Domain
import Portals
import Store

extension Workspace {
    /// Who serves the accounts that name no provider.
    func defaultProviders() -> [Portal: String] {
        let catalog = providers()
        return Dictionary(
            uniqueKeysWithValues: Portal.allCases.compactMap { portal in
                catalog.provider(for: portal, chosen: nil, settings: settings).map { (portal, $0.name) }
            })
    }

    /// The accounts that connectors of such a kind serve.
    func served(by isWanted: (ProviderProfile.ConnectorKind) -> Bool) -> ServedAccounts {
        let catalog = providers()
        return ServedAccounts(
            providers: Set(catalog.files.filter { isWanted($0.profile.connector) }.map(\.name)),
            portals: Set(
                Portal.allCases.filter { portal in
                    catalog.provider(for: portal, chosen: nil, settings: settings)
                        .map { isWanted($0.profile.connector) } ?? false
                }))
    }

    /// The accounts that are fetched only with a written authority of the taxpayer.
    func needingAuthority() -> ServedAccounts { served { $0.needsAuthority } }

    /// The accounts of which a user name is a whole login.
    func passwordless() -> ServedAccounts { served { !$0.needsPassword } }

    /// Notes which accounts need a password, after providers or businesses may have changed. Writes only what is new.
    public func settlePasswordNeeds() async throws(Complaint) {
        let passwordless = passwordless()
        guard try await read({ try !$0.unsettledPasswordNeeds(passwordless).isEmpty }) else { return }
        try await write { try $0.settlePasswordNeeds(passwordless) }
    }

    /// Name of the provider that serves an identity now; nil when none does.
    public func providerName(for identity: PortalIdentity) async throws(Complaint) -> String? {
        let chosen = try await credentials.account(identity)?.provider
        return providers().provider(for: identity.portal, chosen: chosen, settings: settings)?.name
    }
}
