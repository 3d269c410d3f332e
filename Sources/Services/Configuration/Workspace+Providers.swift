import Domain

extension Workspace {
    /// Who serves the accounts that name no provider.
    func defaultProviders() -> [Portal: String] {
        let catalog = providers()
        return Dictionary(
            uniqueKeysWithValues: Portal.allCases.compactMap { portal in
                catalog.provider(for: portal, chosen: nil, settings: settings).map { (portal, $0.name) }
            })
    }

    /// Name of the provider that serves an identity now; nil when none does.
    public func providerName(for identity: PortalIdentity) async throws(Complaint) -> String? {
        let chosen = try await credentials.account(identity)?.provider
        return providers().provider(for: identity.portal, chosen: chosen, settings: settings)?.name
    }
}
