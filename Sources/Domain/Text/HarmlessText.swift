/// Text from a portal, a file or an error, made safe to show: control characters, C1, bidi controls and line
/// separators can inject escape sequences or reverse what stands beside them, and what has no width hides in names.
public enum HarmlessText {
    /// One line: every run of line breaks and tabs becomes one blank, other dangerous characters become `\u{..}`.
    public static func line(_ text: some StringProtocol, limit: Int = 500) -> String {
        clean(text, limit: limit, keepsLines: false)
    }

    /// Several lines: `\n` stays, `\r\n` and `\r` become `\n`, tabs become four blanks.
    public static func block(_ text: some StringProtocol, limit: Int = 65_536) -> String {
        clean(text, limit: limit, keepsLines: true)
    }

    /// Whether a scalar may reach a terminal or a file that people open.
    public static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false
        case 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: false
        case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: false
        // Without width: two names that look the same are not.
        case 0x180E, 0x200B, 0x2060...0x2065, 0x206A...0x206F: false
        default: true
        }
    }

    /// The first scalar that may not reach a terminal, or is there only to be unseen.
    public static func strange(in text: some StringProtocol) -> Unicode.Scalar? {
        let joins = usesJoiners(text)
        return text.unicodeScalars.first { !isHarmless($0) || isJoiner($0) && !joins }
    }

    /// What Indian scripts and emoji join their signs with, or keep them apart.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{200C}" || scalar == "\u{200D}" }

    /// In letters of ASCII alone nothing is to be joined.
    private static func usesJoiners(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { $0.value > 0x7F && !isJoiner($0) && isHarmless($0) }
    }

    /// `limit` counts scalars; a longer text ends in `…`.
    private static func clean(_ text: some StringProtocol, limit: Int, keepsLines: Bool) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        var previousWasReturn = false
        var lastWasBlank = false
        // Looked at only when one comes, for most texts have none.
        var joins: Bool?
        func mayStand(_ scalar: Unicode.Scalar) -> Bool {
            guard isJoiner(scalar) else { return isHarmless(scalar) }
            let answer = joins ?? usesJoiners(text)
            joins = answer
            return answer
        }
        for scalar in text.unicodeScalars {
            if count >= limit {
                result.append("…")
                break
            }
            let isFeedAfterReturn = scalar == "\n" && previousWasReturn
            previousWasReturn = scalar == "\r"
            if isFeedAfterReturn { continue }
            switch scalar {
            case "\n" where keepsLines, "\r" where keepsLines:
                result.append("\n")
            case "\t" where keepsLines:
                result.append(contentsOf: "    ".unicodeScalars)
            case "\n", "\r", "\t":
                if !lastWasBlank { result.append(" ") }
            case _ where mayStand(scalar):
                result.append(scalar)
            default:
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            }
            lastWasBlank = result.last == " "
            count += 1
        }
        return String(result)
    }
}
