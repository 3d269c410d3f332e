// Texts between quotation marks.
extension JSONCursor {
    /// A text that begins here.
    mutating func string() throws(Malformed) -> String {
        let start = position
        guard let text = String(validating: try content(), as: UTF8.self) else {
            throw malformed("a text is no UTF-8", at: start)
        }
        return text
    }

    /// The unescaped bytes of a text that begins here.
    mutating func content() throws(Malformed) -> ArraySlice<UInt8> {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return bytes[start..<position - 1]
            case UInt8(ascii: "\\"):
                return try unescaped(from: start)[...]
            case 0..<0x20: throw malformed("a line end or control character stands inside a text")
            default: position += 1
            }
        }
        throw malformed("a text is not closed", at: start - 1)
    }

    private mutating func unescaped(from start: Int) throws(Malformed) -> [UInt8] {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw malformed("a line end or control character stands inside a text", at: position - 1)
            default: text.append(byte)
            }
        }
        throw malformed("a text is not closed", at: start - 1)
    }

    private mutating func escape(into text: inout [UInt8]) throws(Malformed) {
        guard position < bytes.count else { throw malformed("a text is not closed") }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            let start = position - 2
            var value = try hexadecimal()
            if (0xD800..<0xDC00).contains(value), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            {
                position += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw malformed("half a character", at: start) }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw malformed("half a character", at: start) }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw malformed("an escape that JSON does not know", at: position - 2)
        }
    }

    private mutating func hexadecimal() throws(Malformed) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
                bytes[position] < 0x80
            else { throw malformed("four hexadecimal digits are missing") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
