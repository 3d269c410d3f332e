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
    private let state: Mutex<State>
    private let arriving: ArrivingDocuments

    private struct State {
        /// Who delivers; known before the first notice comes.
        var provider: String?
        var new = 0
        var changed = 0
        var percent = -1
        /// When people last saw something move.
        var shownAt: Instant
        var pending = PendingReport()
        var whole: [WholePlace] = []
        /// Records that were not understood, by place: one may be any notice that seems to be missing.
        var strayed: [Place: Int] = [:]
        /// What was stored before this attempt; nil until somebody asks.
        var stored: [String: NoticeDocument]?
    }

    /// When this attempt began; what it saw was seen later.
    private let start: Instant

    /// Steps kept in memory while the store refuses them.
    private static let mostPending = 2_000
    /// Notices kept in memory before they are written.
    private static let mostNotices = 200
    /// What people see move; a commit for more would be in the way of others.
    private static let shownEvery = Duration.milliseconds(500)

    init(workspace: Workspace, claimed: ClaimedJob, owner: String) {
        self.workspace = workspace
        self.claimed = claimed
        self.owner = owner
        arriving = ArrivingDocuments(folder: workspace.documents)
        start = workspace.now
        state = Mutex(State(shownAt: start))
    }

    /// Notices that nobody had seen before this attempt.
    var noticesNew: Int { state.withLock { $0.new } }
    var setAside: Int { state.withLock { $0.strayed.values.reduce(0, +) } }
    /// Notices whose content changed since the last fetch.
    var noticesChanged: Int { state.withLock { $0.changed } }

    /// Notes by which provider the account is served.
    func serve(by provider: String) { state.withLock { $0.provider = provider } }

    /// Steps ride along with the next change of state; only faults are worth a commit of their own.
    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async {
        add(level, step, message, detail: detail)
        if level >= .warning { try? await keep() }
    }

    private func add(_ level: LogLevel, _ step: String, _ message: String, detail: String) {
        let entry = JobLogEntry(
            at: workspace.now, level: level, step: step, message: HarmlessText.line(message),
            detail: HarmlessText.block(detail)
        )
        state.withLock { state in
            if state.pending.steps.count < Self.mostPending { state.pending.steps.append(.entry(entry)) }
        }
    }

    func progress(_ percent: Int) async {
        let now = workspace.now
        let isNews = state.withLock { state in
            // A finer step is not seen on screen and would cost a commit.
            guard percent >= state.percent + 5 || percent == 100 && state.percent < 100 else { return false }
            guard now.since(state.shownAt) >= Self.shownEvery else { return false }
            state.percent = percent
            return true
        }
        guard isNews else { return }
        let (claimed, owner) = (claimed, owner)
        try? await keep { writer in _ = try writer.progress(claimed.lease, owner: owner, percent: percent) }
    }

    /// Returns before the store has it, unless people have waited for a while to see something move: places of a quick
    /// fetch are written together. `keep` and `finish` wait.
    func read(_ reading: PlaceReading, notices: [NoticeFacts]) async throws {
        let now = workspace.now
        let isDue = state.withLock { state in
            var reading = reading
            if reading.outcome.isAnswer, let count = state.strayed[reading.place], reading.message.isEmpty {
                reading.message = "\(Counted.text(count, "record")) set aside"
            }
            state.pending.steps.append(.place(reading, notices, at: now))
            return now.since(state.shownAt) >= Self.shownEvery || state.pending.noticeCount >= Self.mostNotices
        }
        if isDue { try await keep() }
    }

    /// A failed look means one needless download, no more.
    func hasDocument(sha256: String) async -> Bool {
        let isKnown = (try? workspace.lookUp { try $0.hasDocument(sha256: sha256) }) ?? false
        guard isKnown, let file = documents.file(sha256: sha256) else { return false }
        return access(file, F_OK) == 0
    }

    func storedDocument(externalId: String) async -> NoticeDocument? {
        let (account, provider, stored) = (
            claimed.job.accountId, state.withLock { $0.provider }, state.withLock { $0.stored }
        )
        // A failed look means needless downloads, no more.
        let known = stored ?? (try? workspace.lookUp { try $0.storedDocuments(account, by: provider) }) ?? [:]
        if stored == nil { state.withLock { $0.stored = known } }
        let found = known[externalId]
        guard let document = found, let hash = document.sha256, let file = documents.file(sha256: hash),
            access(file, F_OK) == 0
        else { return nil }
        return document
    }

    /// A failed look means needless calls, no more.
    func knownNotices() async -> [String: NoticeFacts] {
        let (account, provider) = (claimed.job.accountId, state.withLock { $0.provider })
        return (try? workspace.lookUp { try $0.knownNotices(account, by: provider) }) ?? [:]
    }

    /// Returns before the disk has it, so that the next one can be asked for; `keep` and `settle` wait.
    func store(document: NoticeDocument, bytes: [UInt8]) async throws {
        guard arriving.add(document, bytes) else { return }
        try? await keep()
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
            state.withLock { $0.strayed[record.place, default: 0] += 1 }
        }
        let words = record.isRead ? "an example was kept of a record" : "a record was set aside:"
        add(
            .warning, "strays", "\(record.place.title): \(words) \(record.problem)",
            detail: record.key.isEmpty ? "" : "key \(record.key)")
        // Of what was read one example is enough, however often it comes.
        let named = record.isRead ? Array(record.problem.utf8) : record.raw
        let (account, now, hash) = (claimed.job.accountId, workspace.now, Wire.ContentHash.sha256(named))
        try await keep { writer in
            try writer.setAside(
                account, record.place, key: record.key, problem: record.problem, raw: record.raw, hash: hash, at: now)
        }
    }

    @discardableResult
    func note(wish: Int64, _ step: TdsRequestStep) async throws -> Bool {
        let now = workspace.now
        let isTaken = Mutex(false)
        try await keep { writer in
            let isNoted = try writer.noteRequest(wish, step, now: now)
            isTaken.withLock { $0 = isNoted }
        }
        return isTaken.withLock { $0 }
    }

    private var documents: DocumentFolder { workspace.documents }

    /// Writes the conclusion with what is left of the log, as one unit.
    ///
    /// - Returns: false when the lease was lost and the outcome was dropped: whoever holds the job now decides.
    func finish(_ conclusion: JobConclusion) async throws -> Bool {
        // Whoever concludes has settled already, or failed: then the next fetch brings what is missing.
        await settle()
        let all = takePending()
        var pending = all.withoutPlaces
        if all.placeCount > 0 {
            let message =
                "\(Counted.text(all.placeCount, "place")) could not be stored; the next fetch reads them again"
            pending.steps.append(
                .entry(JobLogEntry(at: workspace.now, level: .warning, step: "store", message: message)))
        }
        let (workspace, claimed, owner, start) = (workspace, claimed, owner, start)
        let provider = state.withLock { $0.provider }
        // A notice may move between places, so nothing is missed before all of them were read.
        let whole = if case .done = conclusion.outcome { wholePlaces } else { [WholePlace]() }
        do {
            // Not `workspace.write`: whether to try again is told by the store's own problem.
            return try await workspace.store.write(isPatient: true) { [pending] writer in
                // Taken here, where nothing else is stored: a digest that ended a moment before tells of it next time.
                let now = workspace.now
                let last = Self.entry(for: conclusion.outcome, at: now)
                let isHeld = try conclusion.store(of: claimed, owner: owner, in: writer, now: now)
                let end = isHeld ? last : Self.dropped(at: now)
                var steps: [JobLogEntry] = []
                if isHeld {
                    let gone = try writer.markGone(
                        claimed.job.accountId, places: whole, by: provider, of: claimed.job.id, notSeenSince: start,
                        now: now)
                    if gone > 0 { steps.append(Self.gone(gone, at: now)) }
                }
                _ = try pending.write(writer, of: claimed.job, more: steps + [end].compactMap { $0 }, at: now)
                return isHeld
            }
        } catch {
            putBack(pending)
            throw error
        }
    }

    private var wholePlaces: [WholePlace] {
        state.withLock { state in state.whole.filter { state.strayed[$0.place] == nil } }
    }

    /// Writes what came so far, as one unit, once the documents of its notices are durable.
    ///
    /// - Parameter change: something that may be lost, written with it.
    /// - Throws: when the store refuses; what came then waits for the next write.
    func keep(_ change: Change? = nil) async throws {
        await settle()
        let pending = takePending()
        if pending.isEmpty, change == nil { return }
        do {
            try await write(pending, change)
        } catch {
            guard pending.placeCount > 1, error.status != .tryLater, error.status != .inputOutput else {
                putBack(pending)
                throw error
            }
            try await writeApart(pending, change)
        }
    }

    typealias Change = @Sendable (StoreWriter) throws -> Void

    private func write(_ pending: PendingReport, _ change: Change? = nil) async throws(Complaint) {
        let (claimed, now, calendar) = (claimed, workspace.now, workspace.settings.notices.calendar)
        let provider = state.withLock { $0.provider }
        let honest = pending.map(arriving.honest, arriving.honest)
        let counts = try await workspace.write(isPatient: true) { writer in
            try change?(writer)
            return try honest.write(writer, of: claimed.job, by: provider, calendar: calendar, at: now)
        }
        state.withLock { state in
            state.shownAt = now
            state.new += counts.new
            state.changed += counts.changed
            state.whole += honest.wholePlaces
        }
    }

    /// What one place holds must not cost the others: each for itself, and what is refused waits.
    private func writeApart(_ pending: PendingReport, _ change: Change?) async throws(Complaint) {
        var rest = PendingReport()
        var trouble: Complaint?
        for part in pending.parts {
            do throws(Complaint) {
                try await write(part)
            } catch {
                rest.steps += part.steps
                rest.links += part.links
                trouble = error
            }
        }
        putBack(rest)
        if let trouble { throw trouble }
        if let change { try await write(PendingReport(), change) }
    }

    private func takePending() -> PendingReport {
        state.withLock { state in
            defer { state.pending = PendingReport() }
            return state.pending
        }
    }

    private func putBack(_ pending: PendingReport) {
        state.withLock { state in
            state.pending.steps = pending.steps + state.pending.steps
            state.pending.links = pending.links + state.pending.links
        }
    }
}
