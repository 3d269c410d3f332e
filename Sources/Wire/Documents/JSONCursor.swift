/// Walks over JSON bytes a token at a time, without building values.
///
/// Documents are read so because every decoder at hand loses what must be kept: how many decimals a number was written
/// with, keys that stand twice, and more than the first of the mistakes.
struct JSONCursor {
    /// Bytes that are no JSON, and where.
    struct Malformed: Error {
        var offset: Int
        var why: String
    }

    let bytes: [UInt8]
    private(set) var position: Int
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The first byte of the next token, blanks passed over.
    mutating func peek() throws(Malformed) -> UInt8 {
        passBlanks()
        guard position < bytes.count else { throw malformed("the text ends too early") }
        return bytes[position]
    }

    /// Whether something stands behind the last value.
    mutating func isAtEnd() -> Bool {
        passBlanks()
        return position == bytes.count
    }

    private mutating func passBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    func malformed(_ why: String, at offset: Int? = nil) -> Malformed {
        Malformed(offset: offset ?? position, why: why)
    }

    /// Takes `{` or `[`.
    mutating func open() {
        position += 1
        depth += 1
    }

    /// Whether another member follows; takes the comma before it, or the closing bracket.
    mutating func next(_ close: Character, isFirst: Bool) throws(Malformed) -> Bool {
        if depth > JSONDepth.most { throw malformed("it is nested too deeply") }
        let byte = try peek()
        if byte == close.asciiValue {
            position += 1
            depth -= 1
            return false
        }
        if isFirst { return true }
        guard byte == UInt8(ascii: ",") else { throw malformed("a comma or \(close) is missing") }
        position += 1
        if try peek() == close.asciiValue { throw malformed("nothing follows the comma") }
        return true
    }

    /// The name of a member, and the colon behind it.
    mutating func key() throws(Malformed) -> ArraySlice<UInt8> {
        guard try peek() == UInt8(ascii: "\"") else { throw malformed("a name in quotation marks is missing") }
        let name = try content()
        guard try peek() == UInt8(ascii: ":") else { throw malformed("a colon is missing") }
        position += 1
        return name
    }

    /// A text that begins here.
    mutating func string() throws(Malformed) -> String {
        let start = position
        guard let text = String(validating: try content(), as: UTF8.self) else {
            throw malformed("a text is no UTF-8", at: start)
        }
        return text
    }

    /// The unescaped bytes of a text that begins here.
    private mutating func content() throws(Malformed) -> ArraySlice<UInt8> {
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

    /// The text of a number that begins here, held to JSON's grammar.
    mutating func number() throws(Malformed) -> ArraySlice<UInt8> {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let whole = digits()
        guard whole > 0 else { throw malformed("a number lacks its digits", at: start) }
        if whole > 1, bytes[position - whole] == 48 { throw malformed("a number begins with 0", at: start) }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw malformed("no digit follows the point of a number", at: start) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            guard digits() > 0 else { throw malformed("a number lacks its exponent", at: start) }
        }
        return bytes[start..<position]
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
        return position - start
    }

    /// Takes `true`, `false` or `null`.
    mutating func word() throws(Malformed) {
        for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return
        }
        throw malformed("a value is missing")
    }

    /// Passes over a value, whatever it is.
    mutating func skip() throws(Malformed) {
        switch try peek() {
        case UInt8(ascii: "{"):
            open()
            var isFirst = true
            while try next("}", isFirst: isFirst) {
                isFirst = false
                _ = try key()
                try skip()
            }
        case UInt8(ascii: "["):
            open()
            var isFirst = true
            while try next("]", isFirst: isFirst) {
                isFirst = false
                try skip()
            }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "-"), 48...57: _ = try number()
        default: try word()
        }
    }

    /// `line 3, column 14` of an offset, both from 1; a column is a byte.
    func place(_ offset: Int) -> String {
        let before = bytes.prefix(offset)
        let line = before.count(where: { $0 == 0x0A }) + 1
        let column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return "line \(line), column \(column)"
    }
}
