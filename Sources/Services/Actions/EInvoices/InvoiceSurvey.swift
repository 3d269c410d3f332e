import Domain

/// What files hold, for people to look at before anything is sent.
public struct InvoiceSurvey: Sendable, Hashable {
    /// One invoice of the files, checked.
    public struct Draft: Sendable, Hashable {
        /// Tells it from every other draft, also where the shown names are alike.
        public var id: String
        /// `march/ge-7.json`, `sales.csv line 12`; of long names the middle is left out.
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
        /// The document and what would be asked for it, whether or not it is in order.
        var identity: InvoiceIdentity?

        /// Whether it would be registered now.
        public var isInOrder: Bool { fingerprint != nil && refusal == nil && known == nil }

        public init(
            id: String? = nil, source: String, title: String, gstin: Gstin? = nil, total: Rupees? = nil,
            irn: String? = nil, findings: [Finding] = [], refusal: String? = nil, known: OperationState? = nil,
            fingerprint: String? = nil, key: String? = nil
        ) {
            self.id = id ?? source
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

        private static let mostFindings = 50

        /// Holds it back for what another draft says.
        mutating func add(_ finding: Finding) {
            findings = [finding] + findings.prefix(Self.mostFindings - 1)
            errors += 1
            (fingerprint, irn) = (nil, nil)
        }

        init(_ entry: InvoiceBatch.Entry) {
            self.init(id: entry.id, source: entry.source, title: entry.source)
            findings = Array(entry.findings.prefix(Self.mostFindings))
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
            guard let identity = entry.identity else {
                // What is wrong with it stands in the findings.
                refusal = errors == 0 ? "It lacks its number or its seller" : nil
                return
            }
            (self.identity, key) = (identity, identity.key)
            guard errors == 0 else { return }
            (fingerprint, irn) = (identity.fingerprint, identity.irn)
            title = HarmlessText.line(identity.title, limit: 120)
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
