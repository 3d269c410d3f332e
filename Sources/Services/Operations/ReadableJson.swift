/// JSON spread over lines for people. Only white space between values is changed: every value stays as it came, to the
/// digit, so that what is shown is what was hashed.
public enum ReadableJson {
    /// Deeper than that nobody reads it better for the indent.
    private static let deepest = 40

    /// - Parameter bytes: JSON; anything else is split at its own line ends and no more.
    /// - Returns: lines with what a terminal would obey left in them.
    public static func lines(_ bytes: [UInt8]) -> [String] {
        let spread = isJson(bytes) ? spread(bytes) : bytes
        return spread.split(separator: 10, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isJson(_ bytes: [UInt8]) -> Bool {
        let first = bytes.first { !isBlank($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    private static func spread(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        var depth = 0
        var (isInside, isEscaped) = (false, false)
        func newLine() {
            out.append(10)
            out += [UInt8](repeating: 32, count: 2 * min(max(depth, 0), deepest))
        }
        for (index, byte) in bytes.enumerated() {
            if isInside {
                out.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInside = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInside = true
                out.append(byte)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                out.append(byte)
                depth += 1
                if !isEmpty(bytes, after: index) { newLine() }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if let last = out.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { newLine() }
                out.append(byte)
            case UInt8(ascii: ","):
                out.append(byte)
                newLine()
            case UInt8(ascii: ":"): out += [byte, 32]
            case _ where isBlank(byte): break
            default: out.append(byte)
            }
        }
        return out
    }

    private static func isEmpty(_ bytes: [UInt8], after index: Int) -> Bool {
        guard let next = bytes[(index + 1)...].first(where: { !isBlank($0) }) else { return true }
        return next == UInt8(ascii: "}") || next == UInt8(ascii: "]")
    }
}
