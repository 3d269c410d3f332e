import Foundation

// What is a secret by the name that stands before it, and what looks like one.
extension MaskUnits {
    /// A value behind `NAME=` or `NAME:`, as settings, JSON, headers, forms and logs write it.
    ///
    /// - Parameter kept: where what is masked already ends.
    func assigned(_ mark: Int, after kept: Int) -> Masker.Find? {
        guard let kind = MaskedName.kind(of: name(before: mark)) else { return nil }
        var start = mark + 1
        if at(start) == 0x3E { start += 1 }
        var hasBlank = false
        while isSpace(start) {
            start += 1
            hasBlank = true
        }
        let range = value(from: start, of: kind, isLoose: folded[mark] == 0x3A && hasBlank)
        guard !range.isEmpty, range.lowerBound >= kept else { return nil }
        let text = said(range)
        return MaskedName.isPlain(text) ? nil : Masker.Find(range: range, kind: kind, value: text)
    }

    /// A value between tags, `<password>…</password>`, behind an option, `--password …`, or behind its name in a list,
    /// `"password", "…"`.
    func enclosed(_ mark: Int, after kept: Int) -> Masker.Find? {
        let sign = folded[mark]
        let last = word(endingAt: isQuote(mark - 1) ? mark - 1 : mark)
        guard !last.isEmpty, let kind = MaskedName.kind(of: ["", said(last)]) else { return nil }
        var range: Range<Int>
        switch sign {
        case 0x3E:
            // Before a colon the name of a space may stand.
            let isSpaced = at(last.lowerBound - 1) == 0x3A
            let first = isSpaced ? word(endingAt: last.lowerBound - 1).lowerBound : last.lowerBound
            guard at(first - 1) == 0x3C else { return nil }
            var end = mark + 1
            while end < count, at(end) != 0x3C { end += 1 }
            range = mark + 1..<end
        case 0x20:
            guard at(last.lowerBound) == 0x2D, at(last.lowerBound + 1) == 0x2D else { return nil }
            range = value(from: mark + 1, of: .user, isLoose: false)
        default:
            guard isQuote(mark - 1) else { return nil }
            var start = mark + 1
            while isSpace(start) { start += 1 }
            guard isQuote(start) else { return nil }
            range = quoted(start)
        }
        if kept > range.lowerBound { range = kept..<max(kept, range.upperBound) }
        let text = said(range)
        return range.isEmpty || MaskedName.isPlain(text) ? nil : Masker.Find(range: range, kind: kind, value: text)
    }

    /// The word before a mark, or two where it takes both: `client secret`.
    private func name(before mark: Int) -> [String] {
        var end = mark
        while end > 0, isSpace(end - 1) || isQuote(end - 1) || at(end - 1) == 0x5D || at(end - 1) == 0x5C { end -= 1 }
        let last = word(endingAt: end)
        let before =
            isSpace(last.lowerBound - 1) ? word(endingAt: last.lowerBound - 1) : last.lowerBound..<last.lowerBound
        return [said(before), said(last)]
    }

    private func word(endingAt end: Int) -> Range<Int> {
        var start = end
        while start > 0, end - start < 60,
            isAscii(start - 1) || at(start - 1) == 0x5F || at(start - 1) == 0x2D || at(start - 1) == 0x2E
        {
            // A letter behind a backslash may be the end of the line before.
            if escapes[start - 1] == 1 { break }
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
            } else if isSpace(index), kind != .secret, !isLoose {
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
    private func quoted(_ start: Int) -> Range<Int> {
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

    private func stands(_ text: StaticString, at start: Int) -> Bool {
        text.withUTF8Buffer { wanted in
            guard start + wanted.count <= count else { return false }
            return wanted.indices.allSatisfy { folded[start + $0] == UInt32(wanted[$0]) }
        }
    }

    /// A long word without sense: base64, hexadecimal or base32; and what follows `Bearer` or `Basic`.
    func secret(_ start: Int) -> Range<Int>? {
        guard isAscii(start), !isToken(start - 1) || escapes[start - 1] == 1 else { return nil }
        var end = start
        while isToken(end) { end += 1 }
        if at(end) == 0x20,
            stands("bearer", at: start) && end == start + 6 || stands("basic", at: start) && end == start + 5
        {
            return nil
        }
        let isHeld =
            at(start - 1) == 0x20
            && (start >= 7 && stands("bearer", at: start - 7) || start >= 6 && stands("basic", at: start - 6))
        // Words follow these words too.
        if isHeld, end - start >= 8, (start..<end).contains(where: { isDigit($0) || isUpper($0) }) {
            return start..<end
        }
        return TokenLook(self, start..<end).isSecret ? start..<end : nil
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
