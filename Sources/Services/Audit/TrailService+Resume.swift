import Domain
import Foundation
import Secrets
import Store
import Trail
import Vault

/// An admin's word that the trail goes on, as it stands on record.
public struct TrailResumption: Sendable, Hashable {
    /// The record that says so.
    public var sequence: Int64
    public var at: Instant
    public var by: String
    public var reason: String
    /// Records that a checkpoint outside had of a former trail; nil where the trail is the one that was remembered.
    public var remembered: Int64?
    /// What was wrong, in words.
    public var problem: String
    /// What stays wrong with the records, in words; empty for nothing.
    public var left: String
    /// The last call that was begun before: what is wrong with the count up to it was in sight.
    var calls: Int64
    /// Numbers of calls that no record told of then, in words; empty for none.
    public var lostCalls: String
    /// All records before, as they stood; empty where an older program did not say.
    var state: String
    private var leftAt: Int64?
    private var leftKind: String

    init(_ event: AuditEvent) {
        let facts = event.detailFacts
        (sequence, at, by) = (event.sequence, event.at, event.actor)
        (reason, problem) = (facts["reason"] ?? "", facts["problem"] ?? "")
        remembered = facts["size"].flatMap { Int64($0) }
        (left, leftKind) = (facts["left"] ?? "", facts["left_kind"] ?? "")
        state = facts["state"] ?? ""
        calls = facts["calls"].flatMap { Int64($0) } ?? 0
        lostCalls = facts["calls_lost"] ?? ""
        leftAt = facts["left_at"].flatMap { Int64($0) }
    }

    /// Whether it was said with this damage in sight.
    func accepts(_ damage: TrailDamage) -> Bool { leftAt == damage.seq && leftKind == damage.kind.rawValue }
}

/// What an admin's word brought about.
public struct TrailResumed: Sendable, Hashable {
    /// Where the checkpoints of a former trail lie now; nil where those outside stay.
    public var aside: String?
    public var repair: TrailRepair
}

extension TrailService {
    /// What stands on record of former trails; records that cannot be read are left out, since a verification names them.
    func resumptions() async throws(Complaint) -> [TrailResumption] {
        do {
            return try await workspace.store.read { try $0.auditEvents(.resumptions) }
                .filter { $0.action != AuditEvent.damaged }.map(TrailResumption.init)
        } catch {
            return []
        }
    }

    /// Lets a trail go on that is not what it was: an older copy that was put back on purpose, or one that somebody changed.
    /// Its head and its checkpoints are made to fit its records, which stay as they are; the trail says who decided it, why,
    /// and what stays wrong. Checkpoints outside that no longer fit are kept beside their place.
    ///
    /// - Parameter reason: why; it stays on record.
    /// - Throws: a `Complaint`: 77 for anybody but an admin; 65 when nothing is wrong, or when records are missing and the
    ///   head is of no use: then only a backup helps.
    @discardableResult
    public func resume(reason: String) async throws(Complaint) -> TrailResumed {
        try await resume(reason: reason, by: try await workspace.permit(.administer, on: "audit"))
    }

    /// The same with a password in place of a session: a login is put on record, which a broken trail does not take.
    public func resume(reason: String, as name: String, _ password: SecretBytes) async throws(Complaint) -> TrailResumed
    {
        let proof = try await workspace.login.prove(name, password)
        if case .refused(let why) = proof.person.may(.administer) { throw Complaint.notPermitted(why) }
        let holder = KeyGrant.Holder.person(name)
        try await workspace.vault.unlock(holder, with: proof.key)
        return try await resume(reason: reason, by: Doer(name: proof.person.name))
    }

    private func resume(reason: String, by doer: Doer) async throws(Complaint) -> TrailResumed {
        let reason = HarmlessText.line(reason, limit: 400)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Complaint("a reason is needed", remedy: "Say why the trail goes on from here", status: .badData)
        }
        guard let problem = await workspace.trailStanding().problem else {
            throw Complaint(
                "there is nothing to resume", why: "the trail holds since its last checkpoint",
                remedy: "`portaldesk audit verify` looks at all of it", status: .badData)
        }
        // It goes on with a checkpoint.
        guard workspace.keyring.seen != nil else { throw Complaint.vaultLocked }
        let places = CheckpointPlaces(workspace: workspace)
        let outside = places.memory(own: []).notes
        let now = workspace.now
        let calls = try await resumptions().last?.calls ?? 0
        let (repair, isOther) = try await workspace.write { writer -> (TrailRepair, Bool) in
            let keys = TrailKeys(changes: try writer.reader.auditKeyChanges())
            let repair = try writer.repairTrail(outside: outside, calls: calls) {
                // Where the records of the keys are gone, checkpoints stay for whoever knows the keys.
                keys.isEmpty || keys.signed($0)
            }
            let own = Set(try writer.reader.checkpoints().map(\.note))
            let isOther = outside.contains { !own.contains($0.note) }
            // Of a former trail only what a key of this one signed tells: the rest anybody could have put there.
            let last = outside.filter { !own.contains($0.note) && keys.signed($0) }.map(\.checkpoint)
                .max { $0.size < $1.size }
            let event = doer.event(
                "audit.resume", "audit", detail: Self.detail(reason, problem, repair, last), at: now)
            try writer.recordEvent(event)
            try writer.setTrailFinding(nil)
            return (repair, isOther)
        }
        let aside = isOther ? try places.setAside(at: now) : nil
        places.forgetFinding()
        try await TrailSigning(workspace: workspace).sign(.now)
        if let still = await workspace.trailStanding().problem { throw Complaint.damagedTrail(still) }
        return TrailResumed(aside: aside, repair: repair)
    }

    private static func detail(
        _ reason: String, _ problem: String, _ repair: TrailRepair, _ former: Checkpoint?
    ) -> String {
        var facts = ["reason": reason, "problem": problem]
        if let former { (facts["size"], facts["root"]) = ("\(former.size)", former.root.base64) }
        if repair.isHeadMade { facts["head"] = "made from the records" }
        func list(_ sizes: [Int64]) -> String? {
            sizes.isEmpty ? nil : sizes.prefix(50).map(String.init).joined(separator: " ")
        }
        facts["checkpoints_restored"] = list(repair.restored)
        facts["checkpoints_removed"] = list(repair.removed)
        if repair.calls > 0 { facts["calls"] = "\(repair.calls)" }
        facts["calls_lost"] = list(repair.lostCalls)
        if let left = repair.left {
            (facts["left"], facts["left_at"], facts["left_kind"]) = (left.words, "\(left.seq)", left.kind.rawValue)
            facts["state"] = repair.state
        }
        return AuditDetail.text(facts)
    }
}

extension CheckpointPlaces {
    /// Moves the files of checkpoints beside their places.
    ///
    /// - Returns: where that of now lies.
    func setAside(at now: Instant) throws(Complaint) -> String {
        let end = ".before-\(now.milliseconds)"
        var aside: String?
        for path in [present] + formerFiles where access(path, F_OK) == 0 {
            guard rename(path, path + end) == 0 else { throw Complaint.unwritable(path, errno) }
            aside = aside ?? path + end
        }
        return aside ?? file + end
    }
}
