/// Measuring, clipping and wrapping in terminal columns. What it measures is exactly what `Canvas.put` draws.
public enum Text {
    /// Columns that `text` takes on the screen. A line break counts as the blank it is drawn as.
    public static func width(_ text: some StringProtocol) -> Int {
        if let columns = asciiWidth(text) { return columns }
        return text.unicodeScalars.reduce(0) { $0 + Drawable($1).columns }
    }

    static func width(of character: Character) -> Int {
        character.unicodeScalars.reduce(0) { $0 + Drawable($1).columns }
    }

    /// The byte count when every byte is printable ASCII: the common case, without looking at scalars.
    static func asciiWidth(_ text: some StringProtocol) -> Int? {
        let count = text.utf8.withContiguousStorageIfAvailable { bytes -> Int in
            bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? bytes.count : -1
        }
        guard let count, count >= 0 else { return nil }
        return count
    }

    /// `text` cut to `columns`, on a grapheme boundary, ending in `…` when something was cut.
    public static func clip(_ text: String, to columns: Int) -> String {
        guard columns > 0 else { return "" }
        var used = 0
        var cut = text.startIndex
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            used += width(of: text[index])
            if used > columns { return String(text[..<cut]) + "…" }
            if used < columns { cut = next }
            index = next
        }
        return text
    }

    /// `text` cut to `columns` in its middle, its first third and its end kept: for numbers whose last digits tell them
    /// apart.
    public static func clipInside(_ text: String, to columns: Int) -> String {
        guard width(text) > columns, columns > 1 else { return clip(text, to: columns) }
        let head = clip(text, to: max(1, columns / 3))
        var tail = Substring()
        var room = columns - width(head)
        for character in text.reversed() {
            room -= width(of: character)
            if room < 0 { break }
            tail.insert(character, at: tail.startIndex)
        }
        return head + tail
    }

    /// `text` filled with blanks up to `columns`, or clipped to them.
    public static func pad(_ text: String, to columns: Int, alignment: Alignment = .left) -> String {
        let clipped = clip(text, to: columns)
        let missing = max(0, columns - width(clipped))
        switch alignment {
        case .left: return clipped + String(repeating: " ", count: missing)
        case .right: return String(repeating: " ", count: missing) + clipped
        case .centre:
            return String(repeating: " ", count: missing / 2) + clipped
                + String(repeating: " ", count: missing - missing / 2)
        }
    }
}

public enum Alignment: Hashable, Sendable {
    case left, right, centre
}
