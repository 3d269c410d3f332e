// Identifiers by their shape (Gstin, Pan and Tan in Domain), without the check character: one that was mistyped is as
// telling. None asks for the edge of a word: `GSTR3B_09…` and `id09…` hold one too.
extension MaskUnits {
    enum Sign { case digit, letter, either }

    private static let pan: [Sign] =
        Array(repeating: .letter, count: 5) + Array(repeating: .digit, count: 4) + [.letter]
    private static let tan: [Sign] =
        Array(repeating: .letter, count: 4) + Array(repeating: .digit, count: 5) + [.letter]
    private static let tail: [Sign] = [.either, .letter, .either]
    private static let gstinOfPan: [Sign] = [.digit, .digit] + pan + tail
    /// Who deducts tax is registered by TAN.
    private static let gstinOfTan: [Sign] = [.digit, .digit] + tan + tail

    func gstin(_ start: Int) -> Range<Int>? {
        guard isDigit(start), isDigit(start + 1), !isDigit(start + 2) else { return nil }
        return fits(Self.gstinOfPan, start) ?? fits(Self.gstinOfTan, start)
    }

    func pan(_ start: Int) -> Range<Int>? { isLetter(start) ? fits(Self.pan, start) : nil }
    func tan(_ start: Int) -> Range<Int>? { isLetter(start) ? fits(Self.tan, start) : nil }

    /// Any of the three with every sign apart, as forms print them: `A A F H H 6 7 5 6 K`.
    func spread(_ start: Int) -> (range: Range<Int>, kind: MaskKind)? {
        guard isAscii(start), !isWord(start - 1), !isWord(start + 1), isAscii(start + 2), !isWord(start + 3) else {
            return nil
        }
        for (signs, kind) in [
            (Self.gstinOfPan, MaskKind.gstin), (Self.gstinOfTan, .gstin), (Self.pan, .pan), (Self.tan, .tan),
        ] {
            let end = start + signs.count * 2 - 1
            let fits = signs.indices.allSatisfy { number in
                let index = start + number * 2
                return isSign(index, a: signs[number]) && (number == 0 || at(index - 1) == at(start + 1))
            }
            if fits, !isWord(end), !(at(end) == at(start + 1) && isAscii(end + 1) && !isWord(end + 2)) {
                return (start..<end, kind)
            }
        }
        return nil
    }

    private func isSign(_ index: Int, a sign: Sign) -> Bool {
        switch sign {
        case .digit: isDigit(index)
        case .letter: isLetter(index)
        case .either: isAscii(index)
        }
    }

    /// Between its groups one may be written with a mark: `AAFHH 6756 K`. A line may end anywhere in it.
    private func fits(_ signs: [Sign], _ start: Int) -> Range<Int>? {
        var index = start
        var (gaps, hasSmall, isNatural, isBlank) = (0, false, true, false)
        for number in signs.indices {
            if number > 0, !isWord(index) || isEscaped(index), isGap(index) {
                let isChange = isDigit(index - 1) != isDigit(index + 1)
                guard isChange || gaps > 0 || isBreak(index) else { return nil }
                if !isChange || isBreak(index) { isNatural = false }
                if isSpace(index) { isBlank = true }
                gaps += 1
                index += 1
            }
            guard isSign(index, a: signs[number]) else { return nil }
            if isLetter(index), !isUpper(index) { hasSmall = true }
            index += 1
        }
        guard gaps > 0 else { return start..<index }
        guard gaps <= 3, isEdge(index), isEdge(start) else { return nil }
        // Five letters, a year and another letter are words of a sentence too.
        if hasSmall, signs.count < 15 { return isNatural && !(isBlank && isSaid(start)) ? start..<index : nil }
        return !hasSmall || isNatural ? start..<index : nil
    }

    /// Whether small letters with blanks between them are rather words: a PAN has a letter for the holder's status at its
    /// fourth place, and no year behind it.
    private func isSaid(_ start: Int) -> Bool {
        let status: [UInt32] = [97, 98, 99, 102, 103, 104, 106, 108, 112, 116]
        let year = said(start + 6..<min(start + 8, count))
        return !status.contains(at(start + 3)) || year == "19" || year == "20"
    }

    private func isGap(_ index: Int) -> Bool {
        isSpace(index) || [0x2D, 0x2E, 0x2F, 0x3A, 0x5F].contains(at(index)) || isBreak(index) && index < count
    }

    // MARK: In part

    /// An identifier of which a screen or a log shows the beginning or the end beside `…`.
    func cut(_ start: Int) -> (range: Range<Int>, kind: MaskKind)? {
        guard isEdge(start), isAscii(start) else { return nil }
        var end = start
        while isAscii(end), end - start < 16 { end += 1 }
        let length = end - start
        guard length >= 5, length < 15, !isWord(end) else { return nil }
        if at(end) == 0x2026 {
            if begins(Self.gstinOfPan, start..<end) || begins(Self.gstinOfTan, start..<end) {
                return (start..<end, .gstin)
            }
            guard length >= 6 else { return nil }
            if begins(Self.pan, start..<end) { return (start..<end, .pan) }
            return begins(Self.tan, start..<end) ? (start..<end, .tan) : nil
        }
        guard at(start - 1) == 0x2026 else { return nil }
        if ends(Self.gstinOfPan, start..<end) || ends(Self.gstinOfTan, start..<end) { return (start..<end, .gstin) }
        if ends(Self.pan, start..<end) { return (start..<end, .pan) }
        return ends(Self.tan, start..<end) ? (start..<end, .tan) : nil
    }

    private func begins(_ signs: [Sign], _ range: Range<Int>) -> Bool {
        range.count < signs.count && zip(range, signs).allSatisfy { isSign($0, a: $1) }
            && range.contains(where: isDigit)
    }

    private func ends(_ signs: [Sign], _ range: Range<Int>) -> Bool {
        range.count < signs.count && zip(range, signs.suffix(range.count)).allSatisfy { isSign($0, a: $1) }
            && range.contains(where: isDigit) && range.contains(where: isLetter)
    }

    /// An identifier or a number of which a portal hid a part itself: `AAFHH****K`, `XXXXXX3210`. What is left of it, with
    /// the name beside it, may be enough.
    func hidden(_ start: Int) -> Range<Int>? {
        guard isAscii(start) || isStar(start), !isWord(start - 1), !isStar(start - 1) else { return nil }
        var (end, stars, run, longest) = (start, 0, 0, 0)
        while isAscii(end) || isStar(end), end - start < 20 {
            let isHidden = isStar(end) || at(end) == 0x78
            stars += isStar(end) ? 1 : 0
            run = isHidden ? run + 1 : 0
            longest = max(longest, run)
            end += 1
        }
        let length = end - start
        guard length >= 8, length < 20, longest >= 3, longest < length, !isWord(end), !isStar(end) else { return nil }
        let shown = (start..<end).filter { !isStar($0) && at($0) != 0x78 }
        // Digits, or digits and capitals: a word with three x is none.
        let isCapitals = shown.allSatisfy(isUpper) && (stars > 0 || length == 10 && longest == 4)
        guard isCapitals || shown.contains(where: isDigit) else { return nil }
        return start..<end
    }

    private func isStar(_ index: Int) -> Bool { at(index) == 0x2A || at(index) == 0x2022 || at(index) == 0x25CF }
}
