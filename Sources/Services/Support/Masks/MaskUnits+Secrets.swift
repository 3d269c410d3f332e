import Foundation

// What is a secret by the name that stands before it, and what looks like one.
extension MaskUnits {
    /// A value behind `NAME=` or `NAME:`, as settings, JSON, headers, forms and logs write it.
    ///
    /// - Parameter kept: where what is masked already ends.
    func assigned(_ mark: Int, after kept: Int) -> Masker.Find? {
        let isAssigned = folded[mark] == 0x3D
        let (before, last) = name(before: mark)
        guard let kind = MaskedName.kind(of: last, after: before, isAssigned: isAssigned, in: self) else { return nil }
        var start = mark + 1
        if at(start) == 0x3E { start += 1 }
        let first = start
        while isSpace(start) { start += 1 }
        let range = value(from: start, of: kind, isLoose: !isAssigned && start > first)
        guard range.lowerBound >= kept else { return nil }
        return kind == .number ? number(in: range) : find(range, kind)
    }

    /// The number that a value begins with: its first word that has a digit, and further groups of digits.
    private func number(in range: Range<Int>) -> Masker.Find? {
        let range = (range.first { isWord($0) || at($0) == 0x2A } ?? range.lowerBound)..<range.upperBound
        var end = range.lowerBound
        var hasDigit = false
        while end < range.upperBound {
            if isSpace(end), !(isDigit(end - 1) && isDigit(end + 1)) { break }
            if isDigit(end) { hasDigit = true }
            end += 1
        }
        return hasDigit && end - range.lowerBound > 2 ? find(range.lowerBound..<end, .number) : nil
    }

    private func find(_ range: Range<Int>, _ kind: MaskKind) -> Masker.Find? {
        guard !range.isEmpty else { return nil }
        let text = said(range)
        return MaskedName.isPlain(text) ? nil : Masker.Find(range: range, kind: kind, value: text)
    }

    /// A value between tags, `<password>…</password>`, behind an option, `--password …`, or behind its name in a list,
    /// `"password", "…"`; or in an object that names it, `"name": "password", "value": "…"`.
    func enclosed(_ mark: Int, after kept: Int) -> Masker.Find? {
        switch folded[mark] {
        case 0x3E: tagged(mark, after: kept)
        case 0x20: option(mark, after: kept)
        default: isQuote(mark - 1) ? listed(mark, after: kept) : nil
        }
    }

    private func tagged(_ mark: Int, after kept: Int) -> Masker.Find? {
        let last = word(endingAt: mark)
        guard !last.isEmpty else { return nil }
        // Before a colon the name of a space may stand.
        let isSpaced = at(last.lowerBound - 1) == 0x3A
        let first = isSpaced ? word(endingAt: last.lowerBound - 1).lowerBound : last.lowerBound
        guard at(first - 1) == 0x3C, let kind = kind(of: last) else { return nil }
        var end = mark + 1
        while end < count, at(end) != 0x3C { end += 1 }
        return find(max(mark + 1, min(kept, end))..<end, kind)
    }

    private func option(_ mark: Int, after kept: Int) -> Masker.Find? {
        guard isAscii(mark - 1) else { return nil }
        let last = word(endingAt: mark)
        guard last.count > 3, at(last.lowerBound) == 0x2D, at(last.lowerBound + 1) == 0x2D, let kind = kind(of: last)
        else { return nil }
        let range = value(from: mark + 1, of: .user, isLoose: false)
        return find(max(range.lowerBound, min(kept, range.upperBound))..<range.upperBound, kind)
    }

    private func listed(_ mark: Int, after kept: Int) -> Masker.Find? {
        guard let kind = kind(of: word(endingAt: mark - 1)) else { return nil }
        var start = mark + 1
        while isSpace(start) || isBreak(start) && start < count { start += 1 }
        guard isQuote(start) else { return nil }
        var range = quoted(start)
        var next = range.upperBound + 1
        while isSpace(next) { next += 1 }
        // What follows is the name of a value: `"value": …`.
        if at(next) == 0x3A {
            next += 1
            while isSpace(next) { next += 1 }
            range = value(from: next, of: kind, isLoose: false)
        }
        return find(max(range.lowerBound, min(kept, range.upperBound))..<range.upperBound, kind)
    }

    private func kind(of name: Range<Int>) -> MaskKind? {
        MaskedName.kind(of: name, after: 0..<0, isAssigned: false, in: self)
    }

    /// The word before a mark, and the one before that.
    private func name(before mark: Int) -> (before: Range<Int>, last: Range<Int>) {
        var end = mark
        while end > 0, mark - end < 200,
            isSpace(end - 1) || isQuote(end - 1) || at(end - 1) == 0x5D || at(end - 1) == 0x5C
        {
            end -= 1
        }
        let last = word(endingAt: end)
        let before =
            isSpace(last.lowerBound - 1) ? word(endingAt: last.lowerBound - 1) : last.lowerBound..<last.lowerBound
        return (before, last)
    }

    private func word(endingAt end: Int) -> Range<Int> {
        var start = end
        while start > 0, end - start < 60,
            isAscii(start - 1) || at(start - 1) == 0x5F || at(start - 1) == 0x2D || at(start - 1) == 0x2E
        {
            // A letter behind a backslash may be the end of the line before.
            if isEscaped(start - 1) { break }
            start -= 1
        }
        return start..<end
    }

    /// - Parameter isLoose: whether what follows is a text up to the end of its line, as in a header.
    private func value(from start: Int, of kind: MaskKind, isLoose: Bool) -> Range<Int> {
        guard start < count else { return start..<start }
        if isQuote(start) { return quoted(start) }
        if at(start) == 0x5B || at(start) == 0x7B { return bracketed(start) }
        var index = start
        while index < count, !isBreak(index) {
            if isQuote(index) {
                // What opens here belongs to the value; else the text that it stands in ends.
                guard index > start, [0x3D, 0x20, 0x2C, 0x28].contains(at(index - 1)) else { break }
                index = max(quoted(index).upperBound, index)
            } else if at(index) == 0x26 || isSpace(index), beginsName(index + 1) {
                break
            } else if isSpace(index), kind != .secret, !isLoose,
                !(kind == .number && isDigit(index - 1) && isDigit(index + 1))
            {
                break
            } else if kind != .secret, [0x2C, 0x3B, 0x26].contains(at(index)) {
                break
            }
            index += 1
        }
        index = min(index, count)
        while index > start, isSpace(index - 1) || [0x29, 0x7D, 0x5D, 0x3E, 0x2C, 0x3B].contains(at(index - 1)) {
            index -= 1
        }
        return start..<index
    }

    /// Whether another `name=` begins here.
    private func beginsName(_ start: Int) -> Bool {
        var index = start
        while isAscii(index) || at(index) == 0x5F || at(index) == 0x2E { index += 1 }
        return index > start && index - start < 40 && at(index) == 0x3D && at(index + 1) != 0x3D
    }

    /// What stands within a quote, up to one that is quoted no deeper; to the end of the line where none follows.
    func quoted(_ start: Int) -> Range<Int> {
        let (sign, depth) = (scalars[start], escapes[start])
        func closes(_ index: Int) -> Bool { scalars[index] == sign && escapes[index] <= depth }
        if start + 2 < count, closes(start + 1), closes(start + 2) {
            var index = start + 3
            while index + 2 < count, !(closes(index) && closes(index + 1) && closes(index + 2)) { index += 1 }
            return start + 3..<(index + 2 < count ? index : count)
        }
        var index = start + 1
        while index < count, !closes(index), scalars[index] != 10 { index += 1 }
        return start + 1..<index
    }

    /// A list or an object with all that is in it.
    private func bracketed(_ start: Int) -> Range<Int> {
        var (depth, index) = (0, start)
        while index < count {
            switch at(index) {
            case 0x5B, 0x7B: depth += 1
            case 0x5D, 0x7D: depth -= 1
            default: if isQuote(index) { index = max(quoted(index).upperBound, index) }
            }
            index += 1
            if depth == 0 { return start..<min(index, count) }
        }
        return start..<count
    }

    /// User and password of an address: `scheme://user:password@machine`.
    func userInfo(_ colon: Int) -> Masker.Find? {
        guard at(colon) == 0x3A, at(colon + 1) == 0x2F, at(colon + 2) == 0x2F else { return nil }
        var (index, last) = (colon + 3, colon + 3)
        while index < count, !isSpace(index), !isBreak(index), ![0x2F, 0x3F, 0x23].contains(at(index)) {
            if at(index) == 0x40 { last = index }
            index += 1
        }
        let range = colon + 3..<last
        return range.isEmpty ? nil : Masker.Find(range: range, kind: .secret, value: said(range))
    }

    /// A key as programs write it into files: `-----BEGIN … -----END …-----`.
    func armour(_ start: Int) -> Range<Int>? {
        guard stands("-----begin ", at: start) else { return nil }
        var index = start + 11
        while index < count, !stands("-----end ", at: index) { index += 1 }
        guard index < count else { return start..<count }
        index += 9
        while index < count, !isBreak(index), !stands("-----", at: index) { index += 1 }
        return start..<min(index + 5, count)
    }

    func stands(_ text: String, at start: Int) -> Bool {
        guard start >= 0, start + text.utf8.count <= count else { return false }
        var index = start
        for byte in text.utf8 {
            guard folded[index] == UInt32(byte) else { return false }
            index += 1
        }
        return true
    }

    /// A long word without sense: base64, hexadecimal or base32; and what follows `Bearer` or `Basic`.
    func secret(_ start: Int) -> Range<Int>? {
        guard let range = token(start) else { return nil }
        let isHeld =
            at(start - 1) == 0x20 && (stands("bearer", at: start - 7) || stands("basic", at: start - 6))
        // Words follow these words too.
        if isHeld, range.count >= 8, range.contains(where: { isDigit($0) || isUpper($0) }) { return range }
        return TokenLook(self, range).isSecret ? range : nil
    }

    /// The letters of base64 that begin at a unit.
    func token(_ start: Int) -> Range<Int>? {
        guard isAscii(start), !isToken(start - 1) || isEscaped(start - 1) else { return nil }
        var end = start
        while isToken(end) { end += 1 }
        let isMark =
            at(end) == 0x20
            && (end == start + 6 && stands("bearer", at: start) || end == start + 5 && stands("basic", at: start))
        return isMark ? nil : start..<end
    }

    /// A character of base64, or of its form for addresses.
    private func isToken(_ index: Int) -> Bool {
        isAscii(index) || [0x2B, 0x2F, 0x2D, 0x5F].contains(at(index))
            || at(index) == 0x3D && at(index - 1) != 0x20 && isEnd(index)
    }

    /// Whether what stands here fills base64 up, and assigns nothing.
    private func isEnd(_ index: Int) -> Bool {
        var next = index
        while at(next) == 0x3D { next += 1 }
        return next - index <= 2 && !isAscii(next) && !isQuote(next)
    }
}
