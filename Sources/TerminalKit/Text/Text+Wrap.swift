extension Text {
    /// `text` in lines of at most `columns`: broken at blanks where one is near, else between graphemes. Line breaks
    /// in `text` are kept. At least one line.
    public static func wrap(_ text: String, to columns: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrapLine($0, to: columns) }
    }

    private static func wrapLine(_ text: Substring, to columns: Int) -> [String] {
        guard columns > 0 else { return [""] }
        var lines: [String] = []
        var rest = text
        while let range = firstLine(of: rest, columns: columns) {
            lines.append(String(rest[..<range.end]))
            rest = rest[range.next...]
            if rest.isEmpty { return lines }
        }
        lines.append(String(rest))
        return lines
    }

    /// Where the first line of `text` ends and where the next one starts; nil when all of it fits.
    static func firstLine(
        of text: Substring, columns: Int
    ) -> (end: String.Index, next: String.Index)? {
        var used = 0
        var blank: String.Index?
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            let next = text.index(after: index)
            used += width(of: character)
            if used > columns {
                if character == " " { return (index, next) }
                if let blank, blank > text.startIndex { return (blank, text.index(after: blank)) }
                // One grapheme wider than the line still has to go somewhere.
                return index == text.startIndex ? (next, next) : (index, index)
            }
            if character == " " { blank = index }
            index = next
        }
        return nil
    }
}

extension Text {
    /// As `wrap(_:to:)`, at most `lines` lines; the last one ends in `…` when more would follow.
    public static func wrap(_ text: String, to columns: Int, lines: Int) -> [String] {
        guard lines > 0, columns > 0 else { return [] }
        var result: [String] = []
        var rest = Substring(text)
        while result.count < lines - 1, !rest.isEmpty {
            let feed = rest.firstIndex(of: "\n") ?? rest.endIndex
            if let range = firstLine(of: rest[..<feed], columns: columns) {
                result.append(String(rest[..<range.end]))
                rest = rest[range.next...]
            } else {
                result.append(String(rest[..<feed]))
                rest = feed == rest.endIndex ? "" : rest[rest.index(after: feed)...]
            }
        }
        if !rest.isEmpty || result.isEmpty { result.append(clip(String(rest), to: columns)) }
        return result
    }
}
