// Numbers that lead to somebody: telephones, bank accounts, Aadhaar, documents that portals look up for anybody (ARN, DIN,
// IRN, e-way bills), vehicles. By their shape alone, so that a number without a name before it is found too.
extension MaskUnits {
    /// Digits in groups, as numbers of telephones and accounts are written.
    private struct Groups {
        var lengths: [Int] = []
        var digits: [UInt32] = []
        /// The mark between two groups, the first one.
        var mark: UInt32 = 0
        var end = 0

        var isPhone: Bool {
            let all = digits.count
            let leads: [(Int, [UInt32])] = [(14, [48, 48, 57, 49]), (12, [57, 49]), (11, [48]), (10, [])]
            guard let lead = leads.first(where: { all == $0.0 && digits.starts(with: $0.1) })?.1,
                digits[lead.count] >= 54
            else { return false }
            var own = lengths
            // The code of the country is a group of its own, or stands before the first one.
            var rest = lead.count
            while rest > 0, let first = own.first {
                own[0] = max(0, first - rest)
                rest = max(0, rest - first)
                if own[0] == 0 { own.removeFirst() }
            }
            return own.allSatisfy { $0 >= 3 } || own == [2, 2, 2, 2, 2]
        }

        /// `022-23456789`, `+91 22 2345 6789`.
        func isLandline(isAbroad: Bool) -> Bool {
            if isAbroad { return digits.count == 12 && digits.starts(with: [57, 49]) }
            guard digits.count == 11, digits[0] == 48, let first = lengths.first else { return false }
            return (3...5).contains(first) && lengths.count <= 3
        }

        var isNumber: Bool {
            lengths.count >= 3 && digits.count >= 11 && digits.count <= 19 && mark != 0x2E
                && lengths.dropLast().allSatisfy { (3...5).contains($0) } && (lengths.last ?? 0) <= 5
        }
    }

    /// A telephone number of India, or the number of an account or document in groups.
    func grouped(_ start: Int) -> (range: Range<Int>, kind: MaskKind)? {
        guard isDigit(start), !isWord(start - 1), !(at(start - 1) == 0x2E && isDigit(start - 2)) else { return nil }
        let isAbroad = at(start - 1) == 0x2B || at(start - 1) == 0x28 && at(start - 2) == 0x2B
        var groups = Groups()
        var found: (Range<Int>, MaskKind)?
        var index = start
        while groups.digits.count < 20 {
            let first = index
            while isDigit(index), groups.digits.count < 20 {
                groups.digits.append(folded[index])
                index += 1
            }
            groups.lengths.append(index - first)
            if isWord(index), !isEscaped(index) { break }
            if groups.isPhone || groups.isLandline(isAbroad: isAbroad) {
                found = (start..<index, .phone)
            } else if groups.isNumber {
                found = (start..<index, .number)
            }
            let mark = index
            // One mark, or a bracket with a blank.
            for sign: [UInt32] in [[0x29], [0x20, 0xA0, 0x2D, 0x2E], [0x28]] where sign.contains(at(index)) {
                index += 1
            }
            guard index > mark, isDigit(index) else { break }
            if groups.mark == 0 { groups.mark = at(mark) }
        }
        return found
    }

    /// A number without groups: eleven digits or more, or letters and digits as ARNs, IFSCs and vehicles have them.
    func number(_ start: Int) -> Range<Int>? {
        guard isEdge(start), !isWord(start - 1) || isEscaped(start - 1) else { return nil }
        if let range = vehicle(start) { return range }
        if stands("itba/", at: start) { return written(start) }
        if let range = shortened(start) { return range }
        var (end, digits) = (start, 0)
        while isAscii(end), end - start < 40 {
            if isDigit(end) { digits += 1 }
            end += 1
        }
        let length = end - start
        guard length >= 10, !isWord(end) else { return nil }
        if digits == length {
            return length >= 11 && !(at(start - 1) == 0x2E && isDigit(start - 2)) ? start..<end : nil
        }
        let isCode = length == 11 && at(start + 4) == 48 && (0..<4).allSatisfy { isLetter(start + $0) } && digits >= 4
        return isCode || digits >= 8 && length < 26 && !isMoment(start..<end) ? start..<end : nil
    }

    /// The number of a document of which a screen shows the beginning or the end beside `…`.
    private func shortened(_ start: Int) -> Range<Int>? {
        let range = written(start)
        guard at(start - 1) == 0x2026 || at(range.upperBound) == 0x2026 else { return nil }
        return range.count(where: isDigit) >= 5 ? range : nil
    }

    /// `20261121T131210Z`
    private func isMoment(_ range: Range<Int>) -> Bool {
        at(range.lowerBound + 8) == 0x74 && range.count <= 16
            && range.allSatisfy { isDigit($0) || at($0) == 0x74 || at($0) == 0x7A }
    }

    /// An identifier of five groups of hexadecimal digits (RFC 9562), which is drawn by chance and names nobody.
    func uuid(_ start: Int) -> Range<Int>? {
        guard !isWord(start - 1), at(start + 8) == 0x2D, at(start + 13) == 0x2D, at(start + 23) == 0x2D else {
            return nil
        }
        let range = start..<start + 36
        guard !isWord(range.upperBound) else { return nil }
        let marks = [8, 13, 18, 23]
        let fits = range.allSatisfy { index in
            marks.contains(index - start)
                ? at(index) == 0x2D : isDigit(index) || isLetter(index) && at(index) <= 102
        }
        return fits ? range : nil
    }

    // MARK: Vehicles

    private static let states: Set<UInt32> = Set(
        [
            "an", "ap", "ar", "as", "br", "cg", "ch", "dd", "dl", "dn", "ga", "gj", "hp", "hr", "jh", "jk", "ka", "kl",
            "la",
            "ld", "mh", "ml", "mn", "mp", "mz", "nl", "od", "or", "pb", "py", "rj", "sk", "tg", "tn", "tr", "ts", "uk",
            "ua",
            "up", "wb",
        ].map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } })

    /// The plate of a vehicle: state, district, series, number; `22 BH 1234 AA` since 2021.
    private func vehicle(_ start: Int) -> Range<Int>? {
        var (index, hasGap, hasSmall) = (start, false, false)
        func take(_ range: ClosedRange<Int>, _ fits: (Int) -> Bool) -> Bool {
            if index > start, isSpace(index) || at(index) == 0x2D {
                hasGap = true
                index += 1
            }
            let first = index
            while fits(index), index - first < range.upperBound {
                if isLetter(index), !isUpper(index) { hasSmall = true }
                index += 1
            }
            return index - first >= range.lowerBound
        }
        if isLetter(start) {
            guard isLetter(start + 1), Self.states.contains(at(start) << 8 | at(start + 1)) else { return nil }
            guard take(2...2, isLetter), take(1...2, isDigit), take(1...3, isLetter), take(4...4, isDigit) else {
                return nil
            }
        } else {
            guard take(2...2, isDigit), take(2...2, isLetter), stands("bh", at: index - 2), take(4...4, isDigit),
                take(1...2, isLetter)
            else { return nil }
        }
        return isWord(index) || hasGap && hasSmall ? nil : start..<index
    }

    // MARK: By the word before it

    private static let nouns: Set<[UInt8]> = Set(
        [
            "invoice", "inv", "irn", "arn", "din", "udin", "aadhaar", "aadhar", "ifsc", "challan", "cpin", "crn", "cin",
            "brn",
            "vehicle", "ewb", "ack", "acknowledgement", "acknowledgment", "dl", "passport",
        ].map { Array($0.utf8) })
    private static let accounts: Set<[UInt8]> = Set(["account", "acct", "acc", "ac"].map { Array($0.utf8) })
    private static let between: Set<[UInt8]> = Set(
        ["no", "nos", "number", "num", "is", "of", "id", "the"].map { Array($0.utf8) })

    /// What follows `Invoice`, `ARN no.`, `A/c`: with a digit in it, and more than a count.
    func numbered(_ start: Int) -> Range<Int>? {
        guard isWord(start), isSpace(start - 1) || [0x23, 0x3A, 0x2E, 0x28].contains(at(start - 1)) else { return nil }
        let range = written(start)
        let digits = range.reduce(0) { $0 + (isDigit($1) ? 1 : 0) }
        guard digits > 0, range.count >= 4, range.count <= 40 else { return nil }
        let isPlain = digits == range.count
        var (end, words) = (start, 0)
        while words < 3 {
            while end > 0, start - end < 60, isSpace(end - 1) || [0x23, 0x3A, 0x2E, 0x28, 0x2D].contains(at(end - 1)) {
                end -= 1
            }
            var first = end
            while isLetter(first - 1) || at(first - 1) == 0x2F && isLetter(first), end - first < 20 { first -= 1 }
            let word = (first..<end).compactMap { isLetter($0) ? UInt8(truncatingIfNeeded: at($0)) : nil }
            guard !word.isEmpty else { return nil }
            if Self.nouns.contains(word) { return !isPlain || digits >= 5 ? range : nil }
            if Self.accounts.contains(word) { return digits >= 8 ? range : nil }
            guard Self.between.contains(word) else { return nil }
            words += 1
            end = first
        }
        return nil
    }

    /// To the end of what is written in one go: letters, digits and the marks within numbers of documents.
    private func written(_ start: Int) -> Range<Int> {
        var end = start
        while isWord(end) && !isEscaped(end) || [0x2F, 0x2D, 0x5F, 0x28, 0x29, 0x2E, 0x26].contains(at(end)),
            end - start < 80
        {
            end += 1
        }
        while end > start, !isWord(end - 1), at(end - 1) != 0x29 || !(start..<end).contains(where: { at($0) == 0x28 }) {
            end -= 1
        }
        return start..<end
    }
}
