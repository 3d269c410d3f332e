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
    var position: Int
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
