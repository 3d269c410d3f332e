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
    private let catalog: CatalogCache
    /// Part of every idempotency key, so that two workspaces at one provider never share one.
    let workspaceName: String
    /// Puts every call of this process on record.
    let records: CallRecords
    private let client: HTTPClient
    private let made = Mutex(Made())

    private struct Made {
        var edition = 0
        var byName: [String: Connection] = [:]
    }

    /// Kept whatever becomes of the files: an open circuit does not close because a file was saved.
    private let gates = Mutex<[String: ProviderGate]>([:])

    /// - Throws: a `Complaint` when the workspace's own name cannot be read: without it keys might be shared.
    ///
    /// - Parameter owner: the worker by its name; nil for any other process.
    init(workspace: Workspace, owner: String? = nil) throws(Complaint) {
        self.workspace = workspace
        let name = owner.map { "worker:\($0)" } ?? "process:\(getpid()):\(workspace.surroundings.random.next())"
        records = CallRecords(workspace: workspace, owner: name)
        client = HTTPClient(witness: records)
        catalog = CatalogCache(folder: workspace.home.providers)
        workspaceName = try workspace.remembered(["workspace.id"])["workspace.id"] ?? "workspace"
    }

    /// How many more jobs each provider may get while those of `running` are served.
    func limits(running: [String]) -> ProviderLimits {
        let now = workspace.now
        return ProviderLimits(
            catalog: catalog.current().catalog, settings: workspace.settings, running: running, gates: allGates,
            now: now, isQuiet: workspace.quietUntil(now) != nil)
    }

    func connection(for account: PortalAccount) async throws -> Connection {
        let (catalog, edition) = catalog.current()
        guard let file = catalog.provider(for: account.portal, chosen: account.provider, settings: workspace.settings)
        else {
            throw Self.missing(account, catalog)
        }
        return try await connection(to: file, edition: edition)
    }

    /// Whether who serves the account offers the portal's password anywhere.
    func needsPassword(_ account: PortalAccount) -> Bool {
        let file = catalog.current().catalog.provider(
            for: account.portal, chosen: account.provider, settings: workspace.settings)
        return file?.profile.connector.needsPassword ?? true
    }

    func connection(to file: ProviderFile, edition: Int = 0) async throws -> Connection {
        var profile = try await workspace.withSecrets(file.profile)
        if file.startsSandbox {
            profile.baseURL = try await SandboxLauncher(workspace: workspace).address(of: profile.connector)
        }
        return connection(profile, file: file.path, edition: edition)
    }

    private static func missing(_ account: PortalAccount, _ catalog: ProviderCatalog) -> LocalRefusal {
        let known = catalog.files.map(\.name).joined(separator: ", ")
        var message = "no provider serves the \(account.portal.title)"
        if let chosen = account.provider { message = "the provider \(chosen) of this account has no usable file" }
        message += known.isEmpty ? "; there is no provider file" : "; provider files: \(known)"
        return LocalRefusal(.providerAuth, message, isProviderMissing: true)
    }

    private func connection(_ profile: ProviderProfile, file: String, edition: Int) -> Connection {
        // A sandbox may end and come back on another port, so the address is part of the name.
        let name = "\(profile.name) \(profile.baseURL)"
        return made.withLock { made in
            if made.edition != edition { made = Made(edition: edition) }
            if let connection = made.byName[name] { return connection }
            let note = profile.isSimulated ? ", simulated" : ""
            let connection = Connection(
                profile: profile, connector: connector(profile, file: file),
                describes: "\(profile.name) (\(profile.connector.rawValue)\(note))")
            made.byName[name] = connection
            return connection
        }
    }

    func gate(_ profile: ProviderProfile) -> ProviderGate {
        gates.withLock { gates in
            if let gate = gates[profile.name] {
                gate.adopt(profile.limits)
                return gate
            }
            let gate = newGate(profile.name, profile.limits)
            gates[profile.name] = gate
            return gate
        }
    }

    private func newGate(_ name: String, _ limits: ProviderProfile.Limits) -> ProviderGate {
        let shared = workspace.surroundings.random
        return ProviderGate(
            name, limits: limits, now: workspace.surroundings.clock, random: RandomSource { shared.next() })
    }

    /// Takes up the circuits as the last worker left them, so that a restart does not hammer a provider that is down.
    func restore(_ circuits: [CircuitRecord]) {
        gates.withLock { gates in
            for circuit in circuits where circuit.breaker.phase != .closed {
                guard let family = CallFamily(rawValue: circuit.family) else { continue }
                let gate = gates[circuit.provider] ?? newGate(circuit.provider, .init())
                gate.restore(circuit.breaker, family)
                gates[circuit.provider] = gate
            }
        }
    }

    /// Whether a login waits in this process for a person.
    var awaitsPerson: Bool { made.withLock { $0.byName.values.contains { $0.connector.awaitsPerson } } }

    var allGates: [ProviderGate] { gates.withLock { Array($0.values) } }

    private func connector(_ profile: ProviderProfile, file: String) -> any PortalConnector {
        let gate = gate(profile)
        let (shared, pause, clock) = (
            workspace.surroundings.random, workspace.surroundings.pause, workspace.surroundings.clock
        )
        let random = RandomSource { shared.next() }
        switch profile.connector {
        case .gsp:
            let source = CertificateFile(profile: profile, file: file, client: client)
            return GspConnector(
                profile: profile, client: client, gate: gate,
                keeper: SealedGspKeeper(workspace: workspace, provider: profile.name),
                certificates: CertificateSource(
                    read: { try await source.read() }, today: { LegalDate.inIndia(clock()) }),
                now: clock, pause: pause, random: random)
        case .efiling:
            return EFilingConnector(profile: profile, client: client, gate: gate, pause: pause, random: random)
        case .traces: return TracesConnector(profile: profile, client: client, gate: gate, pause: pause, random: random)
        default:
            return BridgeConnector(profile: profile, client: client, gate: gate, pause: pause, random: random)
        }
    }
}
