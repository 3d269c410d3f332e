import Domain
import Logging
import Store

/// What the worker does for the audit trail: it looks at it before its first call, signs checkpoints when they are due, and
/// at its end.
extension SyncWorker {
    /// - Throws: a `Complaint` (65) when the trail was changed from outside: nothing more leaves then.
    func requireSoundTrail() async throws(Complaint) {
        guard let problem = await workspace.trailStanding().problem else { return }
        log.error("the audit trail is damaged", metadata: ["why": "\(problem)"])
        throw Complaint.damagedTrail(problem)
    }

    /// Signs when it is time. A trail that is not the one that was signed ends the work, and so does what a verification
    /// found meanwhile.
    func signTrail() async throws(Complaint) {
        if let finding = try workspace.lookUp({ try $0.trailFinding() }) { throw Complaint.damagedTrail(finding.words) }
        guard try await TrailSigning(workspace: workspace).sign() != nil else { return }
        try await BodyRetention(workspace: workspace).apply()
    }

    func closeTrail() async {
        await runner.connectors.records.drain()
        do throws(Complaint) {
            try await TrailSigning(workspace: workspace).sign(.now)
            try await BodyRetention(workspace: workspace).apply()
        } catch {
            log.error("the audit trail could not be signed", metadata: ["why": "\(error.description)"])
        }
    }
}
