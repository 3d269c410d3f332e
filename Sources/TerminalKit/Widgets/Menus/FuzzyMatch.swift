/// How well typed letters fit a name: they must occur in order; starts of words and runs count more.
public struct FuzzyMatch: Hashable, Sendable {
    /// Higher is better.
    public var score: Int
    /// Offsets of the matched graphemes.
    public var positions: [Int]

    /// nil when the letters do not occur in order. Case and blanks in the pattern do not matter.
    public init?(_ pattern: String, in candidate: String) {
        let wanted = pattern.lowercased().filter { !$0.isWhitespace }
        guard !wanted.isEmpty else {
            self.init(score: 0, positions: [])
            return
        }
        let letters = Array(candidate)
        let lower = letters.map { $0.lowercased() }
        var best: FuzzyMatch?
        let needed = wanted.map(String.init)
        // The first letter may stand in several places; the best run of any of them counts.
        for start in lower.indices where lower[start] == needed[0] {
            guard let match = FuzzyMatch.follow(needed, lower, letters, from: start) else { break }
            if best.map({ match.score > $0.score }) ?? true { best = match }
        }
        guard let best else { return nil }
        self = best
    }

    private init(score: Int, positions: [Int]) {
        self.score = score
        self.positions = positions
    }

    private static func follow(
        _ needed: [String], _ lower: [String], _ letters: [Character], from start: Int
    ) -> FuzzyMatch? {
        var positions: [Int] = []
        var score = 0
        var next = start
        for letter in needed {
            guard let place = nearest(letter, lower, letters, from: next, after: positions.last) else { return nil }
            let isRun = positions.last == place - 1
            let isWordStart = place == 0 || !(letters[place - 1].isLetter || letters[place - 1].isNumber)
            score += 1 + (isRun ? 8 : 0) + (isWordStart ? 10 : 0) - min(3, place - (positions.last ?? place))
            positions.append(place)
            next = place + 1
        }
        return FuzzyMatch(score: score * 16 - letters.count / 4 - start, positions: positions)
    }

    /// The letter right here, else at the start of a later word, else anywhere later.
    private static func nearest(
        _ letter: String, _ lower: [String], _ letters: [Character], from: Int, after last: Int?
    ) -> Int? {
        guard from < lower.count else { return nil }
        if lower[from] == letter { return from }
        let later = (from..<lower.count).filter { lower[$0] == letter }
        let wordStart = later.first { $0 > 0 && !(letters[$0 - 1].isLetter || letters[$0 - 1].isNumber) }
        return last == nil ? later.first : wordStart ?? later.first
    }
}
