import Domain
import Foundation
import Store
import Trail

extension TrailService {
    /// Goes on with a trail that is shorter than what is remembered outside, or another one: after a backup was put back on
    /// purpose. What was remembered is kept beside its place, and the trail says who decided it, why, and what was lost.
    ///
    /// - Parameter reason: why; it stays on record.
    /// - Returns: where the former checkpoints lie now.
    /// - Throws: a `Complaint`: 77 for anybody but an admin; 65 when nothing is wrong, or when the records themselves are
    ///   damaged: then no word of anybody helps, only a backup.
    public func resume(reason: String) async throws(Complaint) -> String {
        let doer = try await workspace.permit(.administer)
        let reason = HarmlessText.line(reason, limit: 400)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Complaint("a reason is needed", remedy: "Say why the trail goes on from here", status: .badData)
        }
        let places = CheckpointPlaces(workspace: workspace)
        guard let problem = await workspace.trailStanding().problem, let last = places.remembered() else {
            throw Complaint("there is nothing to resume", why: "the trail holds", status: .badData)
        }
        let aside = try places.setAside(at: workspace.now)
        if let still = await workspace.trailStanding().problem {
            try places.putBack(aside)
            throw Complaint.damagedTrail(still)
        }
        let now = workspace.now
        let detail = AuditDetail.text([
            "reason": reason, "problem": problem, "size": "\(last.checkpoint.size)",
            "root": last.checkpoint.root.base64,
        ])
        try await workspace.write { writer in
            try writer.recordEvent(doer.event("audit.resume", "audit", detail: detail, at: now))
        }
        try await TrailSigning(workspace: workspace).sign(.now)
        return aside
    }
}

extension CheckpointPlaces {
    /// Moves the file of checkpoints beside its place.
    ///
    /// - Returns: where it lies now.
    func setAside(at now: Instant) throws(Complaint) -> String {
        let aside = "\(file).before-\(now.milliseconds)"
        guard rename(file, aside) == 0 else { throw Complaint.unwritable(file, errno) }
        return aside
    }

    func putBack(_ aside: String) throws(Complaint) {
        guard rename(aside, file) == 0 else { throw Complaint.unwritable(file, errno) }
    }
}
