import Domain
import Foundation
import Portals
import Store

extension ProviderService {
    /// What goes with a provider.
    public struct Removal: Sendable, Hashable {
        public var name: String
        /// Names of its file and of the keys beside it that no other file names; empty when it has no file any more.
        public var files: [String]
        public var secrets: Int
    }

    /// What the removal of a provider would take away.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 for one that nobody knows, or that somebody still depends on.
    public func removal(of name: String) async throws(Complaint) -> Removal {
        try await workspace.permit(.administer, on: name)
        let (catalog, settings) = (workspace.providers(), workspace.settings)
        return try await workspace.read { reader in
            try Self.requireUnused(name, catalog, settings, reader)
            return try Self.removal(of: name, catalog, reader)
        }
    }

    /// Removes a provider with its file, its secrets and what was counted of it. What it delivered stays.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 for one that nobody knows, or that somebody still depends on.
    public func remove(_ name: String) async throws(Complaint) -> Removal {
        let doer = try await workspace.permit(.administer, on: name)
        let (catalog, settings, now) = (workspace.providers(), workspace.settings, workspace.now)
        let removal = try await removal(of: name)
        let aside = try SetAside(removal.files.map { "\(workspace.home.providers)/\($0)" })
        let secrets: Int
        do throws(Complaint) {
            secrets = try await workspace.write { writer in
                // Somebody may have been given to it meanwhile.
                try Self.requireUnused(name, catalog, settings, writer.reader)
                let secrets = try writer.forgetProvider(name)
                let detail = AuditDetail.text(["secrets": "\(secrets)"])
                try writer.recordEvent(doer.event("provider.remove", name, detail: detail, at: now))
                return secrets
            }
        } catch {
            aside.putBack()
            throw error
        }
        aside.delete()
        try await workspace.settlePasswordNeeds()
        return Removal(name: name, files: removal.files, secrets: secrets)
    }

    private static func removal(
        of name: String, _ catalog: ProviderCatalog, _ reader: StoreReader
    ) throws -> Removal {
        let secrets = try reader.secretOwners(.provider).filter { $0.hasPrefix(name + "/") }.count
        guard let file = catalog.named(name) else {
            // A file that was deleted by hand leaves these.
            let isKnown =
                try secrets > 0 || reader.providerHours(since: 0).contains { $0.provider == name }
                || reader.circuits().contains { $0.provider == name }
            guard isKnown else { throw Complaint.unknownProvider(name) }
            return Removal(name: name, files: [], secrets: secrets)
        }
        let others = Set(catalog.files.filter { $0.name != name }.flatMap(\.keyFiles))
        let keys = file.keyFiles.filter { !$0.contains("/") && !others.contains($0) }
        return Removal(
            name: name, files: [file.path.split(separator: "/").last.map(String.init) ?? file.path] + keys,
            secrets: secrets)
    }

    /// Nobody is handed to another provider silently: who moves a login decides who gets its password.
    private static func requireUnused(
        _ name: String, _ catalog: ProviderCatalog, _ settings: Settings, _ reader: StoreReader
    ) throws {
        let use = try reader.use(ofProvider: name)
        var logins = use.chosen
        let without = try reader.loginsWithoutProvider()
        for portal in Portal.allCases
        where catalog.provider(for: portal, chosen: nil, settings: settings)?.name == name {
            logins[portal, default: 0] += without[portal] ?? 0
        }
        let named = Portal.allCases.filter { settings.providers[$0] == name }
        logins = logins.filter { $0.value > 0 }
        if !logins.isEmpty { throw Complaint.providerServes(name, logins) }
        if use.openOperations > 0 { throw Complaint.providerHasOperations(name, use.openOperations) }
        if use.apiUsers > 0 { throw Complaint.providerHasApiUsers(name, use.apiUsers) }
        if !named.isEmpty { throw Complaint.providerIsNamed(name, named) }
    }
}

/// Files that are out of the way under hidden names until it is certain that they go.
private struct SetAside {
    private let moved: [(from: String, to: String)]

    init(_ paths: [String]) throws(Complaint) {
        var moved: [(from: String, to: String)] = []
        for path in paths where access(path, F_OK) == 0 {
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            let hidden = "\(folder).removed-\(path.dropFirst(folder.count))"
            guard rename(path, hidden) == 0 else {
                let code = errno
                Self.putBack(moved)
                throw Complaint(
                    "\(path) cannot be removed", why: String(cString: strerror(code)),
                    remedy: "Check the owner and mode of its folder", status: .inputOutput)
            }
            moved.append((path, hidden))
        }
        self.moved = moved
    }

    func putBack() { Self.putBack(moved) }
    func delete() { for (_, hidden) in moved { unlink(hidden) } }

    private static func putBack(_ moved: [(from: String, to: String)]) {
        for (path, hidden) in moved { rename(hidden, path) }
    }
}
