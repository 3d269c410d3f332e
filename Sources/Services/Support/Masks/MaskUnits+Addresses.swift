import Foundation

// Addresses of people and machines.
extension MaskUnits {
    func mailAddress(_ start: Int) -> Range<Int>? {
        guard isWord(start), !isLocal(start - 1) || isEscaped(start - 1) else { return nil }
        var index = start
        while isLocal(index), index - start < 128 { index += 1 }
        guard let sign = signOfMail(index), isWord(sign) else { return nil }
        var end = sign
        while true {
            if isWord(end) || at(end) == 0x2E || at(end) == 0x2D {
                end += 1
            } else if let dot = written(["dot"], end), isWord(dot) {
                end = dot
            } else {
                break
            }
        }
        while !isWord(end - 1) { end -= 1 }
        // `Name@123` is how passwords look.
        return (sign..<end).contains(where: { isWord($0) && !isDigit($0) }) ? start..<end : nil
    }

    /// Behind `@`, or behind what people write in its place: `(at)`.
    private func signOfMail(_ index: Int) -> Int? { at(index) == 0x40 ? index + 1 : written(["at"], index) }

    /// A word in brackets, with blanks around it or without.
    private func written(_ words: [String], _ start: Int) -> Int? {
        var index = start
        if isSpace(index) { index += 1 }
        guard at(index) == 0x28 || at(index) == 0x5B || at(index) == 0x7B else { return nil }
        index += 1
        for word in words where stands(word, at: index) {
            index += word.utf8.count
            guard [0x29, 0x5D, 0x7D].contains(at(index)) else { return nil }
            return isSpace(index + 1) ? index + 2 : index + 1
        }
        return nil
    }

    private func isLocal(_ index: Int) -> Bool {
        guard index >= 0, index < count else { return false }
        if isWord(index) { return true }
        return [0x2E, 0x5F, 0x2D, 0x2B, 0x25, 0x2A].contains(folded[index])
    }

    /// The name of a folder of a person: `/home/NAME`, `C:\Users\NAME`.
    func homeFolder(_ slash: Int) -> Range<Int>? {
        guard at(slash) == 0x2F || at(slash) == 0x5C else { return nil }
        let isHome = standsBefore("home", slash) || standsBefore("users", slash)
        guard isHome else { return nil }
        var end = slash + 1
        while isWord(end) || [0x2E, 0x2D, 0x5F].contains(at(end)) { end += 1 }
        while end > slash + 1, !isWord(end - 1) { end -= 1 }
        return end > slash + 1 ? slash + 1..<end : nil
    }

    private func standsBefore(_ word: String, _ end: Int) -> Bool {
        let start = end - word.utf8.count
        guard start >= 1, at(start - 1) == 0x2F || at(start - 1) == 0x5C else { return false }
        return stands(word, at: start)
    }

    // MARK: Machines

    /// An IPv4, IPv6 or Ethernet address. What means "this machine" or "any" stays: it tells nobody anything.
    func machineAddress(_ start: Int) -> Range<Int>? {
        guard let range = dotted(start) ?? coloned(start) else { return nil }
        return isOwn(range) ? nil : range
    }

    /// Names of machines have hyphens in it: `ip-10-1-2-3`.
    private func dotted(_ start: Int) -> Range<Int>? {
        guard isDigit(start), !isDigit(start - 1), at(start - 1) != 0x2E else { return nil }
        let mark: UInt32 = at(start - 1) == 0x2D && stands("ip", at: start - 3) ? 0x2D : 0x2E
        var end = start
        for part in 0..<4 {
            if part > 0 {
                guard at(end) == mark else { return nil }
                end += 1
            }
            let first = end
            var value: UInt32 = 0
            while isDigit(end), end - first < 4 {
                value = value * 10 + at(end) - 48
                end += 1
            }
            guard (1...3).contains(end - first), value < 256 else { return nil }
        }
        return at(end) == 0x2E && isDigit(end + 1) ? nil : start..<end
    }

    private func coloned(_ start: Int) -> Range<Int>? {
        guard isHex(start) || at(start) == 0x3A, !isWord(start - 1) || isEscaped(start - 1), at(start - 1) != 0x3A
        else { return nil }
        var (end, marks) = (start, 0)
        while isHex(end) || [0x3A, 0x2E, 0x2D].contains(at(end)), end - start < 46 {
            if at(end) == 0x3A || at(end) == 0x2D { marks += 1 }
            end += 1
        }
        guard marks > 1, !isWord(end) else { return nil }
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
        range.count < 16 && ["127.0.0.1", "0.0.0.0", "::1", "255.255.255.255"].contains(said(range))
    }
}
