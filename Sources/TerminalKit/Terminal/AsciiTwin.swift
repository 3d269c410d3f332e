/// What stands in for a glyph where the terminal's locale has only ASCII: as many columns, as near a shape as there is.
enum AsciiTwin {
    static func of(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x7F { return scalar }
        return twins[scalar] ?? group(scalar)
    }

    private static let twins: [UInt32: UInt32] = {
        let pairs: [(Unicode.Scalar, Unicode.Scalar)] = [
            ("│", "|"), ("─", "-"), ("✓", "+"), ("✗", "x"), ("●", "*"), ("○", "o"), ("◌", "o"), ("◉", "@"), ("▲", "^"),
            ("▼", "v"), ("▸", ">"), ("▏", "|"), ("•", "*"), ("·", "."), ("…", "~"), ("‹", "<"), ("›", ">"), ("–", "-"),
            ("—", "-"), ("⟳", "@"), ("↻", "@"), ("⚙", "*"), ("⊟", "="), ("₹", "R"), ("§", "S"), ("↑", "^"), ("↓", "v"),
            ("←", "<"), ("→", ">"), ("⏎", "<"), ("×", "x"), ("░", "."), ("▒", ":"), ("▓", "%"), ("“", "\""),
            ("”", "\""), ("‘", "'"), ("’", "'"), ("\u{A0}", " "), ("≥", ">"), ("≤", "<"), ("✎", "e"), ("⚑", "!"),
            ("⋮", ":"),
        ]
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0.0.value, $0.1.value) })
    }()

    private static func group(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        // Corners and crossings of frames.
        case 0x2500...0x257F: 0x2B
        // Blocks of bars.
        case 0x2580...0x259F: 0x23
        // Braille, which only the spinner uses.
        case 0x2800...0x28FF: 0x2A
        default: 0x3F
        }
    }
}
