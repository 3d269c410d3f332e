// Names that the workspace does not know: behind a form of address, before a form of firm, and, where others speak, any word
// that the program does not use.
extension MaskUnits {
    private static let titles = [
        "m/s", "messrs", "shri", "smt", "kumari", "sri", "mr", "mrs", "miss", "dr", "adv", "prop",
    ]
    /// What firms are: the first word of each form.
    private static let forms: Set<[UInt8]> = Set(
        [
            "private", "pvt", "limited", "ltd", "llp", "huf", "traders", "enterprises", "industries", "associates",
            "brothers",
            "bros", "sons", "exports", "imports", "textiles", "agencies", "foods", "jewellers",
        ].map { Array($0.utf8) })
    private static let mostWords = 8

    /// A run of letters of any script.
    private func letters(_ start: Int) -> Range<Int> {
        var end = start
        while isWord(end), !isDigit(end), !isEscaped(end) { end += 1 }
        return start..<end
    }

    private func lower(_ range: Range<Int>) -> [UInt8] {
        range.map { folded[$0] < 0x80 ? UInt8(truncatingIfNeeded: folded[$0]) : 0xFF }
    }

    /// Whether a word begins with a capital letter, or is of a script that has none.
    private func isName(_ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        return isUpper(first) || !isLetter(first)
    }

    private func isKnown(_ range: Range<Int>) -> Bool {
        range.allSatisfy(isLetter) && Vocabulary.holds(lower(range))
    }

    private func isForm(_ range: Range<Int>) -> Bool { Self.forms.contains(lower(range)) }

    /// Where the next word of a name begins: behind one blank, with `&`, a point, an apostrophe or a hyphen between them.
    private func next(after end: Int) -> Int? {
        var index = end
        if at(index) == 0x2E { index += 1 }
        if [0x27, 0x2D, 0x2019].contains(at(index)), isWord(index + 1) { return index + 1 }
        if isSpace(index) { index += 1 }
        if at(index) == 0x26 {
            index += 1
            if isSpace(index) { index += 1 }
        }
        return index > end && isWord(index) && !isDigit(index) ? index : nil
    }

    /// What follows `M/s`, `Shri`, `Mr.`: the words of a name.
    func titled(_ start: Int) -> Range<Int>? {
        guard let title = Self.titles.first(where: { stands($0, at: start) && !isWord(start + $0.utf8.count) }) else {
            return nil
        }
        var index = start + title.utf8.count
        // "dr" and "mr" in small letters are parts of other things.
        guard isUpper(start) else { return nil }
        if at(index) == 0x2E { index += 1 }
        while isSpace(index) { index += 1 }
        let first = index
        var end = index
        while isWord(index), !isDigit(index) {
            let word = letters(index)
            guard isName(word), end == first || !isKnown(word) || isForm(word) else { break }
            end = word.upperBound
            guard let following = next(after: end) else { break }
            index = following
        }
        return end > first ? first..<end : nil
    }

    /// Words with capitals up to what says that they are a firm: `Nandi Steel Private Limited`.
    func firm(_ start: Int) -> Range<Int>? {
        guard isUpper(start) else { return nil }
        let first = letters(start)
        guard first.count > 1 || next(after: first.upperBound) != nil, !isKnown(first), !isForm(first) else {
            return nil
        }
        var (word, end) = (first, start)
        for number in 0..<Self.mostWords {
            if number > 0, isForm(word) { end = word.upperBound }
            guard let index = next(after: word.upperBound) else { break }
            word = letters(index)
            guard isName(word) || stands("and", at: index) && word.count == 3 else { break }
        }
        return end > start ? start..<end : nil
    }

    /// Words that the program does not use, one after the other.
    ///
    /// - Parameter isTold: whether at a unit something is found that has a mask of its own.
    func foreign(_ start: Int, unless isTold: (Int) -> Bool) -> Range<Int>? {
        guard isWord(start), !isDigit(start), isEdge(start), !isEscaped(start) else { return nil }
        var (index, end) = (start, start)
        while true {
            let word = part(index)
            let isInitial =
                word.count == 1 && isUpper(index) && (end > start || isForeign(next(after: word.upperBound)))
            guard isInitial || isForeign(word) || end > start && isForm(word) else { break }
            if end > start, isTold(index) { break }
            end = word.upperBound
            guard
                let following = isWord(end) && isEdge(end) && !isDigit(end)
                    ? end : next(after: end) ?? initial(after: end)
            else { break }
            index = following
        }
        return end > start ? start..<end : nil
    }

    /// `Bhadra, R.`
    private func initial(after end: Int) -> Int? {
        at(end) == 0x2C && isSpace(end + 1) && isUpper(end + 2) && at(end + 3) == 0x2E ? end + 2 : nil
    }

    private func isForeign(_ start: Int?) -> Bool { start.map { isForeign(part($0)) } ?? false }

    /// Letters up to the next edge: `tradeName` has two parts.
    private func part(_ start: Int) -> Range<Int> {
        var end = start + 1
        while isWord(end), !isDigit(end), !isEdge(end) { end += 1 }
        // `GSTRForm`: the last capital begins the next word.
        if end - start > 2, isUpper(end - 2), isUpper(end - 1), isLetter(end), !isUpper(end) { end -= 1 }
        return start..<end
    }

    private func isForeign(_ word: Range<Int>) -> Bool {
        let isLatin = word.allSatisfy(isLetter)
        guard word.count > (isLatin ? 2 : 1), !isKnown(word), !isFieldName(word) else { return false }
        // `ASMT-10`, `RET11402`: names of forms and codes of errors.
        let hasMark = at(word.upperBound) == 0x2D || at(word.upperBound) == 0x2F
        let isCode =
            word.count <= 6 && word.allSatisfy(isUpper)
            && (isDigit(word.upperBound) || hasMark && isDigit(word.upperBound + 1))
        return !isCode
    }

    /// Whether a word is part of the name of a field or of a tag: `"trdNm":`, `<trdNm>`, `trdNm=`.
    private func isFieldName(_ word: Range<Int>) -> Bool {
        func isPart(_ index: Int) -> Bool {
            isWord(index) || at(index) == 0x5F || at(index) == 0x2D || at(index) == 0x2E
        }
        var (start, end) = (word.lowerBound, word.upperBound)
        while isPart(end), end - word.upperBound < 60 { end += 1 }
        while isPart(start - 1), word.lowerBound - start < 60 { start -= 1 }
        if at(start - 1) == 0x3C || at(start - 1) == 0x2F && at(start - 2) == 0x3C { return true }
        if at(end) == 0x3D { return true }
        guard isQuote(end), isQuote(start - 1) else { return false }
        end += 1
        while isSpace(end) { end += 1 }
        return at(end) == 0x3A
    }

    /// Whether a unit of a settings file is within a comment.
    func isComment(_ index: Int, _ wasBefore: Bool) -> Bool {
        if isBreak(index) { return false }
        return wasBefore || at(index) == 0x23 && (isBreak(index - 1) || isSpace(index - 1))
    }
}
