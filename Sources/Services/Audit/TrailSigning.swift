import Domain
import Foundation
import Secrets
import Store
import Trail

/// Signs checkpoints of the audit trail when they are due, and keeps them outside of the workspace. The key lies in the
/// vault: a process whose vault is locked signs nothing, and the next one that can makes up for it.
struct TrailSigning: Sendable {
    let workspace: Workspace

    /// Why a checkpoint is asked for.
    enum Occasion: Sendable {
        /// Only if enough was recorded since the last one, or long enough ago.
        case due
        /// At an orderly end, before and after a change of the key, by hand.
        case now
    }

    /// Signs, if it is time, and tells the places outside.
    ///
    /// - Returns: the checkpoint; nil when none was due, or the vault is locked here.
    /// - Throws: a `Complaint` when the trail is not the one that was signed before, or cannot be written.
    @discardableResult
    func sign(_ occasion: Occasion = .due) async throws(Complaint) -> KeptCheckpoint? {
        guard workspace.keyring.seen != nil else { return nil }
        let (head, last) = try workspace.lookUp { (try $0.auditHead(), try $0.newestCheckpoint()) }
        guard let head, head.size > last?.size ?? 0 else {
            // What the file outside lacks it gets all the same, when somebody asks.
            if occasion == .now, let last { CheckpointPlaces(workspace: workspace).fill(upTo: last) }
            return nil
        }
        if occasion == .due, try !isDue() { return nil }
        let signer = try await signer(origin: head.origin)
        workspace.killPoint?.strike(.checkpoint)
        let now = workspace.now
        let kept = try await workspace.write { writer in
            try writer.signCheckpoint(key: signer.key.line, at: now) { try signer.sign($0) }
        }
        workspace.killPoint?.strike(.checkpointKept)
        if let kept { await CheckpointPlaces(workspace: workspace).keep(kept) }
        return kept
    }

    /// Whether enough was recorded since the last checkpoint, or long enough ago.
    func isDue() throws(Complaint) -> Bool {
        guard workspace.keyring.seen != nil else { return false }
        let settings = workspace.settings.audit
        let (size, first) = try workspace.lookUp {
            (try $0.auditHead()?.size ?? 0, try $0.newestCheckpoint()?.size ?? 0)
        }
        guard size > first else { return false }
        if size - first >= Int64(settings.records) { return true }
        let oldest = try workspace.lookUp { try $0.auditEvent(first) }?.at
        return oldest.map { workspace.now.since($0) >= settings.interval } ?? false
    }

    /// When the oldest record that no checkpoint covers becomes due; nil when there is none.
    func nextDue() throws(Complaint) -> Instant? {
        guard workspace.keyring.seen != nil else { return nil }
        let interval = workspace.settings.audit.interval
        return try workspace.lookUp { reader in
            let size = try reader.newestCheckpoint()?.size ?? 0
            return try reader.auditEvent(size).map { $0.at + interval }
        }
    }

    /// The key that signs now; a trail without one gets its first.
    func signer(origin: String) async throws(Complaint) -> NoteSigner {
        if let key = try TrailKeys(changes: workspace.lookUp({ try $0.auditKeyChanges() })).keys.last {
            return try await opened(key.line)
        }
        return try await add(after: nil, origin: origin, by: workspace.acting.actorName)
    }

    private func opened(_ line: String) async throws(Complaint) -> NoteSigner {
        guard let key = NoteKey(line: line), let seed = try await workspace.secret(.auditSigner, of: Self.owner(key)),
            let signer = NoteSigner(name: key.name, seed: seed), signer.key == key
        else { throw Complaint.signerMissing }
        return signer
    }

    static func owner(_ key: NoteKey) -> String { key.id.map(Digits.hex).joined() }

    /// Makes a new key, for which the one before vouches, and puts it on record.
    @discardableResult
    func add(after former: NoteSigner?, origin: String, by actor: String) async throws(Complaint) -> NoteSigner {
        guard let (signer, seed) = NoteSigner.make(name: origin) else { throw Complaint.signerMissing }
        var change = AuditKeyChange(line: signer.key.line)
        if let former {
            let link = KeyChange(old: former.key, new: signer.key)
            guard let signature = try? former.signature(of: link.statement) else { throw Complaint.signerMissing }
            (change.old, change.signature) = (former.key.line, Data(signature).base64EncodedString())
        }
        let now = workspace.now
        var event = AuditEvent(at: now, actor: actor, action: "audit.key", subject: "audit", outcome: "done")
        event.keyChange = change
        let (workspace, made, old) = (workspace, event, change.old)
        let isMade = try await workspace.write { writer -> Bool in
            // Another process may have made one meanwhile.
            guard TrailKeys(changes: try writer.reader.auditKeyChanges()).keys.last?.line == old else { return false }
            try workspace.keep(seed, as: .auditSigner, of: Self.owner(signer.key), writer, at: now)
            try writer.recordEvent(made)
            return true
        }
        if !isMade, let key = try TrailKeys(changes: workspace.lookUp({ try $0.auditKeyChanges() })).keys.last {
            return try await opened(key.line)
        }
        return signer
    }

    /// Changes the key: signs what there is with the old one, puts the new one on record, and signs with it.
    func rotate(by doer: Doer) async throws(Complaint) -> NoteKey {
        try await sign(.now)
        guard let head = try workspace.lookUp({ try $0.auditHead() }) else { throw Complaint.signerMissing }
        let old = try await signer(origin: head.origin)
        let new = try await add(after: old, origin: head.origin, by: doer.name)
        try await sign(.now)
        return new.key
    }
}

extension Complaint {
    static let signerMissing = Complaint(
        "the key that signs the audit trail is missing or does not open", why: "it was changed outside of PortalDesk",
        remedy: "Restore a backup of the workspace; `portaldesk audit verify` tells what still holds", status: .badData)
}
