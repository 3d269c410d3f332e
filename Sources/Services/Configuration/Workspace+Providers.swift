import Domain

extension Workspace {
    /// Name of the provider that serves an identity now; nil when none does.
    public func providerName(for identity: PortalIdentity) async throws(Complaint) -> String? {
        let chosen = try await credentials.account(identity)?.provider
        return providers().provider(for: identity.portal, chosen: chosen, settings: settings)?.name
    }
}
