// Secrets within sentences: "the OTP 575757 is wrong", "password is Kadamba#7391".
extension MaskUnits {
    private static let passwords = bytes(["password", "passwd", "pwd", "passcode", "passphrase", "pass"])
    private static let codes = bytes(["otp", "otps", "totp", "passcode", "pin", "evc"])
    private static let verbs = bytes([
        "is", "was", "to", "be", "of", "as", "for", "the", "a", "an", "and", "with", "user", "login",
    ])
    /// Before a number that is none: `job 471122 waits for an OTP`.
    private static let counted = bytes([
        "job", "jobs", "login", "account", "port", "page", "line", "row", "record", "error", "code", "process", "pid",
        "record", "version",
    ])
    /// Letters of a line on each side in which a word says what a number is.
    private static let reach = 60
    private static let signs: [UInt32] = Array("@#$!*^%&+~?".unicodeScalars.map(\.value))

    private static func bytes(_ texts: [String]) -> Set<[UInt8]> { Set(texts.map { Array($0.utf8) }) }

    /// A code or a password that begins at a unit, by what is said beside it, or because it looks like none but a password.
    func spoken(_ start: Int) -> Range<Int>? {
        guard !isRun(start - 1) || isEscaped(start - 1) else { return nil }
        var end = start
        var (digits, letters, uppers, marks, others) = (0, 0, 0, 0, 0)
        while isRun(end), end - start < 80 {
            if isDigit(end) {
                digits += 1
            } else if isWord(end) {
                letters += 1
                if isUpper(end) { uppers += 1 }
            } else if Self.signs.contains(at(end)) {
                marks += 1
            } else if at(end) != 0x2E, at(end) != 0x2C {
                others += 1
            }
            end += 1
        }
        while end > start, [0x2E, 0x2C, 0x3F].contains(at(end - 1)) { end -= 1 }
        let length = end - start
        guard length >= 4, length <= 64 else { return nil }
        if digits == length { return digits <= 8 && isCode(start..<end) ? start..<end : nil }
        if digits > 0, letters > 0, length >= 8, others == 0, hasSign(start..<end) { return start..<end }
        let isMixed = digits > 0 && letters > uppers || marks > 0 && letters + digits > 0
        return isMixed && others == 0 && follows(Self.passwords, start) ? start..<end : nil
    }

    /// What one would choose where a portal wants a sign in it: `Kadamba@7391`, not an address of mail.
    private func hasSign(_ range: Range<Int>) -> Bool {
        let inner = range.dropFirst()
        guard let sign = inner.first(where: { [0x40, 0x23, 0x24, 0x21, 0x2A, 0x5E].contains(at($0)) }) else {
            return false
        }
        if at(sign) == 0x40 { return (sign + 1..<range.upperBound).allSatisfy { !isWord($0) || isDigit($0) } }
        return range.contains(where: isUpper) || at(sign) != 0x23
    }

    /// Whether digits are a one-time code: six or more in a line that speaks of one, or any that follow its name.
    private func isCode(_ range: Range<Int>) -> Bool {
        let isApart =
            ![0x2D, 0x2F, 0x3A, 0x2E].contains(at(range.lowerBound - 1))
            && !([0x2D, 0x2F, 0x3A].contains(at(range.upperBound)) && isDigit(range.upperBound + 1))
        guard isApart else { return false }
        if follows(Self.codes, range.lowerBound) { return true }
        guard range.count >= 6, !follows(Self.counted, range.lowerBound, over: []) else { return false }
        var index = max(0, range.lowerBound - Self.reach)
        var first = range.lowerBound
        while first > index, !isBreak(first - 1) { first -= 1 }
        index = first
        while index < min(count, range.upperBound + Self.reach), !(index >= range.upperBound && isBreak(index)) {
            if isLetter(index), !isWord(index - 1) || isEscaped(index - 1) {
                let word = word(from: index)
                if Self.codes.contains(word) || word.elementsEqual("one".utf8) && stands("one-time", at: index) {
                    return true
                }
                index += max(1, word.count)
            } else {
                index += 1
            }
        }
        return false
    }

    /// Whether one of some words stands before a unit, with nothing between them but a few words that only join.
    ///
    /// - Parameter joins: nil for any words.
    private func follows(_ words: Set<[UInt8]>, _ start: Int, over joins: Set<[UInt8]>? = Self.verbs) -> Bool {
        var end = start
        for _ in 0..<6 {
            while end > 0, start - end < Self.reach,
                isSpace(end - 1) || [0x3A, 0x28, 0x22, 0x27, 0x3D].contains(at(end - 1))
            {
                end -= 1
            }
            guard end < start || end == 0 else { return false }
            var first = end
            while isLetter(first - 1), !isEscaped(first - 1), end - first < 20 { first -= 1 }
            let word = word(from: first)
            if words.contains(word) { return true }
            guard joins?.contains(word) ?? true else { return false }
            end = first
        }
        return false
    }

    private func word(from start: Int) -> [UInt8] {
        var (letters, index) = ([UInt8](), start)
        while isLetter(index), letters.count < 20 {
            letters.append(UInt8(truncatingIfNeeded: folded[index]))
            index += 1
        }
        return letters
    }

    /// What is quoted behind the word itself: `the password "Kadamba" was refused`; or what it is said to be, where that is no
    /// word that one says of a password.
    func saidOfPassword(_ start: Int) -> Range<Int>? {
        if isQuote(start) {
            guard isSpace(start - 1), follows(Self.passwords, start, over: Self.bytes(["is", "was"])) else {
                return nil
            }
            let range = quoted(start)
            return range.isEmpty ? nil : range
        }
        guard isWord(start), isSpace(start - 1), !isWord(start - 2) || isLetter(start - 2) else { return nil }
        guard follows(Self.bytes(["is", "was"]), start, over: []) else { return nil }
        var end = start
        while isRun(end) { end += 1 }
        while end > start, !isWord(end - 1) { end -= 1 }
        let isSaid = (start..<end).allSatisfy(isLetter) && Vocabulary.holds(word(from: start))
        return isSaid || !follows(Self.passwords, start, over: nil) ? nil : start..<end
    }

    /// What is written in one go.
    private func isRun(_ index: Int) -> Bool {
        guard index >= 0, index < count, !isSpace(index), !isBreak(index), !isQuote(index) else { return false }
        let value = scalars[index]
        return ![0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x3C, 0x3E, 0x3D, 0x3B, 0x3A, 0x2F, 0x5C].contains(value)
            && !(0x2500...0x259F).contains(value)
    }
}
