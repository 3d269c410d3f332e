import Domain
import Foundation
import Portals
import Store
import Synchronization

/// Writes what a connector reports into the workspace as it comes.
final class JobReporter: FetchReporter {
    private let workspace: Workspace
    private let claimed: ClaimedJob
    private let owner: String
    private let state = Mutex(State())

    private struct State {
        var noticesNew = 0
        var percent = -1
        var pending: [JobLogEntry] = []
    }

    init(workspace: Workspace, claimed: ClaimedJob, owner: String) {
        self.workspace = workspace
        self.claimed = claimed
        self.owner = owner
    }

    /// Notices that nobody had seen before this attempt.
    var noticesNew: Int { state.withLock { $0.noticesNew } }

    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async {
        let entry = JobLogEntry(
            at: workspace.now, level: level, step: step, message: HarmlessText.line(message),
            detail: HarmlessText.block(detail)
        )
        // Steps ride along with the next change of state; only faults are worth a commit of their own.
        state.withLock { $0.pending.append(entry) }
        if level >= .warning || step == "claim" { await flush() }
    }

    func progress(_ percent: Int) async {
        let isNews = state.withLock { state in
            // A finer step is not seen on screen and would cost a commit.
            guard percent >= state.percent + 5 || percent == 100 && state.percent < 100 else { return false }
            state.percent = percent
            return true
        }
        guard isNews else { return }
        let entries = takePending()
        let (claimed, owner) = (claimed, owner)
        _ = try? await workspace.write { writer in
            _ = try writer.progress(claimed.lease, owner: owner, percent: percent)
            if !entries.isEmpty { try writer.appendLog(claimed.job.id, entries) }
        }
    }

    func read(_ reading: PlaceReading, notices: [NoticeFacts]) async throws {
        let now = workspace.now
        let text =
            switch reading.outcome {
            case .read: "\(reading.place.rawValue): \(reading.count) read"
            case .empty: "\(reading.place.rawValue): empty"
            default: "\(reading.place.rawValue): \(reading.outcome.rawValue): \(reading.message)"
            }
        let isGood = reading.outcome == .read || reading.outcome == .empty
        let entry = JobLogEntry(
            at: now, level: isGood ? .info : .warning, step: "place", message: HarmlessText.line(text))
        let entries = takePending() + [entry]
        let claimed = claimed
        let counts = try await workspace.write { writer in
            let counts = try writer.upsert(claimed.job.accountId, notices, now: now)
            try writer.recordReading(
                claimed.job.accountId, reading.place, outcome: reading.outcome, count: reading.count,
                error: HarmlessText.line(reading.message), at: now)
            try writer.appendLog(claimed.job.id, entries)
            return counts
        }
        state.withLock { $0.noticesNew += counts.new }
    }

    func hasDocument(sha256: String) async -> Bool {
        (try? await workspace.read { try $0.hasDocument(sha256: sha256) }) ?? false
    }

    func store(document: NoticeDocument, bytes: [UInt8]) async throws {
        let stored = try DocumentFolder(path: workspace.home.documents).store(bytes)
        var document = document
        document.sha256 = stored
        document.byteCount = bytes.count
        let (account, now, linked) = (claimed.job.accountId, workspace.now, document)
        try await workspace.write { try $0.linkDocument(linked, account: account, at: now) }
    }

    func flush() async {
        let entries = takePending()
        guard !entries.isEmpty else { return }
        let id = claimed.job.id
        _ = try? await workspace.write { try $0.appendLog(id, entries) }
    }

    /// Writes the outcome with what is left of the log. When the lease was lost the outcome is dropped:
    /// whoever holds the job now decides.
    func finish(_ outcome: JobOutcome) async {
        let now = workspace.now
        let entries = takePending() + [Self.entry(for: outcome, at: now)].compactMap { $0 }
        let (claimed, owner) = (claimed, owner)
        _ = try? await workspace.write { writer in
            try writer.appendLog(claimed.job.id, entries)
            _ = try writer.finish(claimed.job.id, generation: claimed.generation, owner: owner, outcome, now: now)
        }
    }

    private static func entry(for outcome: JobOutcome, at now: Instant) -> JobLogEntry? {
        switch outcome {
        case .done, .released: nil
        case .failed(let cause, _): JobLogEntry(at: now, level: .error, step: "failed", message: cause.meaning)
        case .retry(let at, _, _):
            JobLogEntry(at: now, level: .warning, step: "retry", message: "next try in \(max(0, at.since(now).components.seconds)) s")
        case .needsInput(let cause, _, _, _): JobLogEntry(at: now, level: .warning, step: "wait", message: cause.meaning)
        case .cancelled: JobLogEntry(at: now, level: .info, step: "cancel", message: "cancelled by a person")
        }
    }

    private func takePending() -> [JobLogEntry] {
        state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
    }
}
