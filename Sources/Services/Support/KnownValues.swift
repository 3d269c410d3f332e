import Foundation

/// What the workspace knows by name: businesses, people, user names, identities. Found in any text by their letters and
/// digits alone, whatever stands between their words and however they are written.
struct KnownValues: Sendable {
    private struct Step: Hashable, Sendable {
        var node: Int32
        var scalar: UInt32
    }

    struct Value: Sendable {
        var kind: MaskKind
        var text: String
    }

    private var next: [Step: Int32] = [:]
    private var ends: [Int32: Int] = [:]
    /// The one value that a beginning can only belong to; -1 for several.
    private var only: [Int] = [-1]
    private(set) var values: [Value] = []

    /// Letters of a value at the least: shorter ones stand in every text, and masking them would hide nothing else.
    static let least = 3
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
        let forms = Set([text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping])
        var number: Int?
        for letters in Set(forms.map(Self.letters)) where letters.unicodeScalars.count >= Self.least && !holds(letters)
        {
            let index = number ?? values.count
            if number == nil { values.append(Value(kind: kind, text: text)) }
            number = index
            insert(letters, index)
        }
    }

    private func holds(_ letters: String) -> Bool {
        var node: Int32 = 0
        for scalar in letters.unicodeScalars {
            guard let known = next[Step(node: node, scalar: scalar.value)] else { return false }
            node = known
        }
        return ends[node] != nil
    }

    private mutating func insert(_ letters: String, _ index: Int) {
        var node: Int32 = 0
        for scalar in letters.unicodeScalars {
            let step = Step(node: node, scalar: scalar.value)
            if let known = next[step] {
                node = known
                if only[Int(node)] != index { only[Int(node)] = -1 }
            } else {
                node = Int32(only.count)
                next[step] = node
                only.append(index)
            }
        }
        if ends[node] == nil { ends[node] = index }
    }

    /// A known value that begins at a unit, or the beginning of one that was cut with `…`.
    ///
    /// - Returns: where it ends; the value, nil where the part that stands could belong to several.
    func match(_ units: MaskUnits, at start: Int) -> (end: Int, value: Value?)? {
        guard units.isWord(start), !units.isWord(start - 1) || units.escapes[start - 1] == 1 else { return nil }
        var node: Int32 = 0
        var (index, gap, signs, letters) = (start, 0, 0, 0)
        var best: (end: Int, value: Value?)?
        while index < units.count {
            let step = units.isWord(index) ? next[Step(node: node, scalar: units.folded[index])] : nil
            if let step {
                (node, gap, signs, letters) = (step, 0, 0, letters + 1)
                if let found = ends[node], !units.isWord(index + 1) || units.escapes[index + 1] == 1 {
                    best = (index + 1, values[found])
                }
            } else if units.scalars[index] == 0x2026, letters >= Self.least, best == nil || gap == 0 {
                let known = only[Int(node)]
                return (index - gap, known >= 0 ? values[known] : ends[node].map { values[$0] })
            } else {
                guard letters > 0, !units.isWord(index) || units.escapes[index] == 1 else { break }
                gap += 1
                if !units.isFrame(index) { signs += 1 }
                if gap > Self.widestGap || signs > Self.mostSigns { break }
            }
            index += 1
        }
        return best
    }
}
