public import Domain
internal import Foundation
internal import GRDB
public import Trail

/// Where the trail stands: the one row that every append reads, checks and writes (facts: reliability 6.4).
public struct TrailHead: Hashable, Sendable {
    /// Names the trail in checkpoints and in the first link of its chain.
    public var origin: String
    public var frontier: TreeFrontier
    public var chain: TrailHash

    public var size: Int64 { frontier.size }
    /// What a checkpoint of it says.
    public var checkpoint: Checkpoint { Checkpoint(origin: origin, size: size, root: frontier.root) }

    /// An empty trail.
    init(origin: String) {
        self.origin = origin
        frontier = TreeFrontier()
        chain = .genesis(origin: origin)
    }

    /// The workspace's own part of the origin.
    var tenant: String { origin.split(separator: "/").last.map(String.init) ?? origin }

    init(_ row: Row) throws {
        origin = row[0]
        guard let frontier = TreeFrontier(size: row[1], bytes: try row.bytes(at: 3)),
            let chain = TrailHash(try row.bytes(at: 2))
        else { throw StoreProblem.trail("the head of the audit trail is damaged") }
        (self.frontier, self.chain) = (frontier, chain)
    }

    /// As the records have it, for one that is made anew.
    init(origin: String, frontier: TreeFrontier, chain: TrailHash) {
        (self.origin, self.frontier, self.chain) = (origin, frontier, chain)
    }
}

extension StoreReader {
    /// nil while nothing is on record.
    public func auditHead() throws -> TrailHead? {
        try database().firstRow("SELECT origin, size, chain, frontier FROM audit_head", [], TrailHead.init)
    }

    /// How the workspace's trail is named, whatever its head says.
    public func auditOrigin() throws -> String { "portaldesk/\(try setting("workspace.id") ?? "workspace")" }
}

extension StoreWriter {
    /// Puts an event on record, for good. Returns its number: the size of the trail before.
    ///
    /// - Throws: whatever keeps it from being written; then nothing of the body that records it is kept either.
    @discardableResult
    public func recordEvent(_ event: AuditEvent) throws -> Int64 {
        var head = try reader.auditHead() ?? newHead()
        let seq = head.size
        let bytes = try RecordForm.bytes(event, seq: seq, tenant: head.tenant)
        let leaf = TrailHash.leaf(bytes)
        head.chain = head.chain.chained(leaf)
        head.frontier.append(leaf)
        do {
            try db.run(
                "INSERT INTO audit_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    seq, event.at.milliseconds, event.actor, event.action, event.subject, event.outcome,
                    event.correlation, Data(leaf.bytes), Data(head.chain.bytes), Data(bytes),
                ])
        } catch  where (error as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT {
            throw StoreProblem.trail("the head of the audit trail counts \(seq) records, and there are more")
        }
        try write(head)
        return seq
    }

    /// The first record begins a trail; records without a head are one that was tampered with.
    private func newHead() throws -> TrailHead {
        guard try reader.lastAuditRecord() == nil else {
            throw StoreProblem.trail("the head of the audit trail is gone, and its records stand")
        }
        return TrailHead(origin: try reader.auditOrigin())
    }

    func write(_ head: TrailHead) throws {
        try db.run(
            """
            INSERT INTO audit_head VALUES (1, ?, ?, ?, ?) ON CONFLICT DO UPDATE
            SET origin = excluded.origin, size = excluded.size, chain = excluded.chain, frontier = excluded.frontier
            """,
            [head.origin, head.size, Data(head.chain.bytes), Data(head.frontier.bytes)])
    }
}
