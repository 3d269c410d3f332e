/// A text, character by character, as whoever decodes it would read it: URL escapes, JSON's and entities of HTML are
/// resolved, what has no width is passed over. Each unit knows where it stands in the text.
struct MaskUnits {
    /// As they are.
    private(set) var scalars: [UInt32] = []
    /// In lower case; letters and digits of full width as the plain ones.
    private(set) var folded: [UInt32] = []
    /// Of a quote: how deep it is quoted itself. Of a letter: 1 where a backslash stands before it, so that it is a letter
    /// or, as `\n`, none.
    private(set) var escapes: [UInt8] = []
    private var starts: [Int] = []
    private let bytes: [UInt8]
    /// Within a command to a terminal, which shows nothing: 1 after ESC, 2 after what opens its numbers.
    private var command = 0

    /// Depth of quotes written as entities, and as URL escapes.
    private static let entity: UInt8 = 200
    private static let percent: UInt8 = 201

    init(_ text: String) {
        bytes = Array(text.utf8)
        for list in [\MaskUnits.scalars, \MaskUnits.folded] { self[keyPath: list].reserveCapacity(bytes.count) }
        starts.reserveCapacity(bytes.count + 1)
        escapes.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "%"): place = readPercent(place)
            case UInt8(ascii: "\\"): place = readBackslashes(place)
            case UInt8(ascii: "&"): place = readEntity(place)
            default: place = readPlain(place)
            }
        }
        if !starts.isEmpty { starts[0] = 0 }
        starts.append(bytes.count)
    }

    var count: Int { scalars.count }

    /// The bytes of the text in which these units are written.
    func source(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[starts[range.lowerBound]..<starts[range.upperBound]] }

    /// What the units say.
    func said(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        for index in range { if let scalar = Unicode.Scalar(scalars[index]) { text.append(scalar) } }
        return String(text)
    }

    private mutating func append(_ value: UInt32, at place: Int, escape: UInt8 = 0) {
        // It belongs to what stands before it.
        if isCommand(value) || Self.isUnseen(value), !scalars.isEmpty { return }
        scalars.append(value)
        folded.append(Self.folded(value))
        escapes.append(escape)
        starts.append(place)
    }

    /// ECMA-48: ESC, `[`, numbers, and a letter that ends it.
    private mutating func isCommand(_ value: UInt32) -> Bool {
        if value == 0x1B || value == 0x9B {
            command = value == 0x1B ? 1 : 2
            return true
        }
        guard command > 0 else { return false }
        if command == 1 {
            command = value == 0x5B ? 2 : 0
            return command == 2
        }
        if !(0x20...0x3F).contains(value) { command = 0 }
        return (0x20...0x7E).contains(value)
    }

    private static func isUnseen(_ value: UInt32) -> Bool {
        switch value {
        case 0, 8, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
            true
        default: false
        }
    }

    static func folded(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return (65...90).contains(value) ? value + 32 : value }
        if (0xFF01...0xFF5E).contains(value) { return folded(value - 0xFEE0) }
        guard let scalar = Unicode.Scalar(value) else { return value }
        // Digits of other scripts are digits.
        if scalar.properties.numericType == .decimal, let number = scalar.properties.numericValue {
            return UInt32(number) + 48
        }
        return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
    }

    // MARK: Reading

    private mutating func readPlain(_ place: Int) -> Int {
        let first = bytes[place]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        let end = min(place + length, bytes.count)
        append(first < 0x80 ? UInt32(first) : Self.scalar(bytes[place..<end]), at: place)
        return end
    }

    private static func scalar(_ bytes: some Collection<UInt8>) -> UInt32 {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
    }

    /// `%41`, also where the percent sign is escaped itself, once or more.
    private func percentByte(_ place: Int) -> (byte: UInt8, end: Int)? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "%") else { return nil }
        var at = place + 1
        while hex(at, 2) == 0x25, hex(at + 2, 2) != nil { at += 2 }
        return hex(at, 2).map { (UInt8(truncatingIfNeeded: $0), at + 2) }
    }

    private mutating func readPercent(_ place: Int) -> Int {
        guard let (first, end) = percentByte(place) else { return readPlain(place) }
        guard first >= 0xC2, first < 0xF5 else {
            append(UInt32(first), at: place, escape: Self.isQuote(UInt32(first)) ? Self.percent : 0)
            return end
        }
        var parts = [first]
        var next = end
        while parts.count < (first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4), let (byte, end) = percentByte(next),
            byte & 0xC0 == 0x80
        {
            parts.append(byte)
            next = end
        }
        append(Self.scalar(parts), at: place)
        return next
    }

    private mutating func readBackslashes(_ place: Int) -> Int {
        var at = place
        while at < bytes.count, bytes[at] == UInt8(ascii: "\\") { at += 1 }
        let depth = UInt8(min(at - place, 100))
        guard at < bytes.count else { return plain(place, to: at) }
        let next = bytes[at]
        if Self.isQuote(UInt32(next)) {
            append(UInt32(next), at: place, escape: depth)
            return at + 1
        }
        if let (value, end) = unicode(at) {
            append(value, at: place)
            return end
        }
        if "ntrbfv0ae".utf8.contains(next) {
            append(UInt32(next), at: place, escape: 1)
            return at + 1
        }
        return plain(place, to: at)
    }

    private mutating func plain(_ place: Int, to end: Int) -> Int {
        append(UInt32(UInt8(ascii: "\\")), at: place)
        return end
    }

    /// What stands behind backslashes: `u0041`, a pair of such for what UTF-16 needs two for, `u{41}` or `x41`.
    private func unicode(_ at: Int) -> (UInt32, Int)? {
        if bytes[at] == UInt8(ascii: "x") { return hex(at + 1, 2).map { ($0, at + 3) } }
        guard bytes[at] == UInt8(ascii: "u") else { return nil }
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "{") {
            guard let end = bytes[(at + 2)...].prefix(8).firstIndex(of: UInt8(ascii: "}")) else { return nil }
            return hex(at + 2, end - at - 2).map { ($0, end + 1) }
        }
        guard let value = hex(at + 1, 4) else { return nil }
        guard (0xD800...0xDBFF).contains(value) else { return (value, at + 5) }
        var low = at + 5
        while low < bytes.count, bytes[low] == UInt8(ascii: "\\") { low += 1 }
        guard low < bytes.count, bytes[low] == UInt8(ascii: "u"), let second = hex(low + 1, 4),
            (0xDC00...0xDFFF).contains(second)
        else { return (0xFFFD, at + 5) }
        return (0x10000 + (value - 0xD800) << 10 + (second - 0xDC00), low + 5)
    }

    private static let named: [String: UInt32] = ["amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39, "nbsp": 32]

    private mutating func readEntity(_ place: Int) -> Int {
        guard let end = bytes[(place + 1)...].prefix(10).firstIndex(of: UInt8(ascii: ";")) else {
            return readPlain(place)
        }
        let name = bytes[(place + 1)..<end]
        var value = Self.named[String(decoding: name, as: UTF8.self).lowercased()]
        if name.first == UInt8(ascii: "#") {
            let digits = name.dropFirst()
            if let mark = digits.first, mark | 32 == UInt8(ascii: "x") {
                value = hex(digits.startIndex + 1, digits.count - 1)
            } else {
                value = UInt32(String(decoding: digits, as: UTF8.self))
            }
        }
        guard let value, value < 0x11_0000 else { return readPlain(place) }
        append(value, at: place, escape: Self.isQuote(value) ? Self.entity : 0)
        return end + 1
    }

    private func hex(_ place: Int, _ count: Int) -> UInt32? {
        guard count > 0, count <= 6, place + count <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[place..<(place + count)] {
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: return nil
            }
        }
        return value
    }
}

extension MaskUnits {
    static func isQuote(_ value: UInt32) -> Bool { value == 34 || value == 39 || value == 96 }

    func isDigit(_ index: Int) -> Bool { index >= 0 && index < count && (48...57).contains(folded[index]) }
    func isLetter(_ index: Int) -> Bool { index >= 0 && index < count && (97...122).contains(folded[index]) }
    func isUpper(_ index: Int) -> Bool { isLetter(index) && scalars[index] != folded[index] }
    func isAscii(_ index: Int) -> Bool { isDigit(index) || isLetter(index) }

    /// Whether it is part of a word in any script.
    func isWord(_ index: Int) -> Bool {
        guard index >= 0, index < count else { return false }
        return Self.isWord(folded[index])
    }

    static func isWord(_ value: UInt32) -> Bool {
        if value < 0x80 { return (48...57).contains(value) || (97...122).contains(value) || (65...90).contains(value) }
        guard let scalar = Unicode.Scalar(value) else { return false }
        let facts = scalar.properties
        if facts.isAlphabetic || facts.numericType != nil { return true }
        switch facts.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }

    func isSpace(_ index: Int) -> Bool {
        guard index >= 0, index < count else { return false }
        switch scalars[index] {
        case 32, 9, 0xA0, 0x2000...0x200A, 0x3000: return true
        default: return false
        }
    }

    /// Whether a line ends here, as it is or written as `\n`.
    func isBreak(_ index: Int) -> Bool {
        guard index >= 0, index < count else { return true }
        switch scalars[index] {
        case 10, 13, 0x2028, 0x2029: return true
        case 110, 114: return escapes[index] == 1
        default: return false
        }
    }

    /// Whether it only keeps texts apart: a blank, the end of a line, the frame of a panel.
    func isFrame(_ index: Int) -> Bool {
        isSpace(index) || isBreak(index) || (0x2500...0x259F).contains(at(index))
    }

    func isQuote(_ index: Int) -> Bool { index >= 0 && index < count && Self.isQuote(scalars[index]) }

    func at(_ index: Int) -> UInt32 { index >= 0 && index < count ? folded[index] : 0 }
}
