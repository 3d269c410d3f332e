/// What in a TOML text would make the library end the process instead of refusing (assertions of toml++ 3.4): looked for
/// before it reads the text. None of it is valid, but for dates and fractions, which no file of ours has.
public struct TomlTrap: Sendable, Hashable {
    /// From 1.
    public var line: Int
    /// What is wrong there, in words that follow on the file's name.
    public var problem: String
    /// Where a value stands that is of no kind that files of ours have, in bytes; nil for what cannot be read past.
    public var value: Range<Int>?

    /// The first one in a text; nil when there is none, whatever else is wrong with it.
    public init?(in text: String) {
        var scan = Scan(bytes: Array(text.utf8))
        guard let problem = scan.problem() else { return nil }
        (line, self.problem, value) = (scan.line, problem, scan.value)
    }

    /// Headers stand where a line begins outside of every text, list and inline table.
    private struct Scan {
        /// Of a header whose name does not begin with a letter, digit, `-`, `_` or quote, such as `[[[a]`.
        private static let nameless = "is no valid TOML: a section without a name"
        /// Of `[}`, where a value is looked for.
        private static let crossed = "is no valid TOML: a } where a list is open"
        /// Of `2026-11-09 3` and the like: the library loses its way in broken dates and numbers.
        private static let odd =
            "holds a value that is neither in quotes nor a whole number, true or false; dates stand in quotes here"

        let bytes: [UInt8]
        var index = 0
        var line = 1
        /// The brackets of lists and inline tables that are open.
        var open: [UInt8] = []
        var beginsLine = true
        /// Whether a value comes next: behind a `=`, and in a list.
        var expectsValue = false
        /// Of the value that is refused.
        var value: Range<Int>?

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func problem() -> String? {
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case 10:
                    line += 1
                    index += 1
                    beginsLine = true
                    if open.isEmpty { expectsValue = false }
                    continue
                case 9, 13, 32:
                    index += 1
                    continue
                case UInt8(ascii: "#"):
                    while index < bytes.count, bytes[index] != 10 { index += 1 }
                    continue
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    skipText(byte)
                    expectsValue = false
                case UInt8(ascii: "[") where beginsLine && open.isEmpty:
                    guard namesTable() else { return Self.nameless }
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    open.append(byte)
                    index += 1
                    expectsValue = byte == UInt8(ascii: "[")
                case UInt8(ascii: "}") where open.last == UInt8(ascii: "["): return Self.crossed
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    _ = open.popLast()
                    index += 1
                    expectsValue = false
                case UInt8(ascii: "="), UInt8(ascii: ","):
                    index += 1
                    expectsValue = byte == UInt8(ascii: "=") || open.last == UInt8(ascii: "[")
                default:
                    let word = word()
                    guard !expectsValue || Self.isPlain(word) else {
                        value = word.startIndex..<endOfValue()
                        return Self.odd
                    }
                    expectsValue = false
                }
                beginsLine = false
            }
            return nil
        }

        private static let ends = Set(" \t\r\n,[]{}=#\"'".utf8)

        /// Moves behind a key or a value without quotes.
        private mutating func word() -> ArraySlice<UInt8> {
            let start = index
            while index < bytes.count, !Self.ends.contains(bytes[index]) { index += 1 }
            return bytes[start..<index]
        }

        /// Where what follows on a value of one line ends: dates may hold a blank.
        private func endOfValue() -> Int {
            let marks = Set((open.isEmpty ? "#\r\n" : "#\r\n,]}").utf8)
            return bytes[index...].firstIndex { marks.contains($0) } ?? bytes.endIndex
        }

        private static func isPlain(_ word: ArraySlice<UInt8>) -> Bool {
            if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) { return true }
            let digits = word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+") ? word.dropFirst() : word
            return !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: "_") }
        }

        /// Moves to the name of a header.
        private mutating func namesTable() -> Bool {
            index += 1
            skipBlanks()
            if index < bytes.count, bytes[index] == UInt8(ascii: "[") {
                index += 1
                skipBlanks()
            }
            defer { while index < bytes.count, bytes[index] != 10 { index += 1 } }
            guard index < bytes.count else { return true }
            switch bytes[index] {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "\""),
                UInt8(ascii: "'"):
                return true
            // The library refuses an empty name by itself.
            case UInt8(ascii: "]"): return true
            default: return false
            }
        }

        private mutating func skipBlanks() {
            while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
        }

        /// A text of one line ends with its line at the latest; one in three quotes may go over many.
        private mutating func skipText(_ quote: UInt8) {
            let isLong = bytes[index...].prefix(3).elementsEqual([quote, quote, quote])
            index += isLong ? 3 : 1
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 10, !isLong { return }
                if byte == 10 { line += 1 }
                if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), index + 1 < bytes.count,
                    bytes[index + 1] != 10
                {
                    index += 2
                } else if byte == quote, !isLong || bytes[index...].prefix(3).elementsEqual([quote, quote, quote]) {
                    index += isLong ? 3 : 1
                    // Two more may stand before the three that end it.
                    while isLong, index < bytes.count, bytes[index] == quote { index += 1 }
                    return
                } else {
                    index += 1
                }
            }
        }
    }
}
