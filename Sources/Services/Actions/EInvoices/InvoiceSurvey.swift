import Domain
import Portals
import Store
import Wire

/// What files hold, for people to look at before anything is sent.
public struct InvoiceSurvey: Sendable, Hashable {
    /// One invoice of the files, checked.
    public struct Draft: Sendable, Hashable {
        /// `march/ge-7.json`, `sales.csv line 12`.
        public var source: String
        /// Document and party; the source where it could not be read.
        public var title: String
        public var gstin: Gstin?
        public var total: Rupees?
        /// As it will be.
        public var irn: String?
        /// No more than are worth reading.
        public var findings: [Finding]
        public var errors: Int
        public var warnings: Int
        /// Why it is not sent, where that is no finding.
        public var refusal: String?
        /// The registration of this document that stands already.
        public var known: OperationState?
        /// Of what would be sent; nil when it cannot be.
        public var fingerprint: String?
        /// The natural key under which it would be registered; nil when it cannot be.
        public var key: String?
        /// The fingerprint of what would be asked for, whether or not it is in order.
        fileprivate var asked: String?

        /// Whether it would be registered now.
        public var isInOrder: Bool { fingerprint != nil && refusal == nil && known == nil }

        public init(
            source: String, title: String, gstin: Gstin? = nil, total: Rupees? = nil, irn: String? = nil,
            findings: [Finding] = [], refusal: String? = nil, known: OperationState? = nil, fingerprint: String? = nil,
            key: String? = nil
        ) {
            self.source = source
            self.title = title
            self.gstin = gstin
            self.total = total
            self.irn = irn
            self.findings = findings
            errors = findings.count { $0.severity == .error }
            warnings = findings.count - errors
            self.refusal = refusal
            self.known = known
            self.fingerprint = fingerprint
            self.key = key
        }

        fileprivate init(_ entry: InvoiceBatch.Entry) {
            self.init(source: entry.source, title: entry.source)
            let most = 50
            findings = Array(entry.findings.prefix(most))
            errors = entry.findings.count { $0.severity == .error }
            warnings = entry.findings.count - errors
            refusal = entry.refusal?.description
            if let invoice = entry.invoice {
                let document = invoice.document
                let name = [document.type, document.number].compactMap { $0?.filled }.joined(separator: " ")
                let words = [name, invoice.buyer.legalName ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
                if !words.isEmpty { title = HarmlessText.line(words, limit: 120) }
                gstin = invoice.seller.gstin.flatMap { try? Gstin($0) }
                total = invoice.totals.invoiceTotal.flatMap { Rupees($0.description) }
            }
            guard refusal == nil else { return }
            do throws(Complaint) {
                let request = try EInvoiceService.request(entry.invoice, []) { _ in "" }
                (asked, key) = (request.fingerprint, request.businessKey)
                guard errors == 0 else { return }
                (fingerprint, irn) = (request.fingerprint, request.expectedReference)
                title = HarmlessText.line(request.title, limit: 120)
            } catch {
                // What is wrong with it stands in the findings.
                refusal = errors == 0 ? error.description : nil
            }
        }
    }

    /// Files and folders as they were asked for.
    public var paths: [String]
    public var drafts: [Draft]
    /// Who could register them; the one that is taken when nobody chooses first.
    public var providers: [ActionProvider]

    public init(paths: [String], drafts: [Draft], providers: [ActionProvider]) {
        self.paths = paths
        self.drafts = drafts
        self.providers = providers
    }

    /// With those of its drafts alone that a person chose.
    public func only(_ isChosen: (Draft) -> Bool) -> InvoiceSurvey {
        InvoiceSurvey(paths: paths, drafts: drafts.filter(isChosen), providers: providers)
    }

    /// What would be sent through a provider; nil when nothing would.
    public func plan(_ provider: ActionProvider) -> ActionPlan? {
        let ready = drafts.filter(\.isInOrder)
        guard !ready.isEmpty else { return nil }
        var gstins: [Gstin] = []
        for gstin in ready.compactMap(\.gstin) where !gstins.contains(gstin) { gstins.append(gstin) }
        let totals = ready.compactMap(\.total)
        return ActionPlan(
            kind: .einvoiceGenerate, gstins: gstins, documents: ready.map(\.title),
            total: totals.isEmpty ? nil : Rupees.sum(totals), calls: ready.count,
            provider: provider, reference: ready.count == 1 ? ready[0].irn : nil)
    }

    /// Fingerprints of what would be sent: what a person confirms.
    public var confirmable: Set<String> { Set(drafts.filter(\.isInOrder).compactMap(\.fingerprint)) }
}

extension InvoiceBatch {
    /// Checks everything that files and folders hold, and looks what of it is registered already. Sends nothing.
    ///
    /// - Parameter paths: of several, one that cannot be read is told as a draft that is held back.
    /// - Throws: a `Complaint`: 65 when the only one cannot be read or holds no invoice, 77 not permitted, 78 without a
    ///   provider.
    public func survey(_ paths: [String]) async throws(Complaint) -> InvoiceSurvey {
        try await workspace.permit(.act)
        let providers = try workspace.actionProviders(.irp)
        let found = try await gather(paths) { InvoiceSurvey.Draft($0) }
        let drafts = try await workspace.read { reader in
            var (seen, sources) = (Set<String>(), Set<String>())
            // A file may have been named itself and with its folder.
            return try found.filter { sources.insert($0.source).inserted }.map { draft in
                var draft = draft
                guard let key = draft.key else { return draft }
                guard draft.fingerprint != nil else {
                    // Out of order by now, but asked for when it was not.
                    let standing = try reader.operation(key: key)
                    if let standing, standing.state.stands, standing.fingerprint == draft.asked {
                        draft.known = standing.state
                    }
                    return draft
                }
                if !seen.insert(key).inserted {
                    draft.refusal = "The same document stands in these files before"
                } else if let standing = try reader.operation(key: key), standing.state.stands {
                    draft.known = standing.state
                    if standing.fingerprint != draft.fingerprint {
                        draft.refusal = "It stands already with other content; a change needs another number"
                    }
                }
                return draft
            }
        }
        return InvoiceSurvey(paths: paths, drafts: drafts, providers: try bestFirst(providers, drafts))
    }

    /// The one that the first seller's invoices would go through leads.
    private func bestFirst(
        _ providers: [ActionProvider], _ drafts: [InvoiceSurvey.Draft]
    ) throws(Complaint) -> [ActionProvider] {
        guard let gstin = drafts.first(where: \.isInOrder)?.gstin else { return providers }
        let best = try workspace.standardProvider(.irp, for: gstin)
        return providers.filter { $0.name == best } + providers.filter { $0.name != best }
    }

    private func gather<Part: Sendable>(
        _ paths: [String], _ part: @escaping @Sendable (Entry) -> Part
    ) async throws(Complaint) -> [Part] {
        var all: [Part] = []
        for path in paths {
            do throws(Complaint) {
                all += try await gather(path, part)
            } catch {
                if paths.count == 1 { throw error }
                let name = HarmlessText.line(path, limit: 200)
                all.append(part(Entry(source: name, findings: [], refusal: error)))
            }
        }
        return all
    }

    /// What became of drafts that a person has confirmed.
    public struct Queued: Sendable, Hashable {
        public var operations: [PortalOperation]
        /// Why confirmed ones were not queued, each reason once.
        public var refusals: [String]
        /// How many that are.
        public var refused: Int

        public init(operations: [PortalOperation], refusals: [String] = [], refused: Int = 0) {
            self.operations = operations
            self.refusals = refusals
            self.refused = refused
        }
    }

    /// Queues what a person has looked at, and nothing that has changed since; the worker goes on by itself.
    ///
    /// - Parameters:
    ///   - provider: that a person was shown.
    ///   - isChosen: whether the person chose it, so that no other one takes its place; else each seller's invoices go to
    ///     the best one, simulated or real as the one that was shown.
    ///   - confirmed: fingerprints of the survey.
    /// - Throws: a `Complaint`: 65 when the files cannot be read any more, 77 not permitted.
    public func queue(
        _ paths: [String], provider: String, isChosen: Bool, confirmed: Set<String>
    ) async throws(Complaint) -> Queued {
        try await workspace.permit(.act)
        var entries = try await gather(paths) { $0 }
        try await submit(&entries, isChosen ? .named(provider) : .like(provider), confirmed: confirmed)
        // The same document may stand in several files; it is one operation.
        var seen: Set<OperationId> = []
        let operations = entries.compactMap(\.operation).filter { seen.insert($0.id).inserted }
        if operations.contains(where: { !$0.state.isFinished }) { try workspace.sync.startWorker() }
        // What was not confirmed is refused too, and nobody asked for that.
        let missing = max(0, confirmed.count - operations.count)
        let reasons =
            missing == 0 ? [] : entries.compactMap { $0.findings.allowSending ? $0.refusal?.description : nil }
        var refusals: [String] = []
        for reason in reasons where !refusals.contains(reason) { refusals.append(reason) }
        return Queued(operations: operations, refusals: refusals, refused: missing)
    }
}

extension Complaint {
    static let unconfirmed = Complaint(
        "it was changed since it was checked", remedy: "Check the files again", status: .badData)
}
