import Domain
import Foundation
import Wire

/// Many invoices: the files of a folder, the list in one file, or the rows of a sheet. What is in order is registered,
/// once each; what is not is told and costs the others nothing. The same batch again goes on where it stood.
public struct InvoiceBatch: Sendable {
    /// One invoice, and what became of it.
    public struct Entry: Sendable {
        /// Names file and place in it, whatever they are called; for comparing, not for people.
        var id: String
        /// `march/ge-7.json`, `book.json [3]`, `sales.csv line 12`; of long names the middle is left out.
        public var source: String
        /// Of the check, warnings too.
        public var findings: [Finding]
        public var operation: PortalOperation?
        /// Why it was not queued.
        public var refusal: Complaint?

        var invoice: Invoice?
        /// The document and what would be asked of it, once it was compared with the others.
        var identity: InvoiceIdentity?

        init(
            id: String? = nil, source: String, findings: [Finding], refusal: Complaint? = nil, invoice: Invoice? = nil
        ) {
            self.id = id ?? source
            self.source = source
            self.findings = findings
            self.refusal = refusal
            self.invoice = invoice
            identity = invoice.flatMap { InvoiceIdentity($0) }
        }

        /// Whether the portal would take it, for all that is known before asking.
        public var isInOrder: Bool { refusal == nil && findings.allowSending }
    }

    public enum Phase: String, Sendable { case checking, queuing, registering }

    let workspace: Workspace

    /// Submits that are under way at once: they share commits, and each commit costs a flush of the disk.
    private static let atOnce = 128
    private static let checkedAtOnce = 64

    // MARK: Reading

    /// Everything that a file or folder holds, checked, also against each other. Sends nothing.
    ///
    /// - Parameter progress: told how many files of a folder, or documents of a sheet, are checked.
    /// - Throws: a `Complaint` when it cannot be read, holds no invoice, or the task was cancelled.
    public func read(
        _ path: String, progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(Complaint) -> [Entry] {
        var entries = try await gather(path, progress: progress) { $0 }
        let twins = InvoiceTwins.findings(entries.map { (identity: $0.identity, source: $0.source) })
        for (index, finding) in twins { entries[index].findings.append(finding) }
        return entries
    }

    /// As `read`, keeping of each entry what `part` takes of it: whole invoices of thousands are much memory.
    func gather<Part: Sendable>(
        _ path: String, progress: @Sendable (Int, Int) -> Void = { _, _ in },
        _ part: @escaping @Sendable (Entry) -> Part
    ) async throws(Complaint) -> [Part] {
        let files = try Self.files(path)
        let rules = rules
        let found: [Part]
        if files.count == 1, let sheet = SheetEntries(files[0], rules) {
            found = await Self.inParts(sheet.count, progress) { [part(sheet.entry($0))] }
        } else {
            found = await Self.inParts(files.count, progress) {
                Self.entries(files[$0], rules, isAlone: files.count == 1).map(part)
            }
        }
        guard !Task.isCancelled else { throw Complaint.checkStopped }
        guard !found.isEmpty else { throw Self.holdsNone(path) }
        return found
    }

    /// Makes things by their numbers on all processors, and gives them in order; fewer when the task was cancelled.
    private static func inParts<Part: Sendable>(
        _ count: Int, _ progress: @Sendable (Int, Int) -> Void, _ make: @escaping @Sendable (Int) -> [Part]
    ) async -> [Part] {
        var made: [[Part]] = Array(repeating: [], count: count)
        let chunks = stride(from: 0, to: count, by: checkedAtOnce).map { $0..<min($0 + checkedAtOnce, count) }
        await withTaskGroup(of: [(Int, [Part])].self) { group in
            var (next, done) = (0, 0)
            func start() {
                guard next < chunks.count else { return }
                let chunk = chunks[next]
                next += 1
                group.addTask { chunk.map { ($0, make($0)) } }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
            for await part in group {
                for (index, things) in part { made[index] = things }
                done += part.count
                progress(done, count)
                if !Task.isCancelled { start() }
            }
        }
        return made.flatMap(\.self)
    }

    /// What invoices are held to.
    struct Rules: Sendable {
        var day: LegalDate
        var settings: InvoiceSettings
    }

    var rules: Rules {
        Rules(day: LegalDate.inIndia(workspace.now), settings: workspace.settings.eInvoices.rules)
    }

    // MARK: Registering

    /// Queues what is in order and follows it to where it stands for now.
    ///
    /// - Parameter checked: told of all of it before any is queued.
    /// - Throws: a `Complaint`: 77 not permitted, 78 no provider, 75 when no worker stays to do the work.
    public func register(
        _ path: String, provider: String? = nil, progress: @escaping @Sendable (Phase, Int, Int) -> Void,
        checked: @Sendable ([Entry]) -> Void = { _ in }
    ) async throws(Complaint) -> [Entry] {
        try await workspace.permit(.act)
        var entries = try await read(path) { progress(.checking, $0, $1) }
        checked(entries)
        try await submit(&entries, provider.map { .named($0) } ?? .any, progress)
        let ids = entries.compactMap { $0.operation?.id }
        guard !ids.isEmpty else { return entries }
        if entries.contains(where: { $0.operation?.state.isFinished == false }) { try workspace.sync.startWorker() }
        let total = ids.count
        let found = try await workspace.operations.wait(for: ids) { tally in
            progress(.registering, total - tally.underWay, total)
        }
        let byId = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        for index in entries.indices {
            entries[index].operation = entries[index].operation.map { byId[$0.id] ?? $0 }
        }
        return entries
    }

    /// - Parameter confirmed: fingerprints of what a person has looked at, nothing else is queued; nil queues all.
    func submit(
        _ entries: inout [Entry], _ choice: EInvoiceService.Choice, confirmed: Set<String>? = nil,
        _ progress: @Sendable (Phase, Int, Int) -> Void = { _, _, _ in }
    ) async throws(Complaint) {
        let (operations, invoices) = (workspace.operations, workspace.eInvoices)
        let all = entries
        var outcomes: [(Int, Result<PortalOperation, Complaint>)] = []
        await withTaskGroup(of: (Int, Result<PortalOperation, Complaint>).self) { group in
            var next = 0
            func start() {
                guard next < all.count else { return }
                let (index, entry) = (next, all[next])
                next += 1
                group.addTask {
                    if let refusal = entry.refusal { return (index, .failure(refusal)) }
                    do throws(Complaint) {
                        if confirmed == nil, !entry.findings.allowSending,
                            let standing = try await invoices.standing(entry.invoice)
                        {
                            return (index, .success(standing))
                        }
                        let request = try invoices.request(entry.invoice, entry.findings, through: choice)
                        if let confirmed, !confirmed.contains(request.fingerprint) { throw Complaint.unconfirmed }
                        return (index, .success(try await operations.submit(request, startsWorker: false)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<Self.atOnce { start() }
            for await outcome in group {
                outcomes.append(outcome)
                progress(.queuing, outcomes.count, all.count)
                start()
            }
        }
        for (index, outcome) in outcomes {
            switch outcome {
            case .success(let operation): entries[index].operation = operation
            case .failure(let complaint): entries[index].refusal = complaint
            }
            // Nobody needs the whole invoice any more.
            entries[index].invoice = nil
        }
    }
}

extension Workspace {
    public var invoiceBatch: InvoiceBatch { InvoiceBatch(workspace: self) }
}
