internal import Domain
internal import Foundation
internal import GRDB
public import Trail

/// What was made anew of a trail so that it can go on, and what stays wrong with it.
public struct TrailRepair: Hashable, Sendable {
    /// Whether the head was made from the records.
    public var isHeadMade = false
    /// Sizes of checkpoints that were put back: signed, and kept outside of the workspace.
    public var restored: [Int64] = []
    /// Sizes of checkpoints that did not hold and were taken out of the workspace.
    public var removed: [Int64] = []
    /// Damage of the records, which nothing mends.
    public var left: TrailDamage?
    /// The last call that was begun before.
    public var calls: Int64 = 0
    /// Calls that no record tells of.
    public var lostCalls: [Int64] = []
    /// All records as they stand, changed ones as well: what is changed later is another state.
    public var state = ""
}

extension StoreWriter {
    /// Lets a trail go on that somebody changed: its head as its records have it, and of its checkpoints those that are
    /// signed and that the records fit. The records themselves stay as they are.
    ///
    /// - Parameters:
    ///   - outside: checkpoints that are kept elsewhere.
    ///   - calls: the last call that an earlier word covers.
    ///   - isSigned: whether a key of this trail signed it.
    /// - Throws: `.trail` when records are missing and the head is of no use: nothing can follow them then.
    public func repairTrail(
        outside: [SignedCheckpoint], calls: Int64 = 0, isSigned: (SignedCheckpoint) -> Bool
    ) throws -> TrailRepair {
        var repair = TrailRepair()
        let extent = try reader.trailExtent()
        let (own, broken) = try reader.keptCheckpoints()
        let sizes = Set((own.map(\.size) + outside.map(\.checkpoint.size)).filter { $0 > 0 })
        let walk = try TrailWalk(db, at: sizes)
        let findings = try readRecords(extent)
        repair.left = findings.damage
        repair.calls = findings.calls?.last ?? 0
        // Behind damage nobody knows which calls the records told of.
        if findings.damage == nil { repair.lostCalls = findings.calls?.lost(after: calls, limit: 50) ?? [] }
        try countCalls(from: repair.calls)
        _ = try restoreTrailGuards()
        repair.state = try reader.recordsState(before: .max)
        repair.isHeadMade = try mendHead(extent, walk, repair.left)
        // Behind damage the tree of the records says nothing of what was signed.
        let trusted = repair.left?.seq ?? walk.end
        let size = try reader.auditHead()?.size ?? 0
        func fits(_ signed: SignedCheckpoint) -> Bool {
            let checkpoint = signed.checkpoint
            guard checkpoint.origin == extent.origin, checkpoint.size <= size, isSigned(signed) else { return false }
            return checkpoint.size > trusted || walk.states[checkpoint.size]?.frontier.root == checkpoint.root
        }
        var bad = broken
        var standing: Set<Int64> = []
        for kept in own {
            let signed = SignedCheckpoint(note: kept.note)
            let isWhole =
                signed?.checkpoint.size == kept.size && signed?.checkpoint.root == kept.frontier.root
                && (kept.size > trusted || walk.states[kept.size]?.chain == kept.chain)
            if isWhole, signed.map({ fits($0) && isKey(kept.key, of: $0) }) == true {
                standing.insert(kept.size)
            } else {
                bad.append(kept.size)
            }
        }
        try remove(checkpoints: bad)
        let known = own.compactMap { SignedCheckpoint(note: $0.note) } + outside
        for signed in known where !standing.contains(signed.checkpoint.size) && fits(signed) {
            guard signed.checkpoint.size <= trusted, let state = walk.states[signed.checkpoint.size],
                try put(signed, state)
            else { continue }
            standing.insert(signed.checkpoint.size)
            repair.restored.append(signed.checkpoint.size)
        }
        repair.removed = bad.filter { !standing.contains($0) }.sorted()
        repair.restored.sort()
        return repair
    }

    private func isKey(_ line: String, of signed: SignedCheckpoint) -> Bool {
        NoteKey(line: line).map { signed.isSigned(by: $0) } ?? false
    }

    /// Goes on with the count of calls behind the last one that a record tells of, where somebody set it back.
    private func countCalls(from last: Int64) throws {
        try db.run("UPDATE sqlite_sequence SET seq = ?1 WHERE name = 'audit_call' AND seq < ?1", [last])
        guard db.changesCount == 0, last > 0 else { return }
        let sql = """
            INSERT INTO sqlite_sequence (name, seq) SELECT 'audit_call', ?
            WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'audit_call')
            """
        try db.run(sql, [last])
    }

    /// - Returns: whether it was made anew.
    private func mendHead(_ extent: TrailExtent, _ walk: TrailWalk, _ left: TrailDamage?) throws -> Bool {
        let last = try reader.lastAuditRecord() ?? -1
        if let head = extent.head, extent.damage == nil, head.size > last {
            // Of records that are changed or gone nothing can be made; the head remembers them as they were.
            guard left == nil, let end = walk.last else { return false }
            if end.frontier == head.frontier, end.chain == head.chain { return false }
        }
        guard walk.end == last + 1 else {
            guard let head = extent.head, head.size > last else {
                throw StoreProblem.trail("record \(walk.end) is missing and the head of the trail is of no use")
            }
            try write(TrailHead(origin: extent.origin, frontier: head.frontier, chain: head.chain))
            return true
        }
        if let head = extent.head, head.size > last, left != nil {
            try write(TrailHead(origin: extent.origin, frontier: head.frontier, chain: head.chain))
        } else if let end = walk.last {
            try write(TrailHead(origin: extent.origin, frontier: end.frontier, chain: end.chain))
        } else {
            try db.run("DELETE FROM audit_head")
        }
        if try reader.auditOrigin() != extent.origin { try setSetting("workspace.id", extent.tenant) }
        return true
    }

    private func remove(checkpoints sizes: [Int64]) throws {
        guard !sizes.isEmpty else { return }
        try db.execute(sql: "DROP TRIGGER IF EXISTS audit_checkpoint_remains")
        for size in sizes { try db.run("DELETE FROM audit_checkpoint WHERE size = ?", [size]) }
        try db.execute(
            sql: """
                CREATE TRIGGER audit_checkpoint_remains BEFORE DELETE ON audit_checkpoint
                    BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END
                """)
    }

    /// - Returns: false where it is signed by no key that the trail names.
    private func put(_ signed: SignedCheckpoint, _ state: TrailWalk.State) throws -> Bool {
        let lines = try reader.auditKeyChanges().compactMap { $0.keyChange?.line }
        guard let key = lines.last(where: { isKey($0, of: signed) }) else { return false }
        try db.run(
            "INSERT OR IGNORE INTO audit_checkpoint VALUES (?, ?, ?, ?, ?, ?)",
            [
                signed.checkpoint.size, state.at, key, signed.note, Data(state.chain.bytes),
                Data(state.frontier.bytes),
            ])
        return db.changesCount == 1
    }

    /// Reads them on this connection: within the transaction that goes on with the trail.
    private func readRecords(_ extent: TrailExtent) throws -> TrailFindings {
        let size = max(extent.head?.size ?? 0, (try reader.lastAuditRecord() ?? -1) + 1)
        let records = TrailExtent(origin: extent.origin, size: size, damage: nil)
        let run = TrailRun(extent: records, start: nil, sizes: [], progress: { _ in })
        while try run.readBlock(db) {}
        var findings = run.conclude(stray: nil)
        let begun = try reader.callsBegun()
        var calls = findings.calls ?? CallTally()
        calls.begun = begun
        findings.calls = calls
        return findings
    }
}

/// Goes through the records from the first to the last that has no gap before it, by the hashes beside them.
private struct TrailWalk {
    struct State {
        var frontier: TreeFrontier
        var chain: TrailHash
        /// Of the record before, in milliseconds since 1970.
        var at: Int64
    }

    /// At the sizes that were asked for.
    private(set) var states: [Int64: State] = [:]
    private(set) var last: State?
    /// The number of the first record that is missing.
    private(set) var end: Int64 = 0

    init(_ db: Database, at sizes: Set<Int64>) throws {
        var frontier = TreeFrontier()
        var found: (states: [Int64: State], last: State?) = ([:], nil)
        try db.forEachRow("SELECT seq, at, leaf, chain FROM audit_record WHERE seq >= 0 ORDER BY seq") { row in
            guard row[0] == frontier.size, let leaf = TrailHash(try row.bytes(at: 2)),
                let chain = TrailHash(try row.bytes(at: 3))
            else { return false }
            frontier.append(leaf)
            let state = State(frontier: frontier, chain: chain, at: row[1])
            if sizes.contains(frontier.size) { found.states[frontier.size] = state }
            found.last = state
            return true
        }
        (states, last, end) = (found.states, found.last, frontier.size)
    }
}

extension StoreReader {
    /// A hash of every column of the records before a number, as they stand, in hexadecimal.
    public func recordsState(before end: Int64) throws -> String {
        let sql = """
            SELECT seq, at, actor, action, subject, outcome, correlation, leaf, chain, bytes FROM audit_record
            WHERE seq < ? ORDER BY seq
            """
        var state = TrailHash.genesis(origin: "records")
        try database().forEachRow(sql, [end]) { row in
            var bytes: [UInt8] = []
            func add(_ part: [UInt8]) { bytes += Array("\(part.count):".utf8) + part }
            for index in 0..<2 { add(Array("\(row[index] as Int64)".utf8)) }
            for index in 2..<7 { add(Array((row[index] as String).utf8)) }
            for index in 7..<10 { add(try row.bytes(at: index)) }
            state = state.chained(TrailHash.leaf(bytes))
            return true
        }
        return state.hex
    }
}
