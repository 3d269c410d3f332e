/// Why a text is not the identifier it should be. Wording for people is in `message`.
public enum IdentifierProblem: Error, Equatable, Sendable {
    case length(expected: Int, found: Int)
    case shape(String)
    case unknownState(String)
    case checkCharacter(expected: Character, found: Character)
    case range(String)

    public var message: String {
        switch self {
        case .length(let expected, let found): "has \(found) characters where \(expected) are needed"
        case .shape(let shape): "is not \(shape)"
        case .unknownState(let code): "begins with \(code), which is no state code"
        case .checkCharacter(let expected, let found):
            "ends with check character \(found) where \(expected) is right: one of its characters is mistyped"
        case .range(let text): text
        }
    }
}

/// Shared shape matching of identifiers, over upper-case ASCII bytes.
enum IdentifierText {
    static func normalised(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        while let first = bytes.first, first == 32 || first == 9 { bytes.removeFirst() }
        while let last = bytes.last, last == 32 || last == 9 { bytes.removeLast() }
        return bytes.map { (97...122).contains($0) ? $0 - 32 : $0 }
    }

    /// Pattern letters: `#` digit, `@` letter, `%` entity number 1-9 A-Z, `&` GSTIN kind letter Z 1-9 A-J, `*` letter or digit.
    static func matches(_ characters: [UInt8], _ pattern: StaticString) -> Bool {
        pattern.withUTF8Buffer { pattern in
            pattern.count == characters.count && zip(pattern, characters).allSatisfy { fits($1, $0) }
        }
    }

    private static func fits(_ character: UInt8, _ rule: UInt8) -> Bool {
        let isDigit = (48...57).contains(character)
        let isLetter = (65...90).contains(character)
        switch rule {
        case UInt8(ascii: "#"): return isDigit
        case UInt8(ascii: "@"): return isLetter
        case UInt8(ascii: "%"): return isLetter || (isDigit && character != 48)
        case UInt8(ascii: "&"): return character == 90 || (49...57).contains(character) || (65...74).contains(character)
        default: return isDigit || isLetter
        }
    }
}
