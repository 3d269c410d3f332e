extension Pager {
    /// Longer lines are data rather than words; they are cut by columns, which needs no look at each character.
    private static let mostWrappedColumns = 8_000

    /// By how much the further rows of a line stand in, never more than half of the window.
    func indent(_ line: Int, columns: Int) -> Int {
        indents.indices.contains(line) ? min(indents[line], columns / 2) : 0
    }

    /// The column of the line at which each of its screen rows starts: after a blank where one is near, else anywhere.
    func rowStarts(_ line: Int, columns: Int) -> [Int] {
        let total = lines[line].width
        guard total > columns else { return [0] }
        let indent = indent(line, columns: columns)
        guard total <= Self.mostWrappedColumns else {
            return [0] + Array(stride(from: columns, to: total, by: columns - indent))
        }
        var starts = [0]
        // A break among the words before the text itself would leave its first row empty.
        var afterBlank = 0
        var column = 0
        for character in lines[line].text {
            let width = Text.width(of: character)
            let start = starts[starts.count - 1]
            let room = starts.count == 1 ? columns : columns - indent
            if column + width - start > room, character != " " {
                let least = starts.count == 1 ? max(indents.indices.contains(line) ? indents[line] : 0, 1) : start
                starts.append(afterBlank > least ? afterBlank : max(column, start))
            }
            column += width
            if character == " " { afterBlank = column }
        }
        return starts
    }
}
