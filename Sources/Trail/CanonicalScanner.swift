import Foundation

/// One strict pass over bytes that should be canonical JSON (performance 8: own scanner, never parse and write again).
struct CanonicalScanner {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0
    /// Members of the outermost object.
    private(set) var members = RecordMembers()

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func whole() -> CanonicalProblem? {
        if let problem = value(depth: 0) { return problem }
        return at == bytes.count ? nil : .surplus(at: at)
    }

    private mutating func value(depth: Int) -> CanonicalProblem? {
        guard depth < CanonicalJson.deepest else { return .tooDeep(at: at) }
        guard at < bytes.count else { return .cutShort }
        switch bytes[at] {
        case UInt8(ascii: "\""): return text(isName: false)
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return list(depth)
        case UInt8(ascii: "-"), 48...57: return number()
        case 9, 10, 13, 32: return .whiteSpace(at: at)
        default: return .unexpected(at: at)
        }
    }

    private mutating func object(_ depth: Int) -> CanonicalProblem? {
        at += 1
        if take(UInt8(ascii: "}")) { return nil }
        var before: Range<Int>?
        while true {
            guard at < bytes.count else { return .cutShort }
            guard bytes[at] == UInt8(ascii: "\"") else { return isSpace ? .whiteSpace(at: at) : .unexpected(at: at) }
            let start = at + 1
            if let problem = text(isName: true) { return problem }
            let name = start..<at - 1
            if let before, !precedes(before, name) { return .order(at: start) }
            before = name
            guard take(UInt8(ascii: ":")) else { return missing }
            let begin = at
            if let problem = value(depth: depth + 1) { return problem }
            if depth == 0 { members.note(bytes, name: name, value: begin..<at) }
            if take(UInt8(ascii: "}")) { return nil }
            guard take(UInt8(ascii: ",")) else { return missing }
        }
    }

    private mutating func list(_ depth: Int) -> CanonicalProblem? {
        at += 1
        if take(UInt8(ascii: "]")) { return nil }
        while true {
            if let problem = value(depth: depth + 1) { return problem }
            if take(UInt8(ascii: "]")) { return nil }
            guard take(UInt8(ascii: ",")) else { return missing }
        }
    }

    /// Names are ASCII without escapes, where the order of UTF-16 units is the order of bytes.
    private func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        let common = min(left.count, right.count)
        let order = memcmp(start + left.lowerBound, start + right.lowerBound, common)
        return order == 0 ? left.count < right.count : order < 0
    }

    private mutating func text(isName: Bool) -> CanonicalProblem? {
        at += 1
        while at < bytes.count {
            skipPlain()
            guard at < bytes.count else { return .cutShort }
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return nil
            case UInt8(ascii: "\\"):
                if isName { return .name(at: at) }
                if let problem = escape() { return problem }
            case 0..<32: return .escape(at: at)
            case 32..<127: at += 1
            case 127:
                if isName { return .name(at: at) }
                at += 1
            default:
                if isName { return .name(at: at) }
                guard let length = sequence() else { return .badText(at: at) }
                at += length
            }
        }
        return .cutShort
    }

    /// Passes eight bytes at a time as long as none of them is a quote, a backslash, a control character or beyond ASCII.
    private mutating func skipPlain() {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let delete = word ^ (ones &* 0x7F)
            let found =
                (word | (quote &- ones) & ~quote | (slash &- ones) & ~slash | (delete &- ones) & ~delete
                    | (word &- ones &* 0x20) & ~word) & highs
            // What carries over lies above the first that is found.
            if found != 0 {
                at += UInt64(littleEndian: found).trailingZeroBitCount / 8
                return
            }
            at += 8
        }
    }

    private mutating func escape() -> CanonicalProblem? {
        guard at + 1 < bytes.count else { return .cutShort }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"),
            UInt8(ascii: "f"), UInt8(ascii: "r"):
            at += 2
            return nil
        case UInt8(ascii: "u"):
            guard at + 5 < bytes.count else { return .cutShort }
            guard bytes[at + 2] == 48, bytes[at + 3] == 48, let high = hex(bytes[at + 4]), high < 2,
                let low = hex(bytes[at + 5])
            else { return .escape(at: at) }
            // Those have shorter forms.
            let code = high << 4 | low
            if code == 8 || code == 9 || code == 10 || code == 12 || code == 13 { return .escape(at: at) }
            at += 6
            return nil
        default: return .escape(at: at)
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
    private func sequence() -> Int? {
        let first = bytes[at]
        func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            at + offset < bytes.count && range.contains(bytes[at + offset])
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

    private mutating func number() -> CanonicalProblem? {
        let start = at
        let isNegative = take(UInt8(ascii: "-"))
        let digits = at
        var value: Int64 = 0
        while at < bytes.count, (48...57).contains(bytes[at]) {
            guard at - digits < 16 else { return .number(at: start) }
            value = value * 10 + Int64(bytes[at] - 48)
            at += 1
        }
        guard at > digits, value <= CanonicalJson.largest else { return .number(at: start) }
        if bytes[digits] == 48, at - digits > 1 || isNegative { return .number(at: start) }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") || bytes[at] | 32 == UInt8(ascii: "e") {
            return .number(at: start)
        }
        return nil
    }

    private var isSpace: Bool { at < bytes.count && [9, 10, 13, 32].contains(bytes[at]) }

    private var missing: CanonicalProblem {
        if at >= bytes.count { return .cutShort }
        return isSpace ? .whiteSpace(at: at) : .unexpected(at: at)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }
}
