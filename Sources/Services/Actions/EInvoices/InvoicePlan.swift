import Domain
import Store

extension InvoiceBatch {
    /// One invoice of the files, and what `register` would do about it.
    public struct Planned: Sendable, Hashable {
        public var draft: InvoiceSurvey.Draft
        /// Who would be asked to register it; nil for what stays.
        public var provider: ActionProvider?
        /// Why it stays, where that is neither a finding nor its standing registration.
        public var hindrance: String?
    }

    /// What `register` would send, and through whom. Nothing is written and nothing is sent.
    ///
    /// - Parameter provider: nil for the best of those that keep an API user of each seller.
    /// - Throws: a `Complaint`: 65 when the files cannot be read or the provider is unknown, 77 not permitted, 78 without
    ///   a provider.
    public func plan(_ path: String, provider: String? = nil) async throws(Complaint) -> [Planned] {
        if let provider { _ = try workspace.actionProvider(provider) }
        let survey = try await survey([path])
        var known: [Gstin: (ActionProvider?, String?)] = [:]
        var planned: [Planned] = []
        for draft in survey.drafts {
            guard draft.isInOrder, let gstin = draft.gstin else {
                planned.append(Planned(draft: draft, hindrance: draft.refusal))
                continue
            }
            let found = known[gstin] ?? way(gstin, provider)
            known[gstin] = found
            planned.append(Planned(draft: draft, provider: found.0, hindrance: found.1))
        }
        return planned
    }

    /// Through whom the invoices of a seller go, or why they do not.
    private func way(_ gstin: Gstin, _ provider: String?) -> (ActionProvider?, String?) {
        do throws(Complaint) {
            let name: String
            if let provider { name = provider } else { name = try workspace.standardProvider(.irp, for: gstin) }
            try workspace.operations.requireUser(name, gstin)
            return (try workspace.actionProvider(name), nil)
        } catch {
            return (nil, error.description)
        }
    }
}
