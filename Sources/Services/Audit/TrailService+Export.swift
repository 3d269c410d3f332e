import Domain
import Foundation
import Store
import Trail

extension TrailService {
    /// What an export holds, told when it is done.
    public struct Exported: Sendable, Hashable {
        public var folder: String
        public var records: Int64
        public var checkpoints: Int
        public var proofs: Int
        /// What a verification found just before.
        public var report: Report
    }

    private static let batch: Int64 = 2_000

    /// Writes a folder from which anybody can check the trail without this program: the records as they are stored, every
    /// checkpoint, the keys, proofs for single records, and a page that says how. Bodies of calls are not in it.
    ///
    /// - Parameters:
    ///   - folder: must not be there.
    ///   - proofs: records whose inclusion in the newest checkpoint is to be proven.
    /// - Throws: a `Complaint`: 77 for whoever may not see all rows, 65 for a folder that stands or a record that is none.
    public func export(
        to folder: String, proofs: [Int64] = [], progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) async throws(Complaint) -> Exported {
        let doer = try await workspace.permit(.auditAll, on: "audit")
        let now = workspace.now
        let path = try Self.newFolder(folder)
        let detail = AuditDetail.text(["folder": HarmlessText.line(path, limit: 200)])
        try await workspace.write { writer in
            try writer.recordEvent(doer.event("audit.export", "audit", detail: detail, at: now))
        }
        // Whoever hands it over knows what the auditor will find.
        let report = try await verify()
        // What is exported ends with a checkpoint, where the key is here.
        try await TrailSigning(workspace: workspace).sign(.now)
        let (found, checkpoints, keys, begun) = try await workspace.read {
            (
                try $0.auditHead(), try $0.checkpoints(), try $0.auditKeyChanges().compactMap { $0.keyChange?.line },
                try $0.callsBegun()
            )
        }
        guard let head = found else {
            throw Complaint("the audit trail is empty", status: .badData)
        }
        let size = head.size
        let newest = checkpoints.last { $0.size <= size }
        if let wrong = proofs.first(where: { $0 < 0 || $0 >= newest?.size ?? 0 }) {
            throw Complaint(
                "there is no proof for record \(wrong)",
                why: "the newest checkpoint covers \(Counted.text(Int(newest?.size ?? 0), "record"))", status: .badData)
        }
        try await write(records: size, to: path + "/records.jsonl", progress)
        try Self.write(checkpoints.map(\.note).joined(), to: path + "/checkpoints.txt")
        try Self.write(keys.map { $0 + "\n" }.joined(), to: path + "/keys.txt")
        try Self.write(try Self.manifest(head, begun), to: path + "/manifest.json")
        let resumed = try await resumptions().map { AuditWords.resumption($0, TimeText.rfc3339) }
        try Self.write(
            ExportPage.text(
                origin: head.origin, size: size, keys: keys, checkpoints: checkpoints.count, resumed: resumed,
                standing: AuditWords.standing(report)),
            to: path + "/README.txt")
        if let newest, !proofs.isEmpty { try await write(proofs: proofs, newest, to: path + "/proofs") }
        return Exported(
            folder: path, records: size, checkpoints: checkpoints.count, proofs: Set(proofs).count,
            report: report)
    }

    private func write(
        records size: Int64, to path: String, _ progress: @Sendable (Int64, Int64) -> Void
    ) async throws(Complaint) {
        let file = try ExportFile(path: path, replaces: false)
        var next: Int64 = 0
        while next < size {
            let range = next..<min(next + Self.batch, size)
            for bytes in try await workspace.read({ try $0.auditBytes(range) }) {
                try file.write(bytes: bytes + [10])
            }
            next = range.upperBound
            progress(next, size)
        }
        try file.close()
    }

    private func write(proofs: [Int64], _ newest: KeptCheckpoint, to folder: String) async throws(Complaint) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Complaint.unwritable(folder, errno)
        }
        for seq in Set(proofs).sorted() {
            let proof = try await proof(of: seq, in: newest)
            try Self.write(proof, to: "\(folder)/\(seq).json")
        }
    }

    /// Proof that a record stands in the trail of the newest checkpoint, as one JSON object (RFC 9162 2.1.3), with the
    /// changes of the key: the first key that an auditor holds is enough to check it.
    ///
    /// - Throws: a `Complaint` (65) for a record that no checkpoint covers yet.
    public func proof(of seq: Int64) async throws(Complaint) -> String {
        // Whoever may see the row may prove it.
        _ = try await workspace.audit.event(seq)
        let (doer, now) = (try await workspace.permit(.auditOwn), workspace.now)
        try await workspace.write { writer in
            try writer.recordEvent(doer.event("audit.proof", "audit/\(seq)", at: now))
        }
        // Somebody waits for it: what no checkpoint covers yet is signed now, where the key is here.
        let isCovered = try await workspace.read { try $0.newestCheckpoint() }.map { seq < $0.size } ?? false
        try await TrailSigning(workspace: workspace).sign(isCovered ? .due : .now)
        guard let newest = try await workspace.read({ try $0.newestCheckpoint() }), seq < newest.size else {
            throw Complaint(
                "no checkpoint covers record \(seq) yet",
                why: "the key that signs lies in the vault, which is locked here",
                remedy: "Somebody who holds the vault's key signs one: `portaldesk audit sign`", status: .badData)
        }
        return try await proof(of: seq, in: newest)
    }

    private func proof(of seq: Int64, in newest: KeptCheckpoint) async throws(Complaint) -> String {
        let (leaves, bytes, changes) = try await workspace.read {
            (
                try $0.auditLeaves(0..<newest.size), try $0.auditBytes(seq..<seq + 1),
                try $0.auditKeyChanges().compactMap(\.keyChange)
            )
        }
        guard let record = bytes.first, leaves.count == newest.size,
            let path = MerkleTree(leaves: leaves).inclusion(of: Int(seq), size: Int(newest.size))
        else {
            throw Complaint(
                "record \(seq) cannot be proven", why: "records are missing",
                remedy: "`portaldesk audit verify` names the first", status: .badData)
        }
        return try Self.text([
            "v": .integer(1), "origin": .text(newest.frontierOrigin), "seq": .integer(seq),
            "size": .integer(newest.size), "record": .text(String(decoding: record, as: UTF8.self)),
            "leaf": .text(TrailHash.leaf(record).base64), "proof": .list(path.map { .text($0.base64) }),
            "checkpoint": .text(newest.note), "keys": .list(changes.map(Self.link)),
        ])
    }

    /// A change of the key, so that whoever holds the first one can follow to the one that signed.
    private static func link(_ change: AuditKeyChange) -> TrailValue {
        var members: [String: TrailValue] = ["line": .text(change.line)]
        if let old = change.old { members["old"] = .text(old) }
        if let signature = change.signature { members["sig"] = .text(signature) }
        return .object(members)
    }

    private static func manifest(_ head: TrailHead, _ begun: CallTally.Begun) throws(Complaint) -> String {
        try text([
            "v": .integer(1), "origin": .text(head.origin), "first": .integer(0), "size": .integer(head.size),
            "chain_before": .text(TrailHash.genesis(origin: head.origin).hex), "chain": .text(head.chain.hex),
            "root": .text(head.frontier.root.base64), "frontier_before": .list([]),
            "calls": .integer(begun.last), "calls_open": .list(begun.open.map { .integer($0) }),
        ])
    }

    private static func text(_ members: [String: TrailValue]) throws(Complaint) -> String {
        do throws(CanonicalProblem) {
            return String(decoding: try CanonicalJson.bytes(.object(members)), as: UTF8.self) + "\n"
        } catch {
            throw Complaint("the export cannot be written", why: "\(error)", status: .badData)
        }
    }

    private static func newFolder(_ path: String) throws(Complaint) -> String {
        if access(path, F_OK) == 0 {
            throw Complaint(
                "\(HarmlessText.line(path, limit: 200)) is there already", remedy: "Name a folder that is not",
                status: .badData)
        }
        guard mkdir(path, 0o700) == 0 else { throw Complaint.unwritable(path, errno) }
        return path
    }

    private static func write(_ text: String, to path: String) throws(Complaint) {
        let file = try ExportFile(path: path, replaces: false)
        try file.write(text)
        try file.close()
    }
}

extension KeptCheckpoint {
    var frontierOrigin: String { SignedCheckpoint(note: note)?.checkpoint.origin ?? "" }
}
