import CTerminal

/// Columns of single scalars, as ncurses, tmux and the C library count them: per code point, not per grapheme.
public enum CharacterWidth {
    /// 0, 1 or 2 columns; nil for what must never be drawn (controls, line separators, unassigned).
    public static func of(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.value < 0x7F { return scalar.value >= 0x20 ? 1 : nil }
        let columns = Int(terminal_scalar_width(scalar.value))
        return columns < 0 ? nil : columns
    }

    /// Controls that reorder or hide text. They are zero columns wide, so only dropping them makes them harmless.
    static func isDirectional(_ value: UInt32) -> Bool {
        switch value {
        // The same as those that HarmlessText writes out: what stands unseen in a name is no name.
        case 0x180E, 0x200B, 0x2060...0x2065, 0x206A...0x206F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}

/// What becomes of one scalar on its way into a cell.
enum Drawable {
    /// Starts a cell of one or two columns.
    case base(UInt32, columns: Int)
    /// Joins the cell before it.
    case mark(UInt32)
    case dropped

    static let replacement: UInt32 = 0xFFFD

    /// Line breaks and tabs become a blank, other controls the replacement sign, directional controls nothing.
    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value >= 0x20, value < 0x7F {
            self = .base(value, columns: 1)
        } else if value == 9 || value == 10 || value == 13 || value == 0x2028 || value == 0x2029 || value == 0x85 {
            self = .base(0x20, columns: 1)
        } else if CharacterWidth.isDirectional(value) {
            self = .dropped
        } else if let columns = CharacterWidth.of(scalar) {
            self = columns == 0 ? .mark(value) : .base(value, columns: columns)
        } else {
            self = .base(Drawable.replacement, columns: 1)
        }
    }

    var columns: Int {
        if case .base(_, let columns) = self { columns } else { 0 }
    }
}
