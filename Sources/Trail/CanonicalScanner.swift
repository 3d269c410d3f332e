import Foundation

/// One strict pass over bytes that should be canonical JSON (performance 8: own scanner, never parse and write again).
///
/// Positions go through the parts as values, and a part that finds something wrong answers `nowhere`: a million records
/// are read this way, and what is returned on the way costs as much as reading.
struct CanonicalScanner {
    private static let nowhere = -1

    private let start: UnsafePointer<UInt8>
    private let count: Int
    /// Neither escapes nor control characters nor anything beyond ASCII: a text ends at the next quote.
    private let isPlain: Bool
    private var problem: CanonicalProblem?
    /// Members of the outermost object.
    private(set) var members = RecordMembers()

    private init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        self.start = start
        self.count = count
        isPlain = Self.isPlain(start, count)
        members.isPlain = isPlain
    }

    /// Scans all of the bytes.
    ///
    /// - Parameter members: those found until something was wrong.
    /// - Returns: what is wrong; nil when nothing is.
    static func scan(_ bytes: UnsafeRawBufferPointer, members: inout RecordMembers) -> CanonicalProblem? {
        // Positions of members are kept in 32 bits.
        guard bytes.count < UInt32.max else { return .surplus(at: Int(UInt32.max)) }
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return .cutShort }
        return start.withMemoryRebound(to: UInt8.self, capacity: bytes.count) { start in
            var scanner = CanonicalScanner(start, bytes.count)
            let end = scanner.value(0, depth: 0)
            if end != nowhere, end != bytes.count { scanner.problem = .surplus(at: end) }
            members = scanner.members
            return scanner.problem
        }
    }

    /// Eight bytes at a time, without a branch, so that the compiler takes more at once.
    private static func isPlain(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let whole = count / 8
        var found: UInt64 = 0
        for index in 0..<whole {
            let word = UnsafeRawPointer(start).loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
            let slash = word ^ (ones &* 0x5C)
            let delete = word ^ (ones &* 0x7F)
            found |= word | (slash &- ones) & ~slash | (delete &- ones) & ~delete | (word &- ones &* 0x20) & ~word
        }
        guard found & (ones &* 0x80) == 0 else { return false }
        return (whole * 8..<count).allSatisfy { start[$0] &- 32 < 95 && start[$0] != UInt8(ascii: "\\") }
    }

    private mutating func fail(_ problem: CanonicalProblem) -> Int {
        self.problem = problem
        return Self.nowhere
    }

    private mutating func value(_ at: Int, depth: Int) -> Int {
        guard depth < CanonicalJson.deepest else { return fail(.tooDeep(at: at)) }
        guard at < count else { return fail(.cutShort) }
        switch start[at] {
        case UInt8(ascii: "\""): return text(at + 1, isName: false)
        case UInt8(ascii: "{"): return object(at + 1, depth)
        case UInt8(ascii: "["): return list(at + 1, depth)
        case UInt8(ascii: "-"), 48...57: return number(at)
        case 9, 10, 13, 32: return fail(.whiteSpace(at: at))
        default: return fail(.unexpected(at: at))
        }
    }

    private mutating func object(_ begin: Int, _ depth: Int) -> Int {
        var at = begin
        if isNext(UInt8(ascii: "}"), at) { return at + 1 }
        var (before, beforeEnd) = (0, Self.nowhere)
        while true {
            guard at < count, start[at] == UInt8(ascii: "\"") else { return missing(at) }
            let name = at + 1
            at = text(name, isName: true)
            if at == Self.nowhere { return at }
            let nameEnd = at - 1
            if beforeEnd != Self.nowhere, !precedes(before, beforeEnd, name, nameEnd) { return fail(.order(at: name)) }
            (before, beforeEnd) = (name, nameEnd)
            guard isNext(UInt8(ascii: ":"), at) else { return missing(at) }
            let begin = at &+ 1
            // Most values are texts.
            let isText = isPlain && isNext(UInt8(ascii: "\""), begin) && depth + 1 < CanonicalJson.deepest
            at = isText ? plainText(begin &+ 1) : value(begin, depth: depth + 1)
            if at == Self.nowhere { return at }
            if depth == 0 { members.note(start, name: name..<nameEnd, value: begin..<at) }
            guard at < count else { return fail(.cutShort) }
            if start[at] == UInt8(ascii: "}") { return at + 1 }
            guard start[at] == UInt8(ascii: ",") else { return missing(at) }
            at += 1
        }
    }

    private mutating func list(_ begin: Int, _ depth: Int) -> Int {
        var at = begin
        if isNext(UInt8(ascii: "]"), at) { return at + 1 }
        while true {
            at = value(at, depth: depth + 1)
            if at == Self.nowhere { return at }
            if isNext(UInt8(ascii: "]"), at) { return at + 1 }
            guard isNext(UInt8(ascii: ","), at) else { return missing(at) }
            at += 1
        }
    }

    /// Names are ASCII without escapes, where the order of UTF-16 units is the order of bytes.
    private func precedes(_ left: Int, _ leftEnd: Int, _ right: Int, _ rightEnd: Int) -> Bool {
        let common = min(leftEnd - left, rightEnd - right)
        var index = 0
        // Names are short, and most differ in their first letters.
        while index < common, start[left + index] == start[right + index] { index += 1 }
        if index < common { return start[left + index] < start[right + index] }
        return leftEnd - left < rightEnd - right
    }

    /// - Parameter begin: behind the quote.
    private mutating func text(_ begin: Int, isName: Bool) -> Int {
        isPlain ? plainText(begin) : strictText(begin, isName: isName)
    }

    private mutating func plainText(_ begin: Int) -> Int {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var at = begin
        // Names and most values are short.
        let near = min(count - 8, begin + 16)
        while at <= near {
            let word = UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self) ^ (ones &* 0x22)
            let found = (word &- ones) & ~word & highs
            if found != 0 { return at + UInt64(littleEndian: found).trailingZeroBitCount / 8 + 1 }
            at += 8
        }
        guard at < count, let end = memchr(start + at, 0x22, count - at) else { return fail(.cutShort) }
        return UnsafeRawPointer(end) - UnsafeRawPointer(start) + 1
    }

    private mutating func strictText(_ begin: Int, isName: Bool) -> Int {
        var at = begin
        while true {
            at = behindPlain(at)
            guard at < count else { return fail(.cutShort) }
            let byte = start[at]
            switch byte {
            case UInt8(ascii: "\""): return at + 1
            case UInt8(ascii: "\\"):
                if isName { return fail(.name(at: at)) }
                at = escape(at)
                if at == Self.nowhere { return at }
            case 0..<32: return fail(.escape(at: at))
            case 32..<127: at += 1
            case 127:
                if isName { return fail(.name(at: at)) }
                at += 1
            default:
                if isName { return fail(.name(at: at)) }
                guard let length = sequence(at) else { return fail(.badText(at: at)) }
                at += length
            }
        }
    }

    /// Passes eight bytes at a time as long as none of them is a quote, a backslash, a control character or beyond ASCII.
    private func behindPlain(_ begin: Int) -> Int {
        var at = begin
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        while at <= count - 8 {
            let word = UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let delete = word ^ (ones &* 0x7F)
            let found =
                (word | (quote &- ones) & ~quote | (slash &- ones) & ~slash | (delete &- ones) & ~delete
                    | (word &- ones &* 0x20) & ~word) & highs
            // What carries over lies above the first that is found.
            if found != 0 { return at + UInt64(littleEndian: found).trailingZeroBitCount / 8 }
            at += 8
        }
        return at
    }

    private mutating func escape(_ at: Int) -> Int {
        guard at + 1 < count else { return fail(.cutShort) }
        switch start[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"),
            UInt8(ascii: "f"), UInt8(ascii: "r"):
            return at + 2
        case UInt8(ascii: "u"):
            guard at + 5 < count else { return fail(.cutShort) }
            guard start[at + 2] == 48, start[at + 3] == 48, let high = hex(start[at + 4]), high < 2,
                let low = hex(start[at + 5])
            else { return fail(.escape(at: at)) }
            // Those have shorter forms.
            let code = high << 4 | low
            if code == 8 || code == 9 || code == 10 || code == 12 || code == 13 { return fail(.escape(at: at)) }
            return at + 6
        default: return fail(.escape(at: at))
        }
    }

    private func hex(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
    }

    /// The length of the UTF-8 sequence that begins here; nil when it is none (RFC 3629: shortest form, no surrogates).
    private func sequence(_ at: Int) -> Int? {
        let first = start[at]
        func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            at + offset < count && range.contains(start[at + offset])
        }
        switch first {
        case 0xC2...0xDF: return follows(1) ? 2 : nil
        case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : nil
        case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : nil
        case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : nil
        case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : nil
        case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : nil
        case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : nil
        default: return nil
        }
    }

    private mutating func number(_ begin: Int) -> Int {
        var at = begin
        let isNegative = start[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let digits = at
        var value: Int64 = 0
        while at < count, start[at] &- 48 < 10 {
            guard at - digits < 16 else { return fail(.number(at: begin)) }
            value = value &* 10 &+ Int64(start[at] &- 48)
            at += 1
        }
        guard at > digits, value <= CanonicalJson.largest else { return fail(.number(at: begin)) }
        if start[digits] == 48, at - digits > 1 || isNegative { return fail(.number(at: begin)) }
        if at < count, start[at] == UInt8(ascii: ".") || start[at] | 32 == UInt8(ascii: "e") {
            return fail(.number(at: begin))
        }
        return at
    }

    private mutating func missing(_ at: Int) -> Int {
        guard at < count else { return fail(.cutShort) }
        let isSpace = [9, 10, 13, 32].contains(start[at])
        return fail(isSpace ? .whiteSpace(at: at) : .unexpected(at: at))
    }

    private func isNext(_ byte: UInt8, _ at: Int) -> Bool { at < count && start[at] == byte }
}
