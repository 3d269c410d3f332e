import Domain
import Foundation
import Wire

/// Many invoices: the files of a folder, the list in one file, or the rows of a sheet. What is in order is registered,
/// once each; what is not is told and costs the others nothing. The same batch again goes on where it stood.
public struct InvoiceBatch: Sendable {
    /// One invoice, and what became of it.
    public struct Entry: Sendable {
        /// `march/ge-7.json`, `book.json [3]`, `sales.csv line 12`.
        public var source: String
        /// Of the check, warnings too.
        public var findings: [Finding]
        public var operation: PortalOperation?
        /// Why it was not queued.
        public var refusal: Complaint?

        var invoice: Invoice?

        /// Whether the portal would take it, for all that is known before asking.
        public var isInOrder: Bool { refusal == nil && findings.allowSending }
    }

    public enum Phase: String, Sendable { case checking, queuing, registering }

    let workspace: Workspace

    /// Submits that are under way at once: they share commits, and each commit costs a flush of the disk.
    private static let atOnce = 128
    private static let checkedAtOnce = 64

    // MARK: Reading

    /// Everything that a file or folder holds, checked. Sends nothing.
    ///
    /// - Throws: a `Complaint` when it cannot be read, or holds no invoice.
    public func read(
        _ path: String, progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(Complaint) -> [Entry] {
        try await gather(path, progress: progress) { $0 }
    }

    /// As `read`, keeping of each entry what `part` takes of it: whole invoices of thousands are much memory.
    func gather<Part: Sendable>(
        _ path: String, progress: @Sendable (Int, Int) -> Void = { _, _ in },
        _ part: @escaping @Sendable (Entry) -> Part
    ) async throws(Complaint) -> [Part] {
        let files = try Self.files(path)
        let rules = rules
        var entries: [[Part]] = Array(repeating: [], count: files.count)
        let chunks = stride(from: 0, to: files.count, by: Self.checkedAtOnce).map {
            $0..<min($0 + Self.checkedAtOnce, files.count)
        }
        await withTaskGroup(of: [(Int, [Part])].self) { group in
            var (next, done) = (0, 0)
            func start() {
                guard next < chunks.count else { return }
                let chunk = chunks[next]
                next += 1
                group.addTask { chunk.map { ($0, Self.entries(files[$0], rules).map(part)) } }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
            for await read in group {
                for (index, found) in read { entries[index] = found }
                done += read.count
                progress(done, files.count)
                start()
            }
        }
        let found = entries.flatMap(\.self)
        guard !found.isEmpty else {
            throw Complaint("\(HarmlessText.line(path, limit: 200)) holds no invoice", status: .badData)
        }
        return found
    }

    /// What invoices are held to.
    struct Rules: Sendable {
        var day: LegalDate
        var settings: InvoiceSettings
    }

    var rules: Rules {
        var settings = InvoiceSettings()
        settings.reportingDays = workspace.settings.eInvoices.reportingDays
        settings.unlimitedSellers = workspace.settings.eInvoices.unlimited
        return Rules(day: LegalDate.inIndia(workspace.now), settings: settings)
    }

    private static func files(_ path: String) throws(Complaint) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Complaint.unreadable(path, ENOENT)
        }
        guard isFolder.boolValue else { return [path] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Complaint.unreadable(path, EACCES)
        }
        let wanted = names.filter { name in
            !name.hasPrefix(".") && (name.lowercased().hasSuffix(".json") || name.lowercased().hasSuffix(".csv"))
        }
        guard !wanted.isEmpty else {
            throw Complaint("\(path) holds no .json and no .csv file", status: .badData)
        }
        return wanted.sorted().map { "\(path)/\($0)" }
    }

    private static func entries(_ file: String, _ rules: Rules) -> [Entry] {
        let name = HarmlessText.line(file, limit: 200)
        do throws(Complaint) {
            let data = try SheetFile.read(file, takesPipes: false)
            if file.lowercased().hasSuffix(".csv") { return try sheet(data, name, rules) }
            return entries([UInt8](data), name, rules)
        } catch {
            return [Entry(source: name, findings: [], refusal: error)]
        }
    }

    /// The invoices of a JSON text.
    static func entries(_ bytes: [UInt8], _ name: String, _ rules: Rules) -> [Entry] {
        let readings = InvoiceJSON.checkAll(bytes, on: rules.day, rules.settings)
        return readings.enumerated().map { index, reading in
            Entry(
                source: readings.count == 1 ? name : "\(name) [\(index)]", findings: reading.findings,
                invoice: reading.value)
        }
    }

    private static func sheet(_ data: Data, _ name: String, _ rules: Rules) throws(Complaint) -> [Entry] {
        let sheet = try DraftReader(on: rules.day, settings: rules.settings).read(data, file: name)
        // What is wrong with the sheet may be wrong with any of its invoices.
        let common = sheet.findings.filter { $0.severity == .error }
        // A column that is not read is told once.
        let warnings = sheet.findings.filter { $0.severity != .error }
        return sheet.drafts.enumerated().map { place, draft in
            Entry(
                source: draft.lines.first.map { "\(name) line \($0)" } ?? name,
                findings: common + (place == 0 ? warnings : []) + draft.findings, invoice: draft.invoice)
        } + (sheet.drafts.isEmpty ? [Entry(source: name, findings: sheet.findings)] : [])
    }

    // MARK: Registering

    /// Queues what is in order and follows it to where it stands for now.
    ///
    /// - Throws: a `Complaint`: 77 not permitted, 78 no provider, 75 when no worker stays to do the work.
    public func register(
        _ path: String, provider: String? = nil, progress: @escaping @Sendable (Phase, Int, Int) -> Void
    ) async throws(Complaint) -> [Entry] {
        try await workspace.permit(.act)
        var entries = try await read(path) { progress(.checking, $0, $1) }
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
