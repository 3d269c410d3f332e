/// What can happen to text that is no JSON: pages, files of settings, header lines, dates.
enum TokenMutation: CaseIterable {
    case digits, letters, drop, double, swap, dictionary, insert, dropLine, doubleLine, swapLines

    /// Other values of the same length.
    static let gentle: [TokenMutation] = [.digits, .digits, .letters]

    static func apply(
        to bytes: inout [UInt8], _ kinds: [TokenMutation], words: [[UInt8]], _ random: inout FuzzRandom
    ) {
        guard let kind = random.pick(kinds) else { return }
        switch kind {
        case .digits:
            let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
            for _ in 0...random.below(2) {
                if let place = random.pick(digits) { bytes[place] = 48 + UInt8(random.below(10)) }
            }
        case .letters:
            let letters = bytes.indices.filter { (65...90).contains(bytes[$0] & 0xDF) }
            if let place = random.pick(letters) { bytes[place] = (bytes[place] & 0x20) | UInt8(65 + random.below(26)) }
        case .dropLine, .doubleLine, .swapLines: change(kind, pieces(bytes, isEnd: { $0 == 10 }), [], &bytes, &random)
        default: change(kind, tokens(bytes), words, &bytes, &random)
        }
    }

    private static func change(
        _ kind: TokenMutation, _ pieces: [Range<Int>], _ words: [[UInt8]], _ bytes: inout [UInt8],
        _ random: inout FuzzRandom
    ) {
        guard let piece = random.pick(pieces), let other = random.pick(pieces) else { return }
        switch kind {
        case .drop, .dropLine: bytes.removeSubrange(piece)
        case .double, .doubleLine: bytes.insert(contentsOf: Array(bytes[piece]), at: piece.upperBound)
        case .swap, .swapLines:
            guard !piece.overlaps(other) else { return }
            let (left, right) = piece.lowerBound < other.lowerBound ? (piece, other) : (other, piece)
            let (first, second) = (Array(bytes[left]), Array(bytes[right]))
            bytes.replaceSubrange(right, with: first)
            bytes.replaceSubrange(left, with: second)
        case .dictionary: if let word = random.pick(words) { bytes.replaceSubrange(piece, with: word) }
        case .insert: if let word = random.pick(words) { bytes.insert(contentsOf: word, at: piece.lowerBound) }
        case .digits, .letters: break
        }
    }

    /// Runs of letters and digits, and every other byte alone.
    private static func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            var end = start + 1
            if isWord(bytes[start]) { while end < bytes.count, isWord(bytes[end]) { end += 1 } }
            result.append(start..<end)
            start = end
        }
        return result
    }

    private static func pieces(_ bytes: [UInt8], isEnd: (UInt8) -> Bool) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        for index in bytes.indices where isEnd(bytes[index]) || index == bytes.count - 1 {
            result.append(start..<(index + 1))
            start = index + 1
        }
        return result
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || byte >= 0x80
    }
}
