import Domain
import Store
import Trail

/// What a check at the start finds: what was recorded since the last checkpoint, and whether the trail is still the one
/// that the places outside remember (facts: reliability 6.6).
public enum TrailStanding: Sendable, Hashable {
    case sound
    /// Nothing may be changed until somebody has looked: what is wrong, in words.
    case damaged(String)
    /// It cannot be read at all: what is wrong, and what helps.
    case unreadable(String)

    public var problem: String? {
        switch self {
        case .sound: nil
        case .damaged(let words), .unreadable(let words): words
        }
    }
}

extension Workspace {
    /// Checks the trail since its last checkpoint: a few hundred records at the most.
    public func trailStanding() async -> TrailStanding {
        do {
            if let finding = try trailFinding() {
                let day = TimeText.full(finding.at, offset: utcOffset(at: finding.at))
                return .damaged("\(finding.words), as a verification found on \(day)")
            }
            return try await problemSinceCheckpoint().map(TrailStanding.damaged) ?? .sound
        } catch {
            if case StoreProblem.trail(let words) = error { return .damaged(words) }
            return .unreadable(Complaint(error, home: home.path).description)
        }
    }

    /// What is wrong with the trail, whatever a verification found before; nil for nothing.
    func problemSinceCheckpoint() async throws -> String? {
        let (kept, changes) = try await store.read { (try $0.newestCheckpoint(), try $0.auditKeyChanges()) }
        let keys = TrailKeys(changes: changes)
        if let damage = keys.damage, try await lastResumption().map({ $0 < damage.seq }) ?? true { return damage.words }
        let note = kept.flatMap { SignedCheckpoint(note: $0.note) }
        if let kept, let note, note.checkpoint.root != kept.frontier.root { return TrailDamage(.kept, kept.size).words }
        if let damage = try await store.checkTrail(since: kept) { return damage.words }
        if let kept, note?.checkpoint.size != kept.size || !keys.has(kept.key) || note.map(keys.signed) != true {
            return TrailDamage(.signature, kept.size).words
        }
        guard let remembered = CheckpointPlaces(workspace: self).remembered() else { return nil }
        return try await lost(remembered, keys)
    }

    /// Number of the record with which an admin last let the trail go on.
    private func lastResumption() async throws -> Int64? {
        try await store.read { try $0.auditEvents(.resumptions).last?.sequence }
    }

    /// What of a checkpoint that is remembered outside the trail no longer holds.
    private func lost(_ remembered: SignedCheckpoint, _ keys: TrailKeys) async throws -> String? {
        let checkpoint = remembered.checkpoint
        let (origin, head) = try await store.read { (try $0.auditOrigin(), try $0.auditHead()) }
        if keys.isForged(remembered) {
            return TrailDamage(.edited, checkpoint.size, CheckpointPlaces(workspace: self).holder(of: remembered)).words
        }
        guard checkpoint.origin == origin else {
            return TrailDamage(.foreign, checkpoint.size, checkpoint.origin).words
        }
        guard let head, head.size >= checkpoint.size else {
            let has = Counted.text(Int(head?.size ?? 0), "record")
            return
                "the trail has \(has), and a checkpoint of \(checkpoint.size) is remembered outside: it was cut short, or an older copy was put in its place"
        }
        let (root, same) = try await store.read { reader in
            (try reader.auditRoot(at: checkpoint.size), try reader.checkpoint(notBeyond: checkpoint.size)?.size)
        }
        guard root == checkpoint.root else {
            return "the trail is not the one whose checkpoint of \(checkpoint.size) records is remembered outside"
        }
        guard keys.signed(remembered) else {
            return "the checkpoint that is remembered outside has another key's signature"
        }
        return same == checkpoint.size ? nil : TrailDamage(.withdrawn, checkpoint.size).words
    }
}

/// The keys that have signed checkpoints of a trail, each vouched for by the one before.
struct TrailKeys: Sendable {
    private(set) var keys: [NoteKey] = []
    private var lines: Set<String> = []
    /// The first change that the key before does not vouch for: whatever it names signs nothing.
    private(set) var damage: TrailDamage?

    init(changes: [AuditEvent]) {
        for event in changes {
            guard let change = event.keyChange, let key = NoteKey(line: change.line), follows(change, key) else {
                let kind: TrailDamage.Kind = event.action == AuditEvent.damaged ? .leaf : .key
                damage = damage ?? TrailDamage(kind, event.sequence)
                continue
            }
            keys.append(key)
            lines.insert(change.line)
        }
    }

    private func follows(_ change: AuditKeyChange, _ key: NoteKey) -> Bool {
        guard let last = keys.last else { return change.old == nil }
        let signature = change.signature.flatMap { Base64Bytes.of($0) } ?? []
        return change.old == last.line && KeyChange(old: last, new: key).isVouched(signature)
    }

    var isEmpty: Bool { keys.isEmpty }
    func has(_ line: String) -> Bool { lines.contains(line) }
    func isForged(_ note: SignedCheckpoint) -> Bool { keys.contains { note.isForged(of: $0) } && !signed(note) }
    func signed(_ note: SignedCheckpoint) -> Bool { keys.contains { note.isSigned(by: $0) } }
}

extension AuditQuery {
    /// By the index of subjects.
    static let resumptions = AuditQuery(subject: "audit", action: "audit.resume")
}

extension TrailDamage {
    /// For people.
    public var words: String {
        switch kind {
        case .missing: "record \(seq) is missing"
        case .surplus: "record \(seq) stands behind the end of the trail: it was put in, or the head was set back"
        case .form: "record \(seq) is not in the canonical form: its bytes were changed"
        case .number: "record \(seq) bears another number: records were moved"
        case .leaf: "record \(seq) was changed: its hash is another one"
        case .chain: "record \(seq) does not follow from the one before it"
        case .column: "record \(seq) was changed: its column \(detail) says something else than its bytes"
        case .head: "the head of the trail does not fit its \(Counted.text(Int(seq), "record"))"
        case .headless: "the trail has no head that can be read, and \(Counted.text(Int(seq), "record"))"
        case .origin:
            "the head of the trail, its records and the workspace do not bear the same name (\(HarmlessText.line(detail, limit: 80)))"
        case .altered: "records before \(seq) are not as they were when the trail was let go on there: more was changed"
        case .foreign:
            "the checkpoints outside belong to another trail, \(HarmlessText.line(detail, limit: 80))"
        case .checkpoint: "the first \(Counted.text(Int(seq), "record")) are not those that were signed"
        case .signature: "the checkpoint of \(Counted.text(Int(seq), "record")) is not signed by the trail's key"
        case .key: "record \(seq) changes the signing key, and the key before does not vouch for it"
        case .kept: "the checkpoint of \(Counted.text(Int(seq), "record")) was changed in the workspace"
        case .withdrawn:
            "the checkpoint of \(Counted.text(Int(seq), "record")) is remembered outside and was taken out of the workspace"
        case .edited:
            "the checkpoint of \(Counted.text(Int(seq), "record")) was edited in \(HarmlessText.line(detail, limit: 200)), which lies outside of the workspace: its key did not sign that"
        case .uncalled:
            "call \(seq) was begun and no record tells of it: it was taken out of the calls under way, or their count was set back"
        case .truncated: "the trail ends before its checkpoint of \(Counted.text(Int(seq), "record"))"
        }
    }
}
