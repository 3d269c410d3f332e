import Domain
import Foundation
import Portals
import Store
import Transport

/// The provider files of a workspace: added, and tried.
public struct ProviderService: Sendable {
    let workspace: Workspace

    /// Checks a provider file and copies it into the workspace, with the public key that lies beside it.
    ///
    /// - Returns: the provider's name.
    /// - Throws: a `Complaint`: 77 not permitted; 65 when a provider of that name is there; 78 for a file with mistakes.
    public func add(_ path: String) async throws(Complaint) -> String {
        let doer = try await workspace.permit(.administer)
        let files = try Self.files(path)
        let file: ProviderFile
        do throws(ConfigurationProblems) {
            file = try ProviderCatalog.read(path)
        } catch {
            throw Complaint(error)
        }
        let name = file.name
        if workspace.home.isDemo, !file.isSimulated {
            throw Complaint("a demo accepts simulated providers only", status: .badData)
        }
        guard workspace.providers().named(name) == nil else {
            throw Complaint(
                "there is a provider \(name) already", remedy: "Change its file in \(workspace.home.providers)",
                status: .badData)
        }
        for file in files {
            let target = try ExportFile(path: "\(workspace.home.providers)/\(file.name)")
            try target.write(file.text)
            try target.close()
        }
        try await workspace.reveal.record(doer.event("provider.add", name, at: workspace.now))
        try await workspace.settlePasswordNeeds()
        return name
    }

    /// The provider file and what it names beside it.
    ///
    /// - Throws: a `Complaint` (65) for a file that cannot be read.
    public static func files(_ path: String) throws(Complaint) -> [(name: String, text: String)] {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        func read(_ path: String) throws(Complaint) -> String {
            do throws(SmallTextFile.Refusal) {
                return try SmallTextFile.read(path)
            } catch {
                guard access(path, F_OK) != 0 else { throw Complaint("\(path) \(error.reason)", status: .badData) }
                throw Complaint(
                    "\(path) does not exist",
                    remedy: "Put the public key there, or change what the provider file names",
                    status: .badData)
            }
        }
        var files = [(name: String(path[folder.endIndex...]), text: try read(path))]
        guard let file = try? ProviderCatalog.read(path) else { return files }
        for key in file.keyFiles where !key.contains("/") { files.append((key, try read(folder + key))) }
        return files
    }

    /// What a provider says of one portal.
    public struct Answer: Sendable, Hashable {
        public var portal: Portal
        /// `up`, `degraded` or `down`.
        public var state: String
        public var message: String

        public init(portal: Portal, state: String, message: String) {
            self.portal = portal
            self.state = state
            self.message = message
        }
    }

    /// Asks a provider whether it answers, and what it says of each portal.
    ///
    /// - Throws: a `Complaint` with the provider's own reason when it does not.
    public func test(_ name: String) async throws(Complaint) -> [Answer] {
        try await workspace.permit(.administer, on: name)
        let file = try workspace.providerSecrets.existing(name)
        let connectors = try Connectors(workspace: workspace)
        let answers: Result<[Answer], Complaint>
        do throws(Complaint) {
            answers = .success(try await ask(file, connectors))
        } catch {
            answers = .failure(error)
        }
        await connectors.records.drain()
        return try answers.get()
    }

    private func ask(_ file: ProviderFile, _ connectors: Connectors) async throws(Complaint) -> [Answer] {
        do {
            if file.profile.connector.carriesOutActions { return [try await ping(file, connectors)] }
            let health = try await connectors.connection(to: file).connector.health()
            return health.sorted { $0.key.rawValue < $1.key.rawValue }.map { portal, said in
                Answer(portal: portal, state: said.state.rawValue, message: said.message)
            }
        } catch let refusal as LocalRefusal {
            throw Complaint(
                "the provider \(file.name) cannot be asked", why: refusal.message, status: .badConfiguration)
        } catch let failure as PortalFailure {
            throw Complaint(failure)
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
    }

    /// No session is opened for it: each costs one of the few logins that a GSTIN has.
    private func ping(_ file: ProviderFile, _ connectors: Connectors) async throws -> Answer {
        var profile = try await workspace.withSecrets(file.profile)
        if file.startsSandbox {
            profile.baseURL = try await SandboxLauncher(workspace: workspace).address(of: profile.connector)
        }
        let answer = try await NicPing.ask(profile, HTTPClient(witness: connectors.records))
        let said = "HTTP \(answer.status) to \(answer.call)"
        let unknown = "whether it lets an API user in is not known before the first action"
        var message =
            switch answer.finding {
            case .up: "it answers: \(said); \(unknown)"
            case .reached: "something answers at the address: \(said); \(unknown)"
            case .unclear: "what answers does not speak as the service does: \(said); check the address and the network"
            case .down: "it was reached: \(said), so it is not in order"
            }
        if answer.finding == .up || answer.finding == .reached {
            let count = try await bringForward(file.profile.name)
            if count > 0 {
                message += "; \(Counted.text(count, "waiting action")) \(count == 1 ? "is" : "are") tried earlier"
            }
        }
        return Answer(portal: .gst, state: answer.finding.rawValue, message: message)
    }

    /// A provider that answers takes what waits because it had asked for a long wait.
    private func bringForward(_ provider: String) async throws(Complaint) -> Int {
        let now = workspace.now
        guard try workspace.lookUp({ try $0.hasParked(provider, now: now) }) else { return 0 }
        let count = try await workspace.write { try $0.bringForward(provider, answeredAt: now, now: now) }
        _ = try workspace.sync.startWorker()
        return count
    }
}

extension Workspace {
    public var providerService: ProviderService { ProviderService(workspace: self) }
}
