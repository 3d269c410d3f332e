/// The tree over all leaves of a trail, for proofs (RFC 9162 2.1). Every level is kept: 64 bytes a leaf.
public struct MerkleTree: Sendable {
    /// `levels[0]` are the leaves; each further level the roots of complete subtrees of twice the size.
    private let levels: [[TrailHash]]

    public init(leaves: [TrailHash]) {
        var levels = [leaves]
        while let below = levels.last, below.count > 1 {
            levels.append(stride(from: 0, to: below.count - 1, by: 2).map { .node(below[$0], below[$0 + 1]) })
        }
        self.levels = levels
    }

    public var size: Int { levels[0].count }

    /// The root of the first `size` leaves; nil beyond what there is.
    public func root(size: Int) -> TrailHash? { (0...self.size).contains(size) ? hash(0..<size) : nil }

    /// What shows that a leaf stands in the tree of the first `size` leaves, from the leaf upwards.
    public func inclusion(of index: Int, size: Int) -> [TrailHash]? {
        guard size <= self.size, index >= 0, index < size else { return nil }
        return path(index, 0..<size)
    }

    /// What shows that the tree of `new` leaves begins with that of `old` leaves.
    public func consistency(from old: Int, to new: Int) -> [TrailHash]? {
        guard old > 0, old <= new, new <= size else { return nil }
        return old == new ? [] : proof(old, 0..<new, isWhole: true)
    }

    private func path(_ index: Int, _ range: Range<Int>) -> [TrailHash] {
        guard range.count > 1 else { return [] }
        let middle = range.lowerBound + Self.split(range.count)
        return index < middle
            ? path(index, range.lowerBound..<middle) + [hash(middle..<range.upperBound)]
            : path(index, middle..<range.upperBound) + [hash(range.lowerBound..<middle)]
    }

    private func proof(_ old: Int, _ range: Range<Int>, isWhole: Bool) -> [TrailHash] {
        if old == range.upperBound { return isWhole ? [] : [hash(range)] }
        let middle = range.lowerBound + Self.split(range.count)
        return old <= middle
            ? proof(old, range.lowerBound..<middle, isWhole: isWhole) + [hash(middle..<range.upperBound)]
            : proof(old, middle..<range.upperBound, isWhole: false) + [hash(range.lowerBound..<middle)]
    }

    private func hash(_ range: Range<Int>) -> TrailHash {
        guard let first = range.first else { return .emptyTree }
        if range.count & (range.count - 1) == 0 {
            let level = range.count.trailingZeroBitCount
            return levels[level][first >> level]
        }
        let middle = first + Self.split(range.count)
        return .node(hash(first..<middle), hash(middle..<range.upperBound))
    }

    /// The largest power of two below a count.
    private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}

/// Checks of proofs, by the algorithms of RFC 9162 2.1.3.2 and 2.1.4.2.
public enum MerkleProof {
    public static func verifyInclusion(
        leaf: TrailHash, index: Int64, size: Int64, proof: [TrailHash], root: TrailHash
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (node, last, hash) = (index, size - 1, leaf)
        for part in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = .node(part, hash)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                hash = .node(hash, part)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    public static func verifyConsistency(
        from old: Int64, oldRoot: TrailHash, to new: Int64, newRoot: TrailHash, proof: [TrailHash]
    ) -> Bool {
        guard old > 0, old <= new else { return false }
        if old == new { return proof.isEmpty && oldRoot == newRoot }
        var rest = proof[...]
        if old & (old - 1) == 0 { rest = ([oldRoot] + proof)[...] }
        guard let first = rest.popFirst() else { return false }
        var (node, last) = (old - 1, new - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        var (one, other) = (first, first)
        for part in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                one = .node(part, one)
                other = .node(part, other)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                other = .node(other, part)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && one == oldRoot && other == newRoot
    }
}
