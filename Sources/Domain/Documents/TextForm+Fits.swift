extension TextForm {
    func fits(_ text: String) -> Bool {
        switch self {
        case .free: text.utf8.allSatisfy { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        case .digits: text.utf8.allSatisfy(Self.isDigit)
        case .letters: text.utf8.allSatisfy(Self.isLetter)
        case .lettersAndDigits: text.utf8.allSatisfy { Self.isDigit($0) || Self.isLetter($0) }
        case .date: DocumentDate.read(text) != nil
        case .gstin: Self.isGstin(text)
        case .gstinOrUnregistered: Self.isGstin(text) || text == Self.unregistered
        case .documentNumber:
            text.utf8.allSatisfy(Self.isReference)
                && text.utf8.first.map { Self.isLetter($0) || (49...57).contains($0) } == true
        case .reference: text.utf8.allSatisfy(Self.isReference)
        case .code: text.utf8.allSatisfy(Self.isDigit) && text.utf8.contains { $0 != 48 }
        case .mail: Self.isMail(text)
        case .among(let words): words.contains(text)
        case .amongInAnyCase(let words): words.contains { Self.isSame($0, text) }
        case .irn:
            text.utf8.count == 64 && text.utf8.allSatisfy { Self.isDigit($0) || (97...102).contains($0 | 0x20) }
        }
    }

    /// What stands in place of a GSTIN for somebody who has none.
    static let unregistered = "URP"

    /// For people: what it should be.
    var words: String {
        switch self {
        case .free: "text without quotation marks and backslashes"
        case .digits: "digits only"
        case .letters: "letters only"
        case .lettersAndDigits: "letters and digits only"
        case .date: "a day written dd/MM/yyyy"
        case .gstin: "a GSTIN: two digits and thirteen capital letters or digits"
        case .gstinOrUnregistered: "a GSTIN or URP"
        case .documentNumber: "letters, digits, / and -, not beginning with 0, / or -"
        case .reference: "letters, digits, / and -"
        case .code: "digits, not all zero"
        case .mail: "a mail address"
        case .among(let words), .amongInAnyCase(let words):
            words.count > 8 ? "one of the listed codes" : "one of \(words.joined(separator: ", "))"
        case .irn: "64 hexadecimal digits"
        }
    }

    /// ASCII letters in any case are the same.
    static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
    private static func isReference(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
    }

    private static func isGstin(_ text: String) -> Bool {
        text.utf8.count == 15 && text.utf8.prefix(2).allSatisfy(isDigit)
            && text.utf8.allSatisfy { isDigit($0) || (65...90).contains($0) }
    }

    private static func isMail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(UInt8(ascii: "."))
            && parts[1].first != UInt8(ascii: ".") && parts[1].last != UInt8(ascii: ".")
            && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
