internal import Dispatch
public import Domain
internal import Foundation
internal import GRDB
internal import Synchronization
public import Trail

/// What a verification of the trail read, and the first thing that was wrong.
public struct TrailFindings: Sendable {
    public var origin: String
    /// Records `first..<size` were held against their bytes, hashes and neighbours.
    public var first: Int64
    public var size: Int64
    public var root: TrailHash
    public var chain: TrailHash
    public var damage: TrailDamage?
    /// The roots of the tree at the sizes that were asked for, as far as the records are sound.
    public var roots: [Int64: TrailHash]
    /// The calls that the records that were read tell of, and those under way; nil where damage kept some from being read.
    public var calls: CallTally?
}

extension DeskStore {
    /// Reads the whole trail as it stands now, in blocks over several connections.
    ///
    /// - Parameters:
    ///   - start: a checkpoint from which on records are read; nil for all of them.
    ///   - sizes: at which the tree's root is wanted.
    ///   - workers: connections that read at the same time.
    ///   - progress: told the count of records read so far, from any thread.
    /// - Throws: `CancellationError` when its task is cancelled; `StoreProblem` when it cannot be read.
    public func verifyTrail(
        from start: KeptCheckpoint? = nil, sizes: Set<Int64> = [], workers: Int = 2,
        progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> TrailFindings {
        let (extent, begun) = try await read { (try $0.trailExtent(), try $0.callsBegun()) }
        let run = TrailRun(extent: extent, start: start, sizes: sizes, progress: progress)
        guard run.first <= extent.size else {
            return run.findings(damage: TrailDamage(.truncated, run.first))
        }
        let file = databasePath
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<max(1, min(workers, run.blockCount)) {
                    group.addTask { try await Self.work(run, file: file, index: index) }
                }
                try await group.waitForAll()
            }
        } onCancel: {
            run.cancel()
        }
        try Task.checkCancellation()
        var findings = run.conclude(stray: try await read { try $0.strayRecord() })
        if var calls = findings.calls {
            calls.begun = begun
            let known = calls
            findings.calls = try await read { reader in
                var calls = known
                try calls.lookForBodies(reader)
                return calls
            }
        }
        return findings
    }

    private static func work(_ run: TrailRun, file: String, index: Int) async throws {
        let connection = ReaderConnection(file: file, label: "portaldesk.trail.\(index)")
        defer { connection.close() }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        // Each page is read once: a cache that stays in the processor's own is the fastest.
                        try connection.read { try $0.execute(sql: "PRAGMA cache_size = -256") }
                        while try connection.read({ db in try run.readBlock(db) }) {}
                    })
            }
        }
    }

    /// Reads what was recorded since a checkpoint: for the start of a program (reliability 6.6).
    public func checkTrail(since start: KeptCheckpoint?) async throws -> TrailDamage? {
        try await read { reader in
            let extent = try reader.trailExtent()
            if let damage = extent.damage { return damage }
            guard let head = extent.head else { return start.map { TrailDamage(.truncated, $0.size) } }
            return try reader.check(head, since: start)
        }
    }

    /// Hashes of the records `range`, in order.
    public func leaves(_ range: Range<Int64>) async throws -> [TrailHash] {
        try await read { try $0.auditLeaves(range) }
    }
}

extension StoreReader {
    /// A record outside of what the head counts.
    func strayRecord() throws -> TrailDamage? {
        let size = try trailExtent().size
        if let last = try lastAuditRecord(), last >= size { return TrailDamage(.surplus, size) }
        let first = try database().number("SELECT min(seq) FROM audit_record") ?? 0
        return first < 0 ? TrailDamage(.surplus, first) : nil
    }

    /// The number of the newest record; nil when there is none.
    public func lastAuditRecord() throws -> Int64? { try database().number("SELECT max(seq) FROM audit_record") }

    public func auditLeaves(_ range: Range<Int64>) throws -> [TrailHash] {
        let sql = "SELECT leaf FROM audit_record WHERE seq >= ? AND seq < ? ORDER BY seq"
        return try database().mapRows(sql, [range.lowerBound, range.upperBound]) { row in
            guard let hash = TrailHash(try row.bytes(at: 0)) else {
                throw StoreProblem.trail("the hash beside a record of the audit trail was changed")
            }
            return hash
        }
    }

    /// The canonical bytes of records, in order.
    public func auditBytes(_ range: Range<Int64>) throws -> [[UInt8]] {
        let sql = "SELECT bytes FROM audit_record WHERE seq >= ? AND seq < ? ORDER BY seq"
        return try database().mapRows(sql, [range.lowerBound, range.upperBound]) { try $0.bytes(at: 0) }
    }

    /// Changes of the key that signs, oldest first.
    public func auditKeyChanges() throws -> [AuditEvent] {
        let sql = "SELECT \(Self.recordColumns) FROM audit_record WHERE action = 'audit.key' ORDER BY seq"
        return try database().mapRows(sql, [], Self.shownRecord)
    }

    /// Hash of the chain up to and with a record.
    func auditChain(_ sequence: Int64) throws -> TrailHash? {
        try database().firstRow("SELECT chain FROM audit_record WHERE seq = ?", [sequence]) { row in
            TrailHash(try row.bytes(at: 0))
        } ?? nil
    }

    fileprivate func check(_ head: TrailHead, since start: KeptCheckpoint?) throws -> TrailDamage? {
        let first = start?.size ?? 0
        guard first <= head.size else { return try strayRecord() ?? TrailDamage(.truncated, first) }
        if let start, first > 0, let damage = try unlinked(start) { return damage }
        var scan = TrailScan(
            from: first, chain: start?.chain ?? .genesis(origin: head.origin),
            subtrees: start.map { SubtreeStack($0.frontier) } ?? SubtreeStack(), tenant: head.tenant)
        do {
            try scan.read(try database(), to: head.size)
        } catch let damage as TrailDamage {
            return damage
        }
        let isWhole = scan.chain == head.chain && scan.subtrees == SubtreeStack(head.frontier)
        return isWhole ? try strayRecord() : TrailDamage(.head, head.size)
    }

    /// Whether a checkpoint's chain or the record before it was changed, where the two differ.
    func unlinked(_ kept: KeptCheckpoint) throws -> TrailDamage? {
        let last = kept.size - 1
        guard let chain = try auditChain(last), let leaf = try auditLeaves(last..<kept.size).first else {
            return TrailDamage(.missing, last)
        }
        if chain == kept.chain { return nil }
        let before = last == 0 ? .genesis(origin: try trailExtent().origin) : try auditChain(last - 1)
        return before?.chained(leaf) == chain ? TrailDamage(.kept, kept.size) : TrailDamage(.chain, last)
    }
}
