import Domain
import Store
import Trail

/// What a check at the start finds: what was recorded since the last checkpoint, and whether the trail is still the one
/// that the places outside remember (facts: reliability 6.6).
public enum TrailStanding: Sendable, Hashable {
    case sound
    /// Nothing may be changed until somebody has looked: what is wrong, in words.
    case damaged(String)

    public var problem: String? {
        if case .damaged(let words) = self { return words }
        return nil
    }
}

extension Workspace {
    /// Checks the trail since its last checkpoint: a few hundred records at the most.
    public func trailStanding() async -> TrailStanding {
        do {
            let kept = try await store.read { try $0.newestCheckpoint() }
            let keys = try await read { try TrailKeys(changes: $0.auditKeyChanges()) }
            if let kept {
                guard let note = SignedCheckpoint(note: kept.note), note.checkpoint.size == kept.size,
                    note.checkpoint.root == kept.frontier.root, keys.signed(note)
                else { return .damaged("the checkpoint of \(kept.size) records is not signed by the trail's key") }
            }
            if let remembered = CheckpointPlaces(workspace: self).remembered(),
                let problem = try await lost(remembered, keys)
            {
                return .damaged(problem)
            }
            if let damage = try await checkSince(kept) { return .damaged(damage.words) }
            return .sound
        } catch let problem as TrailDamage {
            return .damaged(problem.words)
        } catch {
            return .damaged(Complaint(error, home: home.path).what)
        }
    }

    private func checkSince(_ kept: KeptCheckpoint?) async throws -> TrailDamage? {
        try await store.checkTrail(since: kept)
    }

    /// What of a checkpoint that is remembered outside the trail no longer holds.
    private func lost(_ remembered: SignedCheckpoint, _ keys: TrailKeys) async throws -> String? {
        let checkpoint = remembered.checkpoint
        let (head, same) = try await store.read { reader in
            (try reader.auditHead(), try reader.checkpoint(notBeyond: checkpoint.size))
        }
        let origin = head?.origin ?? ""
        guard checkpoint.origin == origin || head == nil else {
            return "the checkpoints outside belong to another trail, \(checkpoint.origin)"
        }
        guard let head, head.size >= checkpoint.size else {
            let has = Counted.text(Int(head?.size ?? 0), "record")
            return
                "the trail has \(has), and a checkpoint of \(checkpoint.size) is remembered outside: it was cut short, or an older copy was put in its place"
        }
        guard let same, same.size == checkpoint.size, same.frontier.root == checkpoint.root else {
            return "the trail is not the one whose checkpoint of \(checkpoint.size) records is remembered outside"
        }
        return keys.signed(remembered) ? nil : "the checkpoint that is remembered outside has another key's signature"
    }
}

/// The keys that have signed checkpoints of a trail, each vouched for by the one before.
struct TrailKeys: Sendable {
    private(set) var keys: [NoteKey] = []

    /// - Throws: the `TrailDamage` of a change that the key before does not vouch for.
    init(changes: [AuditEvent]) throws {
        for event in changes {
            guard let change = event.keyChange, let key = NoteKey(line: change.line) else {
                throw TrailDamage(.key, event.sequence)
            }
            if let last = keys.last {
                let signature = change.signature.flatMap { Base64Bytes.of($0) } ?? []
                guard change.old == last.line, KeyChange(old: last, new: key).isVouched(signature) else {
                    throw TrailDamage(.key, event.sequence)
                }
            } else if change.old != nil {
                throw TrailDamage(.key, event.sequence)
            }
            keys.append(key)
        }
    }

    func signed(_ note: SignedCheckpoint) -> Bool { keys.contains { note.isSigned(by: $0) } }
}

extension TrailDamage {
    /// For people.
    public var words: String {
        switch kind {
        case .missing: "record \(seq) is missing"
        case .surplus: "record \(seq) does not belong there: it was put in from outside"
        case .form: "record \(seq) is not in the canonical form: its bytes were changed"
        case .number: "record \(seq) bears another number: records were moved"
        case .leaf: "record \(seq) was changed: its hash is another one"
        case .chain: "record \(seq) does not follow from the one before it"
        case .column: "record \(seq) was changed: its column \(detail) says something else than its bytes"
        case .head: "the head of the trail does not fit its \(Counted.text(Int(seq), "record"))"
        case .checkpoint: "the first \(Counted.text(Int(seq), "record")) are not those that were signed"
        case .signature: "the checkpoint of \(Counted.text(Int(seq), "record")) is not signed by the trail's key"
        case .key: "record \(seq) changes the signing key, and the key before does not vouch for it"
        case .truncated: "the trail ends before its checkpoint of \(Counted.text(Int(seq), "record"))"
        }
    }
}
