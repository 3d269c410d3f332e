import Domain
import Foundation
import Store
import Trail

/// The audit trail as something that can be checked: verification, checkpoints, keys, export.
public struct TrailService: Sendable {
    let workspace: Workspace

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
        /// What could not be checked, in words.
        public var remarks: [String] = []
        /// Each time somebody decided that the trail goes on although it was not the one remembered, oldest first.
        public var resumptions: [TrailResumption] = []

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

    /// Verifies the trail: records, chain, tree, every checkpoint of its own, and those from outside.
    ///
    /// - Parameters:
    ///   - handed: a file of checkpoints that somebody kept elsewhere.
    ///   - isShort: only what was recorded since the newest checkpoint that this workspace remembers outside.
    ///   - workers: connections that read at the same time.
    ///   - progress: records read so far and their count, from any thread.
    /// - Throws: a `Complaint` when it cannot be read; damage is in the report.
    public func verify(
        handed: String? = nil, isShort: Bool = false, workers: Int = 2,
        progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) async throws(Complaint) -> Report {
        try await workspace.permit(.auditOwn)
        var outside = try CheckpointPlaces(workspace: workspace).all()
        if let handed {
            let found = try Self.notes(inFile: handed)
            outside.notes += found.notes
            outside.problems += found.problems
        }
        let (own, head) = try await workspace.read { (try $0.checkpoints(), try $0.auditHead()) }
        let size = head?.size ?? 0
        let start = isShort ? own.last { $0.size <= size } : nil
        let sizes = Set(own.map(\.size) + outside.notes.map(\.checkpoint.size))
        let findings: TrailFindings
        do {
            findings = try await workspace.store.verifyTrail(
                from: start, sizes: sizes, workers: workers
            ) { progress($0, size) }
        } catch is CancellationError {
            throw Complaint("the verification was broken off", why: "nothing was found wrong so far", status: .tryLater)
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
        return try await judged(findings, own, outside, from: start)
    }

    private func judged(
        _ findings: TrailFindings, _ own: [KeptCheckpoint],
        _ outside: (notes: [SignedCheckpoint], problems: [String]), from start: KeptCheckpoint?
    ) async throws(Complaint) -> Report {
        var report = Report(
            origin: findings.origin, first: findings.first, size: findings.size, root: findings.root.base64,
            checkpoints: own.count, outside: outside.notes.count)
        report.remarks = outside.problems.map { "of the checkpoints outside, \($0)" }
        report.resumptions = try await resumptions()
        var first = findings.damage
        func note(_ damage: TrailDamage) {
            if first.map({ damage.seq < $0.seq }) ?? true { first = damage }
        }
        var keys: TrailKeys?
        do {
            let changes = try await workspace.store.read { try $0.auditKeyChanges() }
            keys = try TrailKeys(changes: changes)
        } catch let damage as TrailDamage {
            note(damage)
        } catch {
            // A record that cannot be read is named above.
            if first == nil { throw Complaint(error, home: workspace.home.path) }
        }
        let limit = first?.kind == .truncated ? .max : first?.seq ?? .max
        // Every root is held against the tree. Of signatures the newest of each key proves all that lies before it; a
        // checkpoint that is kept twice is read and judged once.
        let twins = Dictionary(outside.notes.map { ($0.checkpoint.size, $0) }, uniquingKeysWith: { first, _ in first })
        var known: Set<Int64> = []
        var newest: [String: Int64] = [:]
        for kept in own { newest[kept.key] = kept.size }
        for kept in own where kept.size >= findings.first {
            let twin = twins[kept.size].flatMap { $0.note == kept.note ? $0 : nil }
            let signed = twin ?? SignedCheckpoint(note: kept.note)
            if twin != nil { known.insert(kept.size) }
            let wanted = newest[kept.key] == kept.size ? keys : nil
            if let damage = Self.damage(signed, kept.size, findings, wanted, limit, start) {
                note(damage)
                break
            }
        }
        let others = outside.notes.filter { signed in
            let size = signed.checkpoint.size
            return size >= findings.first && !(known.contains(size) && twins[size] == signed)
        }
        for signed in others.sorted(by: { $0.checkpoint.size < $1.checkpoint.size }) {
            if let damage = Self.damage(signed, signed.checkpoint.size, findings, keys, limit, start) {
                note(damage)
                break
            }
        }
        report.damage = first?.words
        report.damagedAt = first?.seq
        return report
    }

    /// What is wrong with one checkpoint; nil when it holds, or lies behind what is damaged already.
    private static func damage(
        _ signed: SignedCheckpoint?, _ size: Int64, _ findings: TrailFindings, _ keys: TrailKeys?, _ limit: Int64,
        _ start: KeptCheckpoint?
    ) -> TrailDamage? {
        guard let signed, signed.checkpoint.size == size else { return TrailDamage(.signature, size) }
        if let keys, !keys.signed(signed) { return TrailDamage(.signature, size) }
        guard signed.checkpoint.origin == findings.origin else { return TrailDamage(.checkpoint, size) }
        guard size <= findings.size else { return TrailDamage(.truncated, size) }
        // What was not read to its end has no root, and the damage in it is named already.
        if size > limit || findings.damage != nil && findings.roots[size] == nil { return nil }
        let root = size == 0 ? .emptyTree : size == start?.size ? start?.frontier.root : findings.roots[size]
        return root == signed.checkpoint.root ? nil : TrailDamage(.checkpoint, size)
    }

    static func notes(inFile path: String) throws(Complaint) -> (notes: [SignedCheckpoint], problems: [String]) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint(
                "\(HarmlessText.line(path, limit: 200)) cannot be read as text", remedy: "Check its name and mode",
                status: .badData)
        }
        // A mail or a page may surround the lines.
        let lines = text.replacing("\r\n", with: "\n")
        let found = NoteFile.notes(in: lines.hasSuffix("\n") ? lines : lines + "\n")
        guard !found.notes.isEmpty else {
            throw Complaint(
                "\(HarmlessText.line(path, limit: 200)) holds no checkpoint",
                why: found.problems.first ?? "it is empty", status: .badData)
        }
        return found
    }

    /// Signs what was recorded since the last checkpoint.
    ///
    /// - Returns: the newest checkpoint as a signed note; nil for a trail that has none.
    public func sign() async throws(Complaint) -> String? {
        try await workspace.permit(.auditOwn)
        guard workspace.keyring.seen != nil else { throw Complaint.vaultLocked }
        try await TrailSigning(workspace: workspace).sign(.now)
        return try await workspace.read { try $0.newestCheckpoint()?.note }
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
