internal import Domain
internal import GRDB
public import Trail

/// How far a trail reaches: by its head, or by its records where the head is of no use.
struct TrailExtent: Sendable {
    var origin: String
    var size: Int64
    /// nil where there is none that can be read.
    var head: TrailHead?
    /// What is wrong with the head itself.
    var damage: TrailDamage?

    var tenant: String { TrailHead(origin: origin).tenant }

    init(head: TrailHead) { (origin, size, self.head) = (head.origin, head.size, head) }

    init(origin: String, size: Int64, head: TrailHead? = nil, damage: TrailDamage?) {
        (self.origin, self.size, self.head, self.damage) = (origin, size, head, damage)
    }
}

extension StoreReader {
    /// How many records a verification reads, whatever its head says.
    public func auditLength() throws -> Int64 { try trailExtent().size }

    func trailExtent() throws -> TrailExtent {
        let ours = try auditOrigin()
        let head: TrailHead?
        var isBroken = false
        do {
            head = try auditHead()
        } catch StoreProblem.trail {
            (head, isBroken) = (nil, true)
        }
        if let head, head.origin == ours { return TrailExtent(head: head) }
        let records = try lastAuditRecord().map { $0 + 1 } ?? 0
        guard let head else {
            let origin = try recordedOrigin(among: [ours]) ?? ours
            let isNew = records == 0 && !isBroken
            return TrailExtent(
                origin: origin, size: max(0, records), damage: isNew ? nil : TrailDamage(.headless, max(0, records)))
        }
        let origin = try recordedOrigin(among: [ours, head.origin]) ?? ours
        return TrailExtent(
            origin: origin, size: head.size, head: head, damage: TrailDamage(.origin, head.size, head.origin))
    }

    /// The origin from which the first link of the chain follows: one of these, or the one that the first record names.
    private func recordedOrigin(among origins: [String]) throws -> String? {
        let sql = "SELECT bytes, chain FROM audit_record WHERE seq = 0"
        let first = try database().firstRow(sql) { row in (try row.bytes(at: 0), TrailHash(try row.bytes(at: 1))) }
        guard let (bytes, chain) = first else { return nil }
        let leaf = TrailHash.leaf(bytes)
        let named = (try? RecordForm.event(bytes)).map { "portaldesk/\($0.tenant)" }
        return (origins + [named].compactMap(\.self)).first { TrailHash.genesis(origin: $0).chained(leaf) == chain }
    }

    /// The root of the tree of so many records, by the hashes that are kept beside them; nil where some are missing.
    ///
    /// Goes on from the nearest checkpoint whose tree is the one that was signed, so it reads a few hundred of them.
    public func auditRoot(at size: Int64) throws -> TrailHash? {
        var frontier = TreeFrontier()
        if let near = try? checkpoint(notBeyond: size),
            SignedCheckpoint(note: near.note)?.checkpoint.root == near.frontier.root
        {
            frontier = near.frontier
        }
        guard frontier.size < size else { return frontier.root }
        for leaf in try auditLeaves(frontier.size..<size) { frontier.append(leaf) }
        return frontier.size == size ? frontier.root : nil
    }
}
