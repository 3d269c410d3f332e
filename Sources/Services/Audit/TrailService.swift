import Domain
import Foundation
import Store
import Trail

/// The audit trail as something that can be checked: verification, checkpoints, keys, export.
public struct TrailService: Sendable {
    let workspace: Workspace

    /// What a verification came to, by its gravest part.
    public enum Verdict: Sendable, Hashable {
        case holds
        /// Nothing is wrong that could be seen, and not all that is to be there could be held against it.
        case unchecked
        case damaged
    }

    /// What a verification came to.
    public struct Report: Sendable, Hashable {
        public var origin: String
        /// Records `first..<size` were read.
        public var first: Int64
        public var size: Int64
        /// Hash of the tree, in Base64 as checkpoints have it.
        public var root: String
        /// Checkpoints of the workspace that were checked.
        public var checkpoints: Int
        /// Checkpoints from outside that were checked: remembered in the file, or handed over.
        public var outside: Int
        /// The first thing that is wrong, in words; nil when nothing is.
        public var damage: String?
        /// The record or the size of the checkpoint at which it is.
        public var damagedAt: Int64?
        /// The same for comparing.
        var found: TrailDamage?
        /// What could not be checked, in words.
        public var remarks: [String] = []
        /// Requests and answers that were kept, and that somebody took out of the database; their hashes stand on record.
        public var bodiesTaken = 0
        /// Why not everything could be checked: places outside that said nothing, or not enough.
        public var unchecked: [String] = []
        /// Who let the trail go on in spite of this damage; nil where nobody did.
        public var accepted: TrailResumption?
        /// What an earlier verification had found, and this one no longer does: it is taken away.
        public var lifted: String?
        /// Each time somebody decided that the trail goes on although it was not the one remembered, oldest first.
        public var resumptions: [TrailResumption] = []

        public var verdict: Verdict { damage != nil ? .damaged : unchecked.isEmpty ? .holds : .unchecked }

        /// What keeps calls from being made; nil where nothing does.
        public var hindrance: String? { accepted == nil ? damage : nil }

        public init(
            origin: String, first: Int64, size: Int64, root: String, checkpoints: Int, outside: Int,
            damage: String? = nil, damagedAt: Int64? = nil
        ) {
            self.origin = origin
            self.first = first
            self.size = size
            self.root = root
            self.checkpoints = checkpoints
            self.outside = outside
            self.damage = damage
            self.damagedAt = damagedAt
        }
    }

    /// Signs what was recorded since the last checkpoint.
    ///
    /// - Returns: the newest checkpoint as a signed note; nil for a trail that has none.
    public func sign() async throws(Complaint) -> String? {
        try await workspace.permit(.auditOwn)
        guard workspace.keyring.seen != nil else { throw Complaint.vaultLocked }
        try await restoreGuards()
        try await TrailSigning(workspace: workspace).sign(.now)
        return try await workspace.read { try $0.newestCheckpoint()?.note }
    }

    /// Why the newest checkpoint does not stand in the file outside, after an attempt to write it there; nil where it does.
    public func unkept() async -> String? {
        guard let newest = try? await workspace.read({ try $0.newestCheckpoint() }) else { return nil }
        return CheckpointPlaces(workspace: workspace).fill(upTo: newest)
    }

    /// Triggers that somebody took out are put back, and that they were gone is on record.
    private func restoreGuards() async throws(Complaint) {
        guard try await !workspace.read({ try $0.missingTrailGuards() }).isEmpty else { return }
        let (actor, now) = (workspace.acting.actorName, workspace.now)
        try await workspace.write { writer in
            let names = try writer.restoreTrailGuards()
            try writer.recordEvent(
                AuditEvent(
                    at: now, actor: actor, action: "audit.guards", subject: "audit", outcome: "done",
                    detail: AuditDetail.text(["triggers": names.joined(separator: " ")])))
        }
    }

    /// Puts a new key in the place of the one that signs.
    ///
    /// - Returns: its line, for whoever verifies elsewhere.
    public func rotateKey() async throws(Complaint) -> String {
        let doer = try await workspace.permit(.administer, on: "audit")
        return try await TrailSigning(workspace: workspace).rotate(by: doer).line
    }

    /// The keys that have signed, oldest first, as lines.
    public func keys() async throws(Complaint) -> [String] {
        try await workspace.permit(.auditOwn)
        return try await workspace.read { try $0.auditKeyChanges() }.compactMap { $0.keyChange?.line }
    }

    /// What is told of trails that began in this folder before this one.
    public var before: [String] { CheckpointPlaces(workspace: workspace).predecessorWords }

    /// Whether a checkpoint is due and this process could sign it; two look-ups.
    public var isDue: Bool { (try? TrailSigning(workspace: workspace).isDue()) ?? false }

    /// Signs if it is time, and notes when settings have changed; asked now and then by whoever stays open.
    public func signIfDue() async {
        try? await SettingsOnRecord(workspace: workspace).note()
        _ = try? await TrailSigning(workspace: workspace).sign()
    }

    /// At an orderly end.
    public func signAtEnd() async { _ = try? await TrailSigning(workspace: workspace).sign(.now) }
}

extension Workspace {
    public var trail: TrailService { TrailService(workspace: self) }
}

/// Base64 with padding, as signed notes have it.
enum Base64Bytes {
    static func of(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map(Array.init) }
}
