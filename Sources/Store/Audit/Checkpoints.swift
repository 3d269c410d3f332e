public import Domain
internal import Foundation
internal import GRDB
public import Trail

/// A signed checkpoint as it is kept.
public struct KeptCheckpoint: Hashable, Sendable {
    public var size: Int64
    public var at: Instant
    /// The verifier key of who signed, as a line.
    public var key: String
    /// The whole signed note.
    public var note: String
    /// Chain and tree as they stood, from which a check of what came since goes on. The note proves the tree.
    public var chain: TrailHash
    public var frontier: TreeFrontier
}

extension StoreWriter {
    /// Signs the trail as it stands in this transaction. Comparing with what was signed before and storing what is signed
    /// now are one step (C2SP tlog-witness describes the race otherwise).
    ///
    /// - Parameter sign: the note for a checkpoint.
    /// - Returns: nil when the newest checkpoint says the same already.
    /// - Throws: `.trail` when the trail is shorter than one that was signed, or another one of the same length.
    public func signCheckpoint(
        key: String, at now: Instant, _ sign: (Checkpoint) throws -> String
    ) throws -> KeptCheckpoint? {
        guard let head = try reader.auditHead() else { return nil }
        if let last = try reader.newestCheckpoint() {
            guard last.size <= head.size else {
                throw StoreProblem.trail("the audit trail is shorter than a checkpoint of it")
            }
            if last.size == head.size, last.key == key { return nil }
            if last.size == head.size {
                guard SignedCheckpoint(note: last.note)?.checkpoint.root == head.frontier.root else {
                    throw StoreProblem.trail("the audit trail is not the one that was signed")
                }
                // The tree of this size is signed; another key signs with the next record.
                return nil
            }
        }
        let kept = KeptCheckpoint(
            size: head.size, at: now, key: key, note: try sign(head.checkpoint), chain: head.chain,
            frontier: head.frontier)
        try db.run(
            "INSERT INTO audit_checkpoint VALUES (?, ?, ?, ?, ?, ?)",
            [
                kept.size, now.milliseconds, key, kept.note, Data(head.chain.bytes), Data(head.frontier.bytes),
            ])
        return kept
    }
}

extension StoreReader {
    public func newestCheckpoint() throws -> KeptCheckpoint? {
        try database().firstRow(
            "SELECT size, at, key, note, chain, frontier FROM audit_checkpoint ORDER BY size DESC LIMIT 1", [],
            Self.checkpoint)
    }

    /// The checkpoints of sizes from `size` on, smallest first.
    public func checkpoints(from size: Int64 = 0) throws -> [KeptCheckpoint] {
        try database().mapRows(
            "SELECT size, at, key, note, chain, frontier FROM audit_checkpoint WHERE size >= ? ORDER BY size", [size],
            Self.checkpoint)
    }

    /// The newest checkpoint whose size is at most this.
    public func checkpoint(notBeyond size: Int64) throws -> KeptCheckpoint? {
        try database().firstRow(
            "SELECT size, at, key, note, chain, frontier FROM audit_checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1",
            [size],
            Self.checkpoint)
    }

    /// All checkpoints, smallest first, and the sizes of those whose chain or tree cannot be read.
    public func keptCheckpoints() throws -> (whole: [KeptCheckpoint], broken: [Int64]) {
        let sql = "SELECT size, at, key, note, chain, frontier FROM audit_checkpoint ORDER BY size"
        var (whole, broken): ([KeptCheckpoint], [Int64]) = ([], [])
        try database().forEachRow(sql) { row in
            do { whole.append(try Self.checkpoint(row)) } catch is StoreProblem { broken.append(row[0]) }
            return true
        }
        return (whole, broken)
    }

    /// The smallest checkpoint from a size on whose chain is not that of the record before it; nil when all fit.
    public func unlinkedCheckpoint(from first: Int64) throws -> Int64? {
        try database().number(
            """
            SELECT c.size FROM audit_checkpoint c JOIN audit_record r ON r.seq = c.size - 1
            WHERE r.chain <> c.chain AND c.size >= ? ORDER BY c.size LIMIT 1
            """, [first])
    }

    private static func checkpoint(_ row: Row) throws -> KeptCheckpoint {
        guard let chain = TrailHash(try row.bytes(at: 4)),
            let frontier = TreeFrontier(size: row[0], bytes: try row.bytes(at: 5))
        else { throw StoreProblem.trail("the checkpoint of \(row[0] as Int64) records was changed in the workspace") }
        return KeptCheckpoint(
            size: row[0], at: Instant(milliseconds: row[1]), key: row[2], note: row[3], chain: chain,
            frontier: frontier)
    }
}
