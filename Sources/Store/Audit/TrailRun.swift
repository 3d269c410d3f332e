internal import Domain
internal import GRDB
internal import Synchronization
internal import Trail

/// One verification: hands out blocks of records to whoever reads, and puts their subtrees together at the end.
final class TrailRun: Sendable {
    /// Leaves of a block: a complete subtree of its own.
    private static let level = 12
    private static let blockSize: Int64 = 1 << level

    private let extent: TrailExtent
    let first: Int64
    private let start: KeptCheckpoint?
    /// Sizes at which a root is wanted, in order.
    private let sizes: [Int64]
    private let progress: @Sendable (Int64) -> Void
    private let state: Mutex<State>

    private struct State {
        var nextBlock: Int64
        var blocks: [Int64: Block] = [:]
        var damage: TrailDamage?
        var read: Int64 = 0
        var isCancelled = false
    }

    /// What one block came to.
    private struct Block {
        var subtrees: SubtreeStack
        var chain: TrailHash
        /// Subtrees at the sizes that are wanted within it.
        var wanted: [Int64: SubtreeStack]
        var calls: CallTally
    }

    init(
        extent: TrailExtent, start: KeptCheckpoint?, sizes: Set<Int64>, progress: @escaping @Sendable (Int64) -> Void
    ) {
        self.extent = extent
        self.start = start
        self.progress = progress
        let first = start?.size ?? 0
        self.first = first
        self.sizes = sizes.filter { $0 > first && $0 <= extent.size }.sorted()
        state = Mutex(State(nextBlock: first / Self.blockSize))
    }

    var blockCount: Int { Int((extent.size - first) / Self.blockSize + 1) }

    func cancel() { state.withLock { $0.isCancelled = true } }

    /// - Returns: false when nothing is left to read.
    func readBlock(_ db: Database) throws -> Bool {
        let taken = state.withLock { state -> Int64? in
            let begin = state.nextBlock * Self.blockSize
            // What lies behind known damage need not be read: the first is named.
            guard !state.isCancelled, begin < extent.size, state.damage.map({ $0.seq >= begin }) ?? true else {
                return nil
            }
            state.nextBlock += 1
            return state.nextBlock - 1
        }
        guard let taken else { return false }
        let range = max(taken * Self.blockSize, first)..<min((taken + 1) * Self.blockSize, extent.size)
        do {
            let block = try read(range, db)
            let count = state.withLock { state -> Int64 in
                state.blocks[taken] = block
                state.read += Int64(range.count)
                return state.read
            }
            progress(count)
        } catch let damage as TrailDamage {
            state.withLock { state in
                if state.damage.map({ damage.seq < $0.seq }) ?? true { state.damage = damage }
            }
        }
        return true
    }

    private func read(_ range: Range<Int64>, _ db: Database) throws -> Block {
        let chain: TrailHash?
        if range.lowerBound == first {
            chain = start?.chain ?? .genesis(origin: extent.origin)
            if let start, first > 0, let damage = try StoreReader(db).unlinked(start) { throw damage }
        } else {
            // The neighbour holds this value against the records before.
            chain = try StoreReader(db).auditChain(range.lowerBound - 1)
        }
        guard let chain else { throw TrailDamage(.missing, range.lowerBound - 1) }
        // What lies before a checkpoint is not read; its subtrees stand in for it.
        let before = range.lowerBound == first ? start.map { SubtreeStack($0.frontier) } : nil
        var scan = TrailScan(
            from: range.lowerBound, chain: chain, subtrees: before ?? SubtreeStack(), tenant: extent.tenant)
        var wanted: [Int64: SubtreeStack] = [:]
        let first = sizes.partitioningIndex { $0 > range.lowerBound }
        try scan.read(db, to: range.upperBound, at: sizes[first...]) { size, subtrees in wanted[size] = subtrees }
        return Block(subtrees: scan.subtrees, chain: scan.chain, wanted: wanted, calls: scan.calls)
    }

    func findings(damage: TrailDamage?) -> TrailFindings {
        TrailFindings(
            origin: extent.origin, first: first, size: extent.size, root: extent.head?.frontier.root ?? .emptyTree,
            chain: extent.head?.chain ?? .genesis(origin: extent.origin), damage: damage, roots: [:])
    }

    /// Puts the blocks together and holds the end against the head.
    ///
    /// - Parameter stray: a record that the head does not count.
    func conclude(stray: TrailDamage?) -> TrailFindings {
        let (blocks, found) = state.withLock { ($0.blocks, $0.damage) }
        var tree = blocks.isEmpty ? start.map { SubtreeStack($0.frontier) } ?? SubtreeStack() : SubtreeStack()
        var roots: [Int64: TrailHash] = [:]
        var calls = CallTally()
        var chain = start?.chain ?? .genesis(origin: extent.origin)
        for number in blocks.keys.sorted() {
            guard let block = blocks[number] else { continue }
            if let found, number * Self.blockSize > found.seq { break }
            for (size, part) in block.wanted {
                var whole = tree
                whole.append(part)
                roots[size] = whole.root
            }
            tree.append(block.subtrees)
            chain = block.chain
            calls.append(block.calls)
        }
        var all = findings(damage: found)
        all.roots = roots
        if found != nil { return all }
        (all.root, all.chain) = (tree.root, chain)
        all.calls = calls
        if let head = extent.head, tree != SubtreeStack(head.frontier) || chain != head.chain {
            all.damage = TrailDamage(.head, head.size)
        }
        if all.damage == nil { all.damage = extent.damage ?? stray }
        return all
    }
}

extension Array where Element == Int64 {
    /// The first place from which on a condition holds, in an array in which it never ends again.
    fileprivate func partitioningIndex(_ holds: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension SubtreeStack {
    /// The subtrees of a frontier: one for each set bit of its size, largest first.
    init(_ frontier: TreeFrontier) {
        let levels = (0..<63).reversed().filter { frontier.size >> $0 & 1 == 1 }
        for (level, hash) in zip(levels, frontier.parts) { append(hash, level: level) }
    }
}
