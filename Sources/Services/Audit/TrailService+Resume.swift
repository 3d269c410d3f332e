import Domain
import Foundation
import Store
import Trail

/// An admin's word that the trail goes on from an older copy of itself, as it stands on record.
public struct TrailResumption: Sendable, Hashable {
    /// The record that says so; the former trail is known to have been as here before it, and nobody vouches for what it held
    /// from there on.
    public var sequence: Int64
    public var at: Instant
    public var by: String
    public var reason: String
    /// Records that a checkpoint outside had of the former trail; nil where an older program did not say.
    public var remembered: Int64?
    /// Why the trail was not taken for the one remembered, in words.
    public var problem: String

    init(_ event: AuditEvent) {
        let facts = event.detailFacts
        (sequence, at, by) = (event.sequence, event.at, event.actor)
        (reason, problem) = (facts["reason"] ?? "", facts["problem"] ?? "")
        remembered = facts["size"].flatMap { Int64($0) }
    }
}

extension TrailService {
    /// What stands on record of former trails; records that cannot be read are left out, since a verification names them.
    func resumptions() async throws(Complaint) -> [TrailResumption] {
        do {
            return try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "audit.resume")) }
                .map(TrailResumption.init)
        } catch {
            return []
        }
    }

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
