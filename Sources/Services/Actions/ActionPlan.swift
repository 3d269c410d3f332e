import Domain
import Portals
import Store

/// What is about to leave the house, for a person to look at before it does.
public struct ActionPlan: Hashable, Sendable {
    public var kind: OperationKind
    /// In the order of their first document.
    public var gstins: [Gstin]
    /// Titles of the documents, in their order.
    public var documents: [String]
    /// Sum of the documents; nil where none has one.
    public var total: Rupees?
    /// Requests that change something at the authority, should none have to be repeated.
    public var calls: Int
    public var provider: ActionProvider
    /// The authority's number of what is changed.
    public var reference: String?

    public init(
        kind: OperationKind, gstins: [Gstin], documents: [String], total: Rupees? = nil, calls: Int,
        provider: ActionProvider, reference: String? = nil
    ) {
        self.kind = kind
        self.gstins = gstins
        self.documents = documents
        self.total = total
        self.calls = calls
        self.provider = provider
        self.reference = reference
    }
}

/// Who carries actions out at an authority.
public struct ActionProvider: Hashable, Sendable {
    public var name: String
    public var isSimulated: Bool

    public init(name: String, isSimulated: Bool) {
        self.name = name
        self.isSimulated = isSimulated
    }
}

/// Whether what stands at a provider is real.
public struct ProviderSimulations: Sendable {
    let known: [String: Bool]
    /// Of one whose file is gone.
    let otherwise: Bool?

    /// nil where nobody can tell.
    public func isSimulated(_ name: String) -> Bool? { known[name] ?? otherwise }

    /// `sandbox-irp (SANDBOX)`; a real one as it is called.
    public func shown(_ name: String) -> String {
        switch isSimulated(name) {
        case true?: "\(name) (SANDBOX)"
        case false?: name
        case nil: "\(name) (its file is gone)"
        }
    }
}

extension Workspace {
    /// Providers that reach an authority, the one that is taken when nobody chooses first.
    ///
    /// - Throws: a `Complaint` (78) when there is none.
    func actionProviders(_ system: ActionSystem) throws(Complaint) -> [ActionProvider] {
        let catalog = providers()
        let files = catalog.files.filter { $0.profile.connector.rawValue == system.rawValue }
        if files.isEmpty { throw Complaint.noProvider(system, catalog.broken) }
        let sorted = files.filter(\.profile.isDefault) + files.filter { !$0.profile.isDefault }
        return sorted.map { ActionProvider(name: $0.name, isSimulated: $0.isSimulated || $0.startsSandbox) }
    }

    /// Which providers are simulated, looked up once for many rows.
    public func simulations() -> ProviderSimulations {
        ProviderSimulations(
            known: Dictionary(providers().files.map { ($0.name, $0.isSimulated || $0.startsSandbox) }) { first, _ in
                first
            },
            otherwise: home.isDemo ? true : nil)
    }

    /// The best provider for a GSTIN among those that are simulated, or real, as one that a person was shown.
    ///
    /// - Throws: a `Complaint` (65) for an unknown name.
    func provider(_ system: ActionSystem, for gstin: Gstin, like shown: String) throws(Complaint) -> String {
        let isSimulated = try actionProvider(shown).isSimulated
        let able = try actionRoutes.providers(system, for: gstin)
        return able.first { ($0.isSimulated || $0.startsSandbox) == isSimulated }?.name ?? shown
    }

    /// - Throws: a `Complaint` (65) for an unknown name.
    func actionProvider(_ name: String) throws(Complaint) -> ActionProvider {
        let file = try providerSecrets.existing(name)
        return ActionProvider(name: file.name, isSimulated: file.isSimulated || file.startsSandbox)
    }
}

extension Complaint {
    /// The same number was asked for with something else in it.
    static func otherContent(_ title: String, _ standing: PortalOperation) -> Complaint {
        Complaint(
            "\(title) stands already with other content",
            why: "operation \(standing.id) is \(standing.state.title.lowercased())",
            remedy: "Look at it with `portaldesk operation show \(standing.id)`; \(standing.remedyForOther)",
            status: .badData)
    }
}

extension OperationService {
    /// What a request would send. Nothing is written.
    ///
    /// - Throws: a `Complaint`: 65 for a missing API user or what stands already, 77 not permitted.
    func plan(_ request: Request) async throws(Complaint) -> ActionPlan {
        try await workspace.permit(.act, on: "gst/\(request.gstin)")
        let key = request.businessKey
        // What stands is told before what would be missing for asking again.
        let standing = try await workspace.read { try $0.operation(key: key) }
        if let standing, standing.state.stands { throw Self.refusal(of: request, standing) }
        try requireUser(request.provider, request.gstin)
        try requirePaths(request)
        return ActionPlan(
            kind: request.kind, gstins: [request.gstin], documents: [request.title], total: request.total, calls: 1,
            provider: try workspace.actionProvider(request.provider), reference: request.expectedReference)
    }

    private static func refusal(of request: Request, _ standing: PortalOperation) -> Complaint {
        guard standing.fingerprint == request.fingerprint else { return .otherContent(request.title, standing) }
        var complaint = Complaint(
            "\(request.title) was asked for already", why: "that is \(standing.state.title.lowercased())",
            remedy: "Look at it under GSTN actions", status: .badData)
        complaint.standing = standing.id
        return complaint
    }

    /// - Throws: a `Complaint` (78) when the provider's file does not say where the action goes.
    func requirePaths(_ request: Request) throws(Complaint) {
        let file = try workspace.providerSecrets.existing(request.provider)
        let missing = file.profile.missingPaths(for: request.kind)
        guard !missing.isEmpty else { return }
        throw Complaint(
            "\(request.provider) does not do this", why: "its file lacks \(missing.joined(separator: " and "))",
            remedy: "Set it in the provider's file, or name another provider", status: .badConfiguration)
    }

    func requireUser(_ provider: String, _ gstin: Gstin) throws(Complaint) {
        guard try workspace.lookUp({ try $0.apiUser(provider, gstin) }) == nil else { return }
        throw Complaint.noApiUser(of: gstin, at: provider)
    }
}
