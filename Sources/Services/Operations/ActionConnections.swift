import Domain
import Foundation
import Portals
import Store
import Synchronization
import Transport
import Wire

/// Connectors that carry out actions, by provider, made at first use and kept: sessions and connections are shared.
final class ActionConnections: Sendable {
    struct Connection: Sendable {
        var profile: ProviderProfile
        var connector: any ActionConnector
        var nic: NicProfile
    }

    private let workspace: Workspace
    private let connectors: Connectors
    private let client: HTTPClient
    private let made = Mutex<[String: Connection]>([:])

    init(workspace: Workspace, connectors: Connectors) {
        self.workspace = workspace
        self.connectors = connectors
        client = HTTPClient(witness: connectors.records)
    }

    /// How calls went since somebody asked last; whoever asks stores it.
    func takeNews() -> [ProviderGate.News] { connectors.allGates.map { $0.takeNews() }.filter { !$0.isEmpty } }

    /// Ends of calls that are not on record yet; whoever takes them stores them.
    func takeCalls() -> CallEnds { connectors.records.taken() }

    /// - Throws: a `Complaint` or a `LocalRefusal` that says what is missing.
    func connection(_ provider: String) async throws -> Connection {
        guard let file = workspace.providers().named(provider), file.profile.connector.carriesOutActions else {
            throw Complaint(
                "the provider \(provider) has no usable file", remedy: "`portaldesk provider list` shows them",
                status: .badConfiguration)
        }
        var profile = try await workspace.withSecrets(file.profile)
        if file.startsSandbox {
            profile.baseURL = try await SandboxLauncher(workspace: workspace).address(of: profile.connector)
        }
        // A sandbox may end and come back on another port, and a file may be edited: both make another connector.
        let name = "\(profile.name) \(profile.baseURL) \(profile.headers.sorted { $0.key < $1.key })"
        if let known = made.withLock({ $0[name] }) { return known }
        var nic = profile.nic ?? NicProfile()
        nic.signingKeys = Self.signingKeys(nic, beside: file.path)
        profile.nic = nic
        let connection = Connection(profile: profile, connector: connector(profile, file: file.path), nic: nic)
        return made.withLock { made in
            if let known = made[name] { return known }
            made[name] = connection
            return connection
        }
    }

    /// What stands before every call to a provider.
    func gate(_ profile: ProviderProfile) -> ProviderGate { connectors.gate(profile) }

    private func connector(_ profile: ProviderProfile, file: String) -> any ActionConnector {
        let (shared, pause, clock) = (
            workspace.surroundings.random, workspace.surroundings.pause, workspace.surroundings.clock
        )
        let portal = PortalClient(
            http: client, gate: connectors.gate(profile), pause: pause, random: RandomSource { shared.next() })
        let source = CertificateFile(profile: profile, file: file, client: client)
        let certificates = CertificateSource(
            read: { try await source.read() }, today: { LegalDate.inIndia(clock()) })
        let keeper = SealedNicKeeper(workspace: workspace, provider: profile.name)
        if profile.connector == .ewb {
            return EwbConnector(
                profile: profile, client: portal, keeper: keeper, certificates: certificates, now: clock)
        }
        return IrpConnector(
            profile: profile, client: portal, keeper: keeper, certificates: certificates, now: clock)
    }

    /// Keys whose files stand beside the provider file; what cannot be read verifies nothing.
    static func signingKeys(_ nic: NicProfile, beside file: String) -> SignatureKeys {
        let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
        var keys = SignatureKeys()
        for (id, name) in nic.signingFiles {
            guard let text = try? String(contentsOfFile: folder + name, encoding: .utf8),
                let read = try? RsaCertificate(pem: text),
                let key = try? SignatureKeys.Key(
                    read, issuer: nic.signingIssuers[id], from: nic.signingFrom[id], until: nic.signingUntil[id])
            else { continue }
            keys[id] = key
        }
        return keys
    }
}
