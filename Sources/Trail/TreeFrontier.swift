import Foundation

/// The tree of all records so far, as little of it as is needed to go on: the root of each complete subtree, one for each
/// bit of the size that is set, largest first (RFC 9162 2.1).
public struct TreeFrontier: Hashable, Sendable {
    public private(set) var size: Int64 = 0
    private var hashes: [TrailHash] = []

    public init() {}

    /// nil when the bytes are no hashes, or not as many as a tree of this size has.
    public init?(size: Int64, bytes: [UInt8]) {
        guard size >= 0, bytes.count == size.nonzeroBitCount * 32 else { return nil }
        self.size = size
        hashes = stride(from: 0, to: bytes.count, by: 32).compactMap { TrailHash(bytes[$0..<$0 + 32]) }
    }

    public var bytes: [UInt8] { hashes.flatMap(\.bytes) }
    /// Roots of the complete subtrees, largest first.
    public var parts: [TrailHash] { hashes }

    public mutating func append(_ leaf: TrailHash) {
        var hash = leaf
        for _ in 0..<size.trailingOnes { hash = .node(hashes.removeLast(), hash) }
        hashes.append(hash)
        size += 1
    }

    public var root: TrailHash {
        guard let last = hashes.last else { return .emptyTree }
        return hashes.dropLast().reversed().reduce(last) { .node($1, $0) }
    }
}

extension Int64 {
    /// How many of the lowest bits are set in a row: the subtrees that one more leaf completes.
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
