/// Looks through the headers of a TOML text before the library reads it: at a header that names no table, such as
/// `[[[a]`, the library ends the process instead of refusing (toml++ 3.4, an assertion in `parse_key`).
public enum TomlHeaders {
    /// The line, from 1, of the first header whose name does not begin with a letter, digit, `-`, `_` or quote; nil when
    /// there is none.
    public static func nameless(in text: String) -> Int? {
        var scan = Scan(bytes: Array(text.utf8))
        return scan.nameless()
    }

    /// Headers stand where a line begins outside of every text, list and inline table.
    private struct Scan {
        let bytes: [UInt8]
        var index = 0
        var line = 1
        /// Lists and inline tables that are open.
        var depth = 0
        var beginsLine = true

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func nameless() -> Int? {
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case 10:
                    line += 1
                    index += 1
                    beginsLine = true
                    continue
                case 9, 13, 32:
                    index += 1
                    continue
                case UInt8(ascii: "#"):
                    while index < bytes.count, bytes[index] != 10 { index += 1 }
                    continue
                case UInt8(ascii: "\""), UInt8(ascii: "'"): skipText(byte)
                case UInt8(ascii: "[") where beginsLine && depth == 0:
                    guard namesTable() else { return line }
                case UInt8(ascii: "["), UInt8(ascii: "{"): enter(1)
                case UInt8(ascii: "]"), UInt8(ascii: "}"): enter(-1)
                default: index += 1
                }
                beginsLine = false
            }
            return nil
        }

        private mutating func enter(_ step: Int) {
            depth = max(0, depth + step)
            index += 1
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
                    return
                } else {
                    index += 1
                }
            }
        }
    }
}
