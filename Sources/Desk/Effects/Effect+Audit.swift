import Domain
import Services

/// What the screens of the audit trail ask.
public enum AuditWish: Sendable, Equatable {
    case page(AuditQuery, page: Int, perPage: Int)
    case record(Int64)
    /// Opens what is kept sealed of a call; that is on record.
    case openBodies(Int64)
    case verify
    case export(String)
    case sign
    case keys
    case rotateKey
    /// Lets a trail go on in which something is wrong: why.
    case resume(String)
    /// Of a record, to a file.
    case proof(Int64, String)

    /// Whether it reads the trail from end to end, which takes its time.
    var readsAll: Bool {
        switch self {
        case .verify, .export: true
        default: false
        }
    }

    /// - Parameter progress: records that are read and how many there are, from any thread.
    func loaded(
        from workspace: Workspace, progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) async throws(Complaint) -> Loaded? {
        switch self {
        case .page(let query, let page, let perPage):
            return .audit(try await workspace.audit.page(query, page: page, perPage: perPage))
        case .record(let sequence): return .auditRecord(try await workspace.audit.dossier(sequence))
        case .openBodies(let sequence): return .auditRecord(try await workspace.audit.opened(sequence))
        case .verify: return .verified(try await workspace.trail.verify(progress: progress))
        case .export(let folder):
            let done = try await workspace.trail.export(to: workspace.path(typed: folder), progress: progress)
            let words = [
                Counted.text(Int(done.records), "record"), Counted.text(done.checkpoints, "checkpoint"),
            ].joined(separator: " and ")
            if done.report.verdict == .damaged {
                return .done("DAMAGED: \(done.report.damage ?? ""). \(words) written to \(done.folder) all the same")
            }
            return .done("\(words) written to \(done.folder); its README.txt says how to check them")
        case .sign: return .auditPaper(try await workspace.trail.signed())
        case .keys: return .auditKeys(try await workspace.trail.signingKeys())
        case .resume(let reason):
            let lines = AuditWords.resumed(try await workspace.trail.resume(reason: reason))
            return .trailResumed(
                AuditPaper(title: "Resumed", head: "The audit trail goes on", text: lines))
        case .rotateKey: return .auditPaper(try await workspace.trail.changedKey())
        case .proof(let sequence, let file):
            try await workspace.trail.saveProof(of: sequence, to: workspace.path(typed: file))
            return .done("The proof of record \(sequence) is written to \(file)")
        }
    }
}
