import Foundation

// Identifiers by their shape (Gstin, Pan and Tan in Domain), without the check character: one that was mistyped is as
// telling. None asks for the edge of a word: `GSTR3B_09…` and `id09…` hold one too.
extension MaskUnits {
    private enum Sign { case digit, letter, either }

    private static let digits2: [Sign] = [.digit, .digit]
    private static let pan: [Sign] =
        Array(repeating: .letter, count: 5) + Array(repeating: .digit, count: 4) + [.letter]
    private static let tan: [Sign] =
        Array(repeating: .letter, count: 4) + Array(repeating: .digit, count: 5) + [.letter]
    private static let tail: [Sign] = [.either, .letter, .either]

    func gstin(_ start: Int) -> Range<Int>? {
        guard isDigit(start), isDigit(start + 1) else { return nil }
        // Who deducts tax is registered by TAN.
        return fits(Self.digits2 + Self.pan + Self.tail, start) ?? fits(Self.digits2 + Self.tan + Self.tail, start)
    }

    func pan(_ start: Int) -> Range<Int>? { isLetter(start) ? fits(Self.pan, start) : nil }
    func tan(_ start: Int) -> Range<Int>? { isLetter(start) ? fits(Self.tan, start) : nil }

    /// Between its groups one may be written with a blank or a hyphen, in capitals: `AAFHH 6756 K`. A line may end anywhere
    /// in it.
    private func fits(_ signs: [Sign], _ start: Int) -> Range<Int>? {
        var index = start
        var (gaps, hasSmall) = (0, false)
        for (number, sign) in signs.enumerated() {
            if number > 0, isGap(index),
                isDigit(index - 1) != isDigit(index + 1) || gaps > 0 || isBreak(index)
            {
                gaps += 1
                index += 1
            }
            switch sign {
            case .digit: guard isDigit(index) else { return nil }
            case .letter: guard isLetter(index) else { return nil }
            case .either: guard isAscii(index) else { return nil }
            }
            if isLetter(index), !isUpper(index) { hasSmall = true }
            index += 1
        }
        guard gaps > 0 else { return start..<index }
        // Between words of a sentence the same signs are no identifier.
        guard !hasSmall, gaps <= 3, !isWord(index), !isWord(start - 1) else { return nil }
        return start..<index
    }

    private func isGap(_ index: Int) -> Bool {
        isSpace(index) || at(index) == 0x2D || at(index) == 0x2E || at(index) == 0x5F || isBreak(index) && index < count
    }

    /// A mobile number of India, with its country code or without.
    func phone(_ start: Int) -> Range<Int>? {
        guard isDigit(start), !isWord(start - 1) else { return nil }
        var (digits, index, last) = ([UInt32](), start, start)
        while index < count, digits.count < 13 {
            if isDigit(index) {
                digits.append(folded[index])
                last = index
            } else if !(isSpace(index) || at(index) == 0x2D) || !isDigit(index + 1) {
                break
            }
            index += 1
        }
        guard !isWord(last + 1) else { return nil }
        let isMobile = digits.count >= 10 && digits[digits.count - 10] >= 54
        let lead = digits.dropLast(10)
        let isLed = lead.isEmpty || lead.elementsEqual([57, 49]) || lead.elementsEqual([48])
        guard isMobile, digits.count <= 12, isLed else { return nil }
        // As it is written: 10 digits, or two groups of five.
        let length = last + 1 - start - digits.count
        return length <= (lead.isEmpty ? 1 : 2) ? start..<(last + 1) : nil
    }

    // MARK: Addresses

    func mailAddress(_ start: Int) -> Range<Int>? {
        guard isWord(start), !isLocal(start - 1) || escapes[start - 1] == 1 else { return nil }
        var index = start
        while isLocal(index), index - start < 128 { index += 1 }
        guard at(index) == 0x40, isWord(index + 1) else { return nil }
        var end = index + 1
        while isWord(end) || at(end) == 0x2E || at(end) == 0x2D { end += 1 }
        while !isWord(end - 1) { end -= 1 }
        return start..<end
    }

    private func isLocal(_ index: Int) -> Bool {
        guard index >= 0, index < count else { return false }
        if isWord(index) { return true }
        return [0x2E, 0x5F, 0x2D, 0x2B, 0x25].contains(folded[index])
    }

    /// An IPv4, IPv6 or Ethernet address. What means "this machine" or "any" stays: it tells nobody anything.
    func machineAddress(_ start: Int) -> Range<Int>? {
        guard let range = dotted(start) ?? coloned(start) else { return nil }
        return isOwn(range) ? nil : range
    }

    private func dotted(_ start: Int) -> Range<Int>? {
        guard isDigit(start), !isDigit(start - 1), at(start - 1) != 0x2E else { return nil }
        var end = start
        for part in 0..<4 {
            if part > 0 {
                guard at(end) == 0x2E else { return nil }
                end += 1
            }
            let first = end
            while isDigit(end), end - first < 4 { end += 1 }
            guard (1...3).contains(end - first), Int(said(first..<end)).map({ $0 < 256 }) ?? true else { return nil }
        }
        return at(end) == 0x2E && isDigit(end + 1) ? nil : start..<end
    }

    private func coloned(_ start: Int) -> Range<Int>? {
        guard !isWord(start - 1) || escapes[start - 1] == 1, at(start - 1) != 0x3A, isHex(start) || at(start) == 0x3A
        else { return nil }
        var end = start
        while isHex(end) || [0x3A, 0x2E, 0x2D].contains(at(end)), end - start < 46 { end += 1 }
        guard !isWord(end) else { return nil }
        while end > start, at(end - 1) == 0x2E || at(end - 1) == 0x2D || at(end - 1) == 0x3A && at(end - 2) != 0x3A {
            end -= 1
        }
        return isAddress(start..<end) ? start..<end : nil
    }

    private func isHex(_ index: Int) -> Bool { isDigit(index) || isLetter(index) && folded[index] <= 102 }

    private func isAddress(_ range: Range<Int>) -> Bool {
        guard range.count >= 3 else { return false }
        let text = said(range)
        var room = in6_addr()
        if inet_pton(AF_INET6, text, &room) == 1 { return true }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
        return parts.count == 6 && parts.allSatisfy { $0.count == 2 }
    }

    private func isOwn(_ range: Range<Int>) -> Bool {
        ["127.0.0.1", "0.0.0.0", "::1", "255.255.255.255"].contains(said(range))
    }
}
