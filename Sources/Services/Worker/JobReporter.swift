import Domain
import Foundation
import Portals
import Store
import Synchronization
import Wire

/// Writes what a connector reports into the workspace as it comes.
final class JobReporter: FetchReporter {
    private let workspace: Workspace
    private let claimed: ClaimedJob
    private let owner: String
    private let state = Mutex(State())
    private let arriving: ArrivingDocuments

    private struct State {
        /// Who delivers; known before the first notice comes.
        var provider: String?
        var new = 0
        var changed = 0
        var percent = -1
        var shownAt: Instant?
        var pending = Pending()
        var whole: [WholePlace] = []
        /// Places of which a record was not understood: it may be any notice that seems to be missing.
        var strayed: Set<Place> = []
        /// Records that were not understood.
        var aside = 0
    }

    /// What rides along with the next write.
    private struct Pending {
        var entries: [JobLogEntry] = []
        /// Documents whose bytes are stored. Until they are linked they would be fetched again, no more.
        var links: [NoticeDocument] = []

        /// - Parameter more: steps that follow those that waited.
        func write(_ writer: StoreWriter, of job: Job, more: [JobLogEntry] = [], at now: Instant) throws {
            for link in links { try writer.linkDocument(link, account: job.accountId, at: now) }
            if !entries.isEmpty || !more.isEmpty { try writer.appendLog(job.id, entries + more) }
        }
    }

    /// When this attempt began; what it saw was seen later.
    private let start: Instant

    /// Steps kept in memory while the store refuses them.
    private static let mostPending = 2_000
    /// What people see move; a commit for more would be in the way of others.
    private static let shownEvery = Duration.milliseconds(500)

    init(workspace: Workspace, claimed: ClaimedJob, owner: String) {
        self.workspace = workspace
        self.claimed = claimed
        self.owner = owner
        arriving = ArrivingDocuments(folder: workspace.documents)
        start = workspace.now
    }

    /// Notices that nobody had seen before this attempt.
    var noticesNew: Int { state.withLock { $0.new } }
    var setAside: Int { state.withLock { $0.aside } }
    /// Notices whose content changed since the last fetch.
    var noticesChanged: Int { state.withLock { $0.changed } }

    /// Notes by which provider the account is served.
    func serve(by provider: String) { state.withLock { $0.provider = provider } }

    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async {
        let entry = JobLogEntry(
            at: workspace.now, level: level, step: step, message: HarmlessText.line(message),
            detail: HarmlessText.block(detail)
        )
        // Steps ride along with the next change of state; only faults are worth a commit of their own.
        state.withLock { state in
            if state.pending.entries.count < Self.mostPending { state.pending.entries.append(entry) }
        }
        if level >= .warning || step == "claim" { await flush() }
    }

    func progress(_ percent: Int) async {
        let now = workspace.now
        let isNews = state.withLock { state in
            // A finer step is not seen on screen and would cost a commit.
            guard percent >= state.percent + 5 || percent == 100 && state.percent < 100 else { return false }
            if let shown = state.shownAt, now.since(shown) < Self.shownEvery { return false }
            (state.percent, state.shownAt) = (percent, now)
            return true
        }
        guard isNews else { return }
        let (claimed, owner) = (claimed, owner)
        await writeSteps { writer in _ = try writer.progress(claimed.lease, owner: owner, percent: percent) }
    }

    func read(_ reading: PlaceReading, notices: [NoticeFacts]) async throws {
        await settle()
        let (reading, notices) = (arriving.honest(reading), arriving.honest(notices))
        let now = workspace.now
        let pending = takePending()
        let claimed = claimed
        let calendar = workspace.settings.notices.calendar
        let provider = state.withLock { $0.provider }
        do {
            let counts = try await workspace.write { writer in
                let counts = try writer.upsert(
                    claimed.job.accountId, notices, by: provider, calendar: calendar, now: now)
                try writer.recordReading(
                    claimed.job.accountId, reading.place, outcome: reading.outcome, count: reading.count,
                    error: HarmlessText.line(reading.message), at: now)
                try pending.write(writer, of: claimed.job, more: [Self.entry(for: reading, at: now)], at: now)
                return counts
            }
            state.withLock { state in
                state.new += counts.new
                state.changed += counts.changed
                if reading.outcome == .read || reading.outcome == .empty {
                    state.whole.append(WholePlace(reading.place, reachesBackTo: reading.reachesBackTo))
                }
            }
        } catch {
            putBack(pending)
            throw error
        }
    }

    private static func entry(for reading: PlaceReading, at now: Instant) -> JobLogEntry {
        let name = reading.place.rawValue
        let text =
            switch reading.outcome {
            case .read: "\(name): \(reading.count) read"
            case .empty: "\(name): empty"
            default: "\(name): \(reading.outcome.rawValue): \(reading.message)"
            }
        let isGood = reading.outcome == .read || reading.outcome == .empty
        return JobLogEntry(at: now, level: isGood ? .info : .warning, step: "place", message: HarmlessText.line(text))
    }

    /// A failed look means one needless download, no more.
    func hasDocument(sha256: String) async -> Bool {
        let isKnown = (try? await workspace.read { try $0.hasDocument(sha256: sha256) }) ?? false
        return isKnown && FileManager.default.fileExists(atPath: documents.file(sha256: sha256))
    }

    func storedDocument(externalId: String) async -> NoticeDocument? {
        let (account, provider) = (claimed.job.accountId, state.withLock { $0.provider })
        let known = try? await workspace.read {
            try $0.storedDocument(account, externalId: externalId, by: provider)
        }
        guard let document = known ?? nil, let hash = document.sha256,
            FileManager.default.fileExists(atPath: documents.file(sha256: hash))
        else { return nil }
        return document
    }

    /// Returns before the disk has it, so that the next one can be asked for; `read` and `settle` wait.
    func store(document: NoticeDocument, bytes: [UInt8]) async throws {
        guard arriving.add(document, bytes) else { return }
        await settle()
        await flush()
    }

    /// Waits until every document that came is durable, or lost.
    func settle() async {
        let settled = await arriving.settle()
        state.withLock { $0.pending.links += settled.stored }
        for (name, why) in settled.lost { await log(.error, "document", "\(name): \(why)") }
    }

    /// What was read of a place, after a look at its documents.
    func honest(_ reading: PlaceReading) -> PlaceReading { arriving.honest(reading) }

    func setAside(_ record: StrayRecord) async throws {
        if !record.isRead {
            state.withLock {
                $0.strayed.insert(record.place)
                $0.aside += 1
            }
        }
        let words = record.isRead ? "an example was kept of a record" : "a record was set aside:"
        await log(
            .warning, "strays", "\(record.place.rawValue): \(words) \(record.problem)",
            detail: record.key.isEmpty ? "" : "key \(record.key)")
        // Of what was read one example is enough, however often it comes.
        let named = record.isRead ? Array(record.problem.utf8) : record.raw
        let (account, now, hash) = (claimed.job.accountId, workspace.now, Wire.ContentHash.sha256(named))
        try await workspace.write { writer in
            try writer.setAside(
                account, record.place, key: record.key, problem: record.problem, raw: record.raw, hash: hash, at: now)
        }
    }

    private var documents: DocumentFolder { workspace.documents }

    /// Writes the conclusion with what is left of the log, as one unit.
    ///
    /// - Returns: false when the lease was lost and the outcome was dropped: whoever holds the job now decides.
    func finish(_ conclusion: JobConclusion) async throws -> Bool {
        // Whoever concludes has settled already, or failed: then the next fetch brings what is missing.
        await settle()
        let pending = takePending()
        let (workspace, claimed, owner, start) = (workspace, claimed, owner, start)
        let provider = state.withLock { $0.provider }
        // A notice may move between places, so nothing is missed before all of them were read.
        let whole = if case .done = conclusion.outcome { wholePlaces } else { [WholePlace]() }
        do {
            // Not `workspace.write`: whether to try again is told by the store's own problem.
            return try await workspace.store.write { writer in
                // Taken here, where nothing else is stored: a digest that ended a moment before tells of it next time.
                let now = workspace.now
                let last = Self.entry(for: conclusion.outcome, at: now)
                let isHeld = try conclusion.store(of: claimed, owner: owner, in: writer, now: now)
                let end = isHeld ? last : Self.dropped(at: now)
                var steps: [JobLogEntry] = []
                if isHeld {
                    let gone = try writer.markGone(
                        claimed.job.accountId, places: whole, by: provider, notSeenSince: start, now: now)
                    if gone > 0 { steps.append(Self.gone(gone, at: now)) }
                }
                try pending.write(writer, of: claimed.job, more: steps + [end].compactMap { $0 }, at: now)
                return isHeld
            }
        } catch {
            putBack(pending)
            throw error
        }
    }

    private var wholePlaces: [WholePlace] {
        state.withLock { state in state.whole.filter { !state.strayed.contains($0.place) } }
    }

    private static func gone(_ count: Int, at now: Instant) -> JobLogEntry {
        let message = "\(Counted.text(count, "notice")) of before \(count == 1 ? "is" : "are") gone from the portal"
        return JobLogEntry(at: now, level: .info, step: "notice", message: message)
    }

    private static func dropped(at now: Instant) -> JobLogEntry {
        let message = "this attempt had lost its lease; its outcome was dropped"
        return JobLogEntry(at: now, level: .warning, step: "lease", message: message)
    }

    private static func entry(for outcome: JobOutcome, at now: Instant) -> JobLogEntry? {
        switch outcome {
        case .done: nil
        case .released:
            JobLogEntry(at: now, level: .info, step: "release", message: "given back; the same attempt goes on later")
        case .failed(let cause, _): JobLogEntry(at: now, level: .error, step: "failed", message: cause.meaningWhenOver)
        case .retry(let at, _, _):
            JobLogEntry(
                at: now, level: .warning, step: "retry",
                message: "next try in \(max(0, at.since(now).components.seconds)) s")
        case .needsInput(let cause, _, _, _):
            JobLogEntry(at: now, level: .warning, step: "wait", message: cause.meaning)
        case .cancelled: JobLogEntry(at: now, level: .info, step: "cancel", message: "cancelled by a person")
        }
    }

    private func flush() async { await writeSteps { _ in } }

    /// Writes the steps so far with a change that may be lost. When the store refuses, the steps wait for the next write.
    private func writeSteps(_ change: @escaping @Sendable (StoreWriter) throws -> Void) async {
        let (pending, job, now) = (takePending(), claimed.job, workspace.now)
        do {
            try await workspace.write { writer in
                try change(writer)
                try pending.write(writer, of: job, at: now)
            }
        } catch {
            putBack(pending)
        }
    }

    private func takePending() -> Pending {
        state.withLock { state in
            defer { state.pending = Pending() }
            return state.pending
        }
    }

    private func putBack(_ pending: Pending) {
        state.withLock { state in
            state.pending.entries = pending.entries + state.pending.entries
            state.pending.links = pending.links + state.pending.links
        }
    }
}
