/// A reader of what a portal or provider sends, with valid answers to begin from.
struct FuzzParser: Sendable {
    enum Form: Sendable {
        case json
        /// Text of another kind, with words that mean something to its reader.
        case text(words: [String])
        /// Bytes whose structure the mutations know nothing of.
        case bytes
    }

    /// `wire.shape`, without a colon.
    var name: String
    var samples: [[UInt8]]
    var form = Form.json
    /// Share of changes, in percent, that ask what a record says rather than its shape.
    var gentle = 55
    /// Share of changes that know nothing of the form.
    var blind = 12
    var read: @Sendable ([UInt8]) async throws -> Verdict

    /// One changed answer; the same for the same random numbers.
    func mutation(_ random: inout FuzzRandom) -> [UInt8] {
        let original = random.pick(samples) ?? []
        var bytes = original
        for _ in 0..<8 where bytes == original {
            let changes = random.isWithin(percent: 70) ? 1 : 2 + random.below(3)
            let blindly = (0..<changes).filter { _ in random.isWithin(percent: blind) }.count
            // What knows the form comes first: after a blind change there may be none.
            for _ in 0..<(changes - blindly) { change(&bytes, &random) }
            for _ in 0..<blindly { ByteMutation.apply(to: &bytes, others: samples, &random) }
        }
        return bytes
    }

    private func change(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        let isGentle = random.isWithin(percent: gentle)
        switch form {
        case .json:
            let kind = random.pick(isGentle ? JSONMutation.gentle : JSONMutation.rough)
            if let kind { JSONMutation.apply(kind, to: &bytes, &random) }
        case .text(let words):
            TokenMutation.apply(
                to: &bytes, isGentle ? TokenMutation.gentle : TokenMutation.allCases,
                words: words.map { Array($0.utf8) }, &random)
        case .bytes:
            ByteMutation.apply(
                to: &bytes, isGentle ? ByteMutation.gentle : ByteMutation.allCases, others: samples, &random)
        }
    }
}

/// What a reader made of an answer, in a few words without its values, so that equal outcomes are counted once.
enum Verdict: Sendable, Hashable {
    /// It returned a value, perhaps with records set aside.
    case accepted(String)
    case refused(String)
}

/// A rule that a reader must hold for any answer, and did not.
struct Broken: Error, Sendable {
    var rule: String
    init(_ rule: String) { self.rule = rule }
}
