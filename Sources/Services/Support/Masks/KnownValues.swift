import Foundation

/// What the workspace knows by name: businesses, people, user names, identities. Found in any text by their letters and
/// digits alone, whatever stands between their words and however they are written.
struct KnownValues: Sendable {
    struct Value: Sendable {
        var kind: MaskKind
        var text: String
    }

    private var trie = LetterTrie()
    private(set) var values: [Value] = []
    /// Where parts of values end that are no values of their own.
    private var parts: Set<Int32> = []

    /// Letters of a value at the least: shorter ones stand in every text, and masking them would hide nothing else.
    static let least = 3
    /// Letters of a value that is found within a longer word too: shorter ones would be found by chance.
    private static let leastWithin = 8
    /// Signs that may stand between two words of a name.
    private static let mostSigns = 8
    /// Blanks, ends of lines and frames of panels that may: a text in a dialog is wrapped with so many around it.
    private static let widestGap = 200

    static func letters(_ text: String) -> String {
        var letters = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let folded = MaskUnits.folded(scalar.value)
            if MaskUnits.isWord(folded), let scalar = Unicode.Scalar(folded) { letters.append(scalar) }
        }
        return String(letters)
    }

    /// The first kind that is given for a text stays.
    mutating func add(_ kind: MaskKind, _ text: String) {
        let forms = Self.forms(text).filter { end(of: $0) == nil }
        guard !forms.isEmpty else { return }
        values.append(Value(kind: kind, text: text))
        for letters in forms { trie.insert(letters.unicodeScalars, Int32(values.count - 1)) }
    }

    /// Says that a text stands for a value too, such as a name without its `Private Limited`. What stands for several
    /// values gets a mask of its own. To be said when all values are added: a value is never taken for a part of another.
    mutating func add(part: String, of text: String) {
        guard let letters = Self.forms(text).first, let value = end(of: letters), value >= 0 else { return }
        for form in Self.forms(part) {
            if let end = end(of: form) {
                guard end != value, let node = trie.node(of: form.unicodeScalars), parts.contains(node) else {
                    continue
                }
                trie.share(node)
            } else {
                trie.insert(form.unicodeScalars, value)
                if let node = trie.node(of: form.unicodeScalars) { parts.insert(node) }
            }
        }
    }

    private static func forms(_ text: String) -> Set<String> {
        let forms = [text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping]
        return Set(forms.map(letters).filter { $0.unicodeScalars.count >= least })
    }

    private func end(of letters: String) -> Int32? {
        trie.node(of: letters.unicodeScalars).map { trie.ends[Int($0)] }.flatMap { $0 == LetterTrie.nothing ? nil : $0 }
    }

    /// A known value that begins at a unit, or the beginning of one that was cut with `…`. Short ones begin and end where a
    /// word does, or changes: `asha` is in `asha_2` and in `mailAsha`, not in `Natasha`.
    ///
    /// - Returns: where it ends; the value, nil where the part that stands could belong to several.
    func match(_ units: MaskUnits, at start: Int) -> (end: Int, value: Value?)? {
        guard units.isWord(start) else { return nil }
        let isEdge = units.isEdge(start)
        var node: Int32 = 0
        var (index, gap, signs, letters) = (start, 0, 0, 0)
        var best: (end: Int, value: Value?)?
        while index < units.count {
            if units.isWord(index), let next = trie.step(from: node, by: units.folded[index]) {
                (node, gap, signs, letters) = (next, 0, 0, letters + 1)
                let end = trie.ends[Int(node)]
                if end != LetterTrie.nothing, letters >= Self.leastWithin || isEdge && units.isEdge(index + 1) {
                    best = (index + 1, value(end))
                }
            } else if units.scalars[index] == 0x2026, isEdge, letters >= Self.least, best == nil || gap == 0 {
                let (only, end) = (trie.only[Int(node)], trie.ends[Int(node)])
                return (index - gap, value(only >= 0 ? only : end))
            } else {
                guard letters > 0, !units.isWord(index) || units.isEscaped(index) else { break }
                gap += 1
                if !units.isFrame(index) { signs += 1 }
                if gap > Self.widestGap || signs > Self.mostSigns { break }
            }
            index += 1
        }
        return best
    }

    private func value(_ end: Int32) -> Value? { end >= 0 ? values[Int(end)] : nil }
}
