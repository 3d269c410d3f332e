import Domain
import Store

extension InvoiceBatch {
    /// Checks everything that files and folders hold, and looks what of it is registered already. Sends nothing.
    ///
    /// - Parameters:
    ///   - paths: of several, one that cannot be read is told as a draft that is held back.
    ///   - progress: told how many files of a folder, or documents of a sheet, are checked.
    /// - Throws: a `Complaint`: 65 when the only one cannot be read or holds no invoice, 77 not permitted, 78 without a
    ///   provider.
    public func survey(
        _ paths: [String], progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(Complaint) -> InvoiceSurvey {
        try await workspace.permit(.act)
        let providers = try workspace.actionProviders(.irp)
        let found = try await gather(paths, progress) { InvoiceSurvey.Draft($0) }
        let drafts = try await workspace.read { try Self.compared(found, $0) }
        return InvoiceSurvey(paths: paths, drafts: drafts, providers: try bestFirst(providers, drafts))
    }

    /// Each draft once, with what the others and the books say of it.
    private static func compared(
        _ found: [InvoiceSurvey.Draft], _ reader: StoreReader
    ) throws -> [InvoiceSurvey.Draft] {
        var ids: Set<String> = []
        // A file may have been named itself and with its folder.
        var drafts = found.filter { ids.insert($0.id).inserted }
        let twins = InvoiceTwins.findings(drafts.map { (identity: $0.identity, source: $0.source) })
        var first: [String: String] = [:]
        for index in drafts.indices {
            guard let key = drafts[index].key else { continue }
            let standing: PortalOperation?
            do {
                standing = try reader.operation(key: key)
            } catch StoreProblem.refused(let why) {
                // It is not known whether this one was asked for: its action cannot be read. The others are looked at.
                drafts[index].refusal = why.startingUpper
                continue
            }
            let isInOrder = drafts[index].fingerprint != nil
            if let standing, standing.state.stands {
                // Also what is out of order by now, but was asked for when it was not.
                let isSame = standing.fingerprint == drafts[index].identity?.fingerprint
                if isSame || isInOrder { drafts[index].known = standing.state }
                if !isSame, isInOrder { drafts[index].refusal = standing.otherContent }
            } else if let twin = twins[index], twin.severity == .error {
                drafts[index].add(twin)
                continue
            }
            guard isInOrder, drafts[index].refusal == nil else { continue }
            if let before = first[key] {
                drafts[index].refusal = "The same document stands in these files before: \(before)"
            } else {
                first[key] = drafts[index].source
            }
        }
        return drafts
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
        _ paths: [String], _ progress: @Sendable (Int, Int) -> Void = { _, _ in },
        _ part: @escaping @Sendable (Entry) -> Part
    ) async throws(Complaint) -> [Part] {
        var all: [Part] = []
        for path in paths {
            do throws(Complaint) {
                all += try await gather(path, progress: progress, part)
            } catch {
                if paths.count == 1 || Task.isCancelled { throw error }
                all.append(
                    part(
                        Entry(
                            id: Self.identity(of: path), source: Self.shown(path), findings: [], refusal: error)))
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
    static let checkStopped = Complaint("the check was stopped", status: .tryLater)

    static let unconfirmed = Complaint(
        "it was changed since it was checked", remedy: "Check the files again", status: .badData)
}
