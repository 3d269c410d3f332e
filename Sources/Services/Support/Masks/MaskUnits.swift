/// A text, character by character, as whoever decodes it would read it: URL escapes, JSON's and entities of HTML are
/// resolved, what has no width is passed over. Each unit knows where it stands in the text.
struct MaskUnits: Sendable {
    /// As they are.
    private(set) var scalars: [UInt32] = []
    /// In lower case; letters and digits of full width as the plain ones.
    private(set) var folded: [UInt32] = []
    /// Of a quote: how deep it is quoted itself. Of a letter: 1 where a backslash stands before it, so that it is a letter
    /// or, as `\n`, none.
    private(set) var escapes: [UInt8] = []
    /// What each unit is, asked once: a log has millions.
    private var classes: [UnitClass] = []
    private var starts: [Int] = []
    let bytes: [UInt8]
    /// Within a command to a terminal, which shows nothing: 1 after ESC, 2 after what opens its numbers.
    private var command = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        scalars.reserveCapacity(bytes.count)
        folded.reserveCapacity(bytes.count)
        escapes.reserveCapacity(bytes.count)
        classes.reserveCapacity(bytes.count)
        starts.reserveCapacity(bytes.count + 1)
        readAll()
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

    mutating func append(_ value: UInt32, at place: Int, escape: UInt8 = 0) {
        // It belongs to what stands before it.
        if isCommand(value) || Self.isUnseen(value), !scalars.isEmpty { return }
        let plain = Self.folded(value)
        scalars.append(value)
        folded.append(plain)
        escapes.append(escape)
        classes.append(UnitClass(value, folded: plain))
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
        if (0x20..<0x7F).contains(value) { return false }
        switch value {
        case 0, 8, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
            return true
        default: return false
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
}

// What a unit is; a place outside of the text is nothing.
extension MaskUnits {
    static func isQuote(_ value: UInt32) -> Bool { value == 34 || value == 39 || value == 96 }
    static func isWord(_ value: UInt32) -> Bool { UnitClass(value, folded: value).contains(.word) }

    private func `is`(_ index: Int, _ kind: UnitClass) -> Bool {
        index >= 0 && index < classes.count && !classes[index].isDisjoint(with: kind)
    }

    func isDigit(_ index: Int) -> Bool { `is`(index, .digit) }
    func isLetter(_ index: Int) -> Bool { `is`(index, .letter) }
    func isUpper(_ index: Int) -> Bool { `is`(index, .upper) }
    func isAscii(_ index: Int) -> Bool { `is`(index, [.digit, .letter]) }
    /// Whether it is part of a word in any script.
    func isWord(_ index: Int) -> Bool { `is`(index, .word) }
    func isSpace(_ index: Int) -> Bool { `is`(index, .blank) }
    func isQuote(_ index: Int) -> Bool { `is`(index, .quote) }
    /// Whether a letter is what a backslash makes of it: `\n`, or a letter behind one.
    func isEscaped(_ index: Int) -> Bool { index >= 0 && index < count && escapes[index] == 1 && isWord(index) }

    /// Whether a word begins or ends before a unit, or changes there: letters and digits meet, or `mailAsha` has its capital.
    func isEdge(_ index: Int) -> Bool {
        guard isWord(index - 1), isWord(index), !isEscaped(index - 1), !isEscaped(index) else { return true }
        return isDigit(index - 1) != isDigit(index) || isUpper(index) && isLetter(index - 1) && !isUpper(index - 1)
    }

    /// Whether a line ends here, as it is or written as `\n`; so does the text.
    func isBreak(_ index: Int) -> Bool {
        guard index >= 0, index < count else { return true }
        if classes[index].contains(.lineEnd) { return true }
        return escapes[index] == 1 && (scalars[index] == 110 || scalars[index] == 114)
    }

    /// Whether it only keeps texts apart: a blank, the end of a line, the frame of a panel.
    func isFrame(_ index: Int) -> Bool {
        isSpace(index) || isBreak(index) || (0x2500...0x259F).contains(at(index))
    }

    func at(_ index: Int) -> UInt32 { index >= 0 && index < count ? folded[index] : 0 }
}

/// What one unit is.
struct UnitClass: OptionSet, Sendable {
    let rawValue: UInt8

    static let digit = UnitClass(rawValue: 1)
    /// Of ASCII, or the same in full width.
    static let letter = UnitClass(rawValue: 2)
    static let upper = UnitClass(rawValue: 4)
    static let word = UnitClass(rawValue: 8)
    static let blank = UnitClass(rawValue: 16)
    static let quote = UnitClass(rawValue: 32)
    static let lineEnd = UnitClass(rawValue: 64)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ value: UInt32, folded: UInt32) {
        switch folded {
        case 48...57: self = [.digit, .word]
        case 97...122: self = value == folded ? [.letter, .word] : [.letter, .upper, .word]
        case 65...90: self = [.word]
        case 32, 9: self = [.blank]
        case 10, 13, 0x2028, 0x2029: self = [.lineEnd]
        case 34, 39, 96: self = [.quote]
        case 0..<0x80: self = []
        case 0xA0, 0x2000...0x200A, 0x3000: self = [.blank]
        default: self = Self.isWord(folded) ? [.word] : []
        }
    }

    private static func isWord(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        let facts = scalar.properties
        if facts.isAlphabetic || facts.numericType != nil { return true }
        switch facts.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }
}
