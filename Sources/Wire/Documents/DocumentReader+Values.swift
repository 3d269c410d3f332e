import Domain

// Texts and numbers: what can be understood is taken, and said where it is not what the portals want.
extension DocumentReader {
    mutating func text(_ first: UInt8, _ shape: TextShape) throws(Malformed) -> String? {
        switch first {
        case UInt8(ascii: "\""): return try cursor.string()
        case UInt8(ascii: "-"), 48...57:
            let text = String(decoding: try cursor.number(), as: UTF8.self)
            if !shape.mayBeNumber {
                find(.warning, "type.number", "is the number \(text) where text is wanted", "Put it in quotation marks")
            }
            return text
        default:
            try wrongType("text")
            return nil
        }
    }

    mutating func number(_ first: UInt8) throws(Malformed) -> ExactDecimal? {
        switch first {
        case UInt8(ascii: "-"), 48...57: return exact(try cursor.number())
        case UInt8(ascii: "\""): return quoted(try cursor.string(), isAllowed: false)
        default:
            try wrongType("a number")
            return nil
        }
    }

    mutating func integer(_ first: UInt8, _ shape: IntegerShape) throws(Malformed) -> Int? {
        let number: ExactDecimal?
        switch first {
        case UInt8(ascii: "-"), 48...57: number = exact(try cursor.number())
        case UInt8(ascii: "\""): number = quoted(try cursor.string(), isAllowed: shape.mayBeText)
        default:
            try wrongType("a whole number")
            return nil
        }
        guard let number else { return nil }
        guard let whole = number.whole else {
            find(.error, "type.fraction", "is \(number) where a whole number is wanted")
            return nil
        }
        return whole
    }

    private mutating func quoted(_ text: String, isAllowed: Bool) -> ExactDecimal? {
        let bytes = Array(text.trimmed.utf8)
        let found = exact(bytes[...], shown: HarmlessText.line(text, limit: 40))
        if found != nil, !isAllowed {
            find(.warning, "type.text", "is text where a number is wanted", "Leave out the quotation marks")
        }
        return found
    }

    private mutating func exact(_ bytes: ArraySlice<UInt8>, shown: String? = nil) -> ExactDecimal? {
        do throws(ExactDecimal.Problem) {
            return try ExactDecimal(utf8: bytes)
        } catch {
            let text = shown ?? String(decoding: bytes.prefix(40), as: UTF8.self)
            switch error {
            case .notANumber: find(.error, "type", "is \"\(text)\" where a number is wanted")
            case .exponent:
                find(.error, "number.exponent", "is \(text)", "Write the number without an exponent")
            case .tooManyDecimals:
                find(
                    .error, "number.decimals", "is \(text) with more than three decimals", "Round it to what is allowed"
                )
            case .tooLarge: find(.error, "number.size", "is \(text), more than any amount can be")
            }
            return nil
        }
    }
}
