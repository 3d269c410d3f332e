/// Words by their letters, one node a letter: whether a letter leads on is asked once for nearly every letter of a log, so
/// the edges lie in one table of open addresses.
struct LetterTrie: Sendable {
    private var edges: [UInt64] = Array(repeating: 0, count: 1_024)
    private var targets: [Int32] = Array(repeating: 0, count: 1_024)
    private var edgeCount = 0
    /// Of each node: what ends there, or one of `nothing` and `several`.
    private(set) var ends: [Int32] = [LetterTrie.nothing]
    /// Of each node: the one value that its letters can begin, or `several`.
    private(set) var only: [Int32] = [LetterTrie.several]

    static let nothing: Int32 = -1
    static let several: Int32 = -2

    /// The node that a letter leads to; nil where none begins so.
    func step(from node: Int32, by letter: UInt32) -> Int32? {
        let edge = Self.edge(node, letter)
        var place = place(of: edge)
        while edges[place] != 0 {
            if edges[place] == edge { return targets[place] }
            place = (place + 1) & (edges.count - 1)
        }
        return nil
    }

    func node(of letters: String.UnicodeScalarView) -> Int32? {
        var node: Int32 = 0
        for letter in letters {
            guard let next = step(from: node, by: letter.value) else { return nil }
            node = next
        }
        return node
    }

    /// Ends a value at its letters. What ends there already stays, unless it is `replaced`.
    mutating func insert(_ letters: String.UnicodeScalarView, _ value: Int32, replaces: Int32 = LetterTrie.nothing) {
        var node: Int32 = 0
        for letter in letters {
            if let next = step(from: node, by: letter.value) {
                node = next
                if only[Int(node)] != value { only[Int(node)] = Self.several }
            } else {
                let next = Int32(ends.count)
                add(Self.edge(node, letter.value), next)
                ends.append(Self.nothing)
                only.append(value)
                node = next
            }
        }
        if ends[Int(node)] == Self.nothing || ends[Int(node)] == replaces { ends[Int(node)] = value }
    }

    /// Says that several values end where one ends.
    mutating func share(_ node: Int32) { ends[Int(node)] = Self.several }

    private mutating func add(_ edge: UInt64, _ target: Int32) {
        edgeCount += 1
        if edgeCount * 2 > edges.count { grow() }
        put(edge, target)
    }

    private mutating func put(_ edge: UInt64, _ target: Int32) {
        var place = place(of: edge)
        while edges[place] != 0 { place = (place + 1) & (edges.count - 1) }
        (edges[place], targets[place]) = (edge, target)
    }

    private mutating func grow() {
        let old = zip(edges, targets).filter { $0.0 != 0 }
        edges = Array(repeating: 0, count: edges.count * 2)
        targets = Array(repeating: 0, count: edges.count)
        for (edge, target) in old { put(edge, target) }
    }

    /// Never 0: letters have a code above it.
    private static func edge(_ node: Int32, _ letter: UInt32) -> UInt64 { UInt64(node) << 21 | UInt64(letter) }

    private func place(of edge: UInt64) -> Int {
        Int(truncatingIfNeeded: (edge &* 0x9E37_79B9_7F4A_7C15) >> 32) & (edges.count - 1)
    }
}
