import Domain
import Portals
import Store

/// Which providers can carry out an action for a GSTIN: those that reach the authority and keep an API user of it.
///
/// Every registration portal takes every GSTIN's invoices, and none passes a request on by itself, so the choice is
/// ours (facts: nic-einvoice-ewb 8).
struct ActionRoutes: Sendable {
    let workspace: Workspace

    /// The best first: one that is asked as usual before one whose circuit is open, then the default, then by name.
    func providers(_ system: ActionSystem, for gstin: Gstin) throws(Complaint) -> [ProviderFile] {
        let (users, circuits) = try workspace.lookUp { (try $0.apiUsers(), try $0.circuits()) }
        let able = Set(users.filter { $0.gstin == gstin && $0.refusal == nil }.map(\.provider))
        let closed = Set(circuits.filter { $0.breaker.phase != .closed }.map(\.provider))
        func rank(_ file: ProviderFile) -> (Int, Int, String) {
            (closed.contains(file.name) ? 1 : 0, file.profile.isDefault ? 0 : 1, file.name)
        }
        return workspace.providers().files
            .filter { $0.profile.connector.rawValue == system.rawValue && able.contains($0.name) }
            .sorted { rank($0) < rank($1) }
    }

    /// Another registration portal for an invoice that the first does not take now. Never from a simulated one to a
    /// real one, or back.
    func other(than provider: String, for operation: PortalOperation) -> String? {
        guard operation.kind == .einvoiceGenerate, !operation.isPinned else { return nil }
        return sisters(of: provider, for: operation.gstin).first?.name
    }

    /// The provider that reaches the portal which another one named as the holder of an invoice. Names are matched
    /// loosely, for they are spelled in many ways.
    func holder(_ registrar: String, than provider: String, for operation: PortalOperation) -> String? {
        let all = sisters(of: provider, for: operation.gstin)
        return all.first { $0.profile.nic.map { Self.areSame($0.registrar, registrar) } == true }?.name
    }

    private func sisters(of provider: String, for gstin: Gstin) -> [ProviderFile] {
        guard let isSimulated = workspace.providers().named(provider)?.isSimulated else { return [] }
        let all = (try? providers(.irp, for: gstin)) ?? []
        return all.filter { $0.name != provider && $0.isSimulated == isSimulated }
    }

    /// Whether two names may mean one portal. A bare `NIC` may be either of its two: a portal never names itself as the
    /// holder, so to the first it is the second, and the other way round.
    static func areSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (plain(one), plain(other))
        return one == other || (one == "NIC" && other.hasPrefix("NIC")) || (other == "NIC" && one.hasPrefix("NIC"))
    }

    static func plain(_ registrar: String) -> String {
        let letters = registrar.uppercased().filter { $0.isLetter || $0.isNumber }
        guard letters.hasPrefix("NIC") else { return letters }
        // In the wild: NIC, NIC1, NIC101, and so for the second (facts: nic-einvoice-ewb 8).
        let number = letters.dropFirst(3)
        return number.count == 3 && number.hasPrefix("10") ? "NIC\(number.suffix(1))" : letters
    }
}

extension Workspace {
    var actionRoutes: ActionRoutes { ActionRoutes(workspace: self) }

    /// The provider for an action of a GSTIN when none is named.
    ///
    /// - Parameter isMeant: whether a provider comes into question.
    /// - Throws: a `Complaint`: 78 when there is none, 64 when several could be meant.
    func standardProvider(
        _ system: ActionSystem, for gstin: Gstin, where isMeant: (ProviderFile) -> Bool = { _ in true }
    ) throws(Complaint) -> String {
        let able = try actionRoutes.providers(system, for: gstin).filter(isMeant)
        if let best = able.first, able.count == 1 || system == .irp { return best.name }
        let all = providers().files.filter { $0.profile.connector.rawValue == system.rawValue && isMeant($0) }
        let files = able.isEmpty ? all : able
        if let standard = files.first(where: \.profile.isDefault) { return standard.name }
        // Without an API user any will do: what is missing is told of it.
        if let first = files.first, files.count == 1 || system == .irp { return first.name }
        guard !files.isEmpty else { throw Complaint.noProvider(system, providers().broken) }
        throw Complaint(
            "several providers reach the \(system.title): \(files.map(\.name).joined(separator: ", "))",
            remedy: "Name one with --provider, or write default = true in its file", status: .usage)
    }
}

extension Complaint {
    /// - Parameter broken: what is wrong with files that could not be read: one of them may be the one that is missed.
    static func noProvider(_ system: ActionSystem, _ broken: [ConfigurationProblem]) -> Complaint {
        var first: [ConfigurationProblem] = []
        for problem in broken where !first.contains(where: { $0.file == problem.file }) { first.append(problem) }
        guard !first.isEmpty else {
            return Complaint(
                "no provider reaches the \(system.title)", remedy: "Add one with `portaldesk provider add FILE`",
                status: .badConfiguration)
        }
        let more = first.count > 3 ? ", and \(first.count - 3) more" : ""
        return Complaint(
            "no provider that can be read reaches the \(system.title)",
            why: first.prefix(3).map(\.description).joined(separator: "; ") + more,
            remedy:
                "Mend it, with `portaldesk provider check FILE`, or add another with `portaldesk provider add FILE`",
            status: .badConfiguration)
    }
}
