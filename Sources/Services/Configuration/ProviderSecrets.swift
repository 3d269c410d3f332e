import Domain
import Portals
import Secrets
import Store

/// Secrets of provider files, which name them `vault:FIELD`.
public struct ProviderSecretService: Sendable {
    let workspace: Workspace

    /// Refuses whoever may keep no secret, and a secret that no file asks for, before anybody is asked for one.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 for a provider that has no file, or whose file asks for no such field.
    public func requireAsked(_ field: String, of provider: String) async throws(Complaint) {
        _ = try await permitted(field, provider)
    }

    /// Keeps the secret of a field in the vault.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 for a provider that has no file, or whose file asks for no such field.
    public func set(_ field: String, of provider: String, _ secret: SecretBytes) async throws(Complaint) {
        let doer = try await permitted(field, provider)
        let (workspace, now) = (workspace, workspace.now)
        try await workspace.write { writer in
            try workspace.keep(secret, as: .provider, of: "\(provider)/\(field)", writer, at: now)
            let detail = AuditDetail.text(["field": field])
            try writer.recordEvent(doer.event("provider.secret", provider, detail: detail, at: now))
        }
    }

    private func permitted(_ field: String, _ provider: String) async throws(Complaint) -> Doer {
        let doer = try await workspace.permit(.administer, on: provider)
        let file = try existing(provider)
        let names = file.profile.secretNames.sorted()
        guard names.contains(field) else {
            throw Complaint(
                "the file of \(provider) asks for no secret \(HarmlessText.line(field, limit: 60))",
                why: names.isEmpty ? "none stands in it" : "it asks for \(names.joined(separator: ", "))",
                remedy: "Write \"vault:\(HarmlessText.line(field, limit: 60))\" where the secret belongs",
                status: .badData)
        }
        return doer
    }

    /// The fields of a provider that have no secret yet.
    public func missing(of provider: String) async throws(Complaint) -> [String] {
        let names = try existing(provider).profile.secretNames
        let kept = Set(try await workspace.read { try $0.secretOwners(.provider) })
        return names.filter { !kept.contains("\(provider)/\($0)") }.sorted()
    }

    func existing(_ name: String) throws(Complaint) -> ProviderFile {
        if let file = workspace.providers().named(name) { return file }
        throw Complaint.unknownProvider(name)
    }
}

extension Complaint {
    static func unknownProvider(_ name: String) -> Complaint {
        Complaint(
            "there is no provider \(HarmlessText.line(name, limit: 60))",
            remedy: "`portaldesk provider list` shows them", status: .badData)
    }
}

extension Workspace {
    public var providerSecrets: ProviderSecretService { ProviderSecretService(workspace: self) }

    /// A profile with its secrets in their places.
    func withSecrets(_ profile: ProviderProfile) async throws -> ProviderProfile {
        var secrets: [String: SecretBytes] = [:]
        for name in profile.secretNames.sorted() {
            guard let secret = try await secret(.provider, of: "\(profile.name)/\(name)") else {
                throw LocalRefusal(
                    .providerAuth,
                    "the secret \(name) of provider \(profile.name) is not kept yet: `portaldesk provider secret`",
                    isProviderMissing: true)
            }
            secrets[name] = secret
        }
        return profile.filled(secrets)
    }
}
