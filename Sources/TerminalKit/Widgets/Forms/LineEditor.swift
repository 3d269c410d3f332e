/// One line of editable text: cursor by grapheme, the usual keys of a shell, undo. Draws nothing by itself.
public struct LineEditor: Hashable, Sendable {
    public private(set) var text: String
    /// Graphemes before the cursor.
    public private(set) var cursor: Int
    private var undoStack: [Snapshot] = []
    private var isTyping = false

    private struct Snapshot: Hashable, Sendable {
        var text: String
        var cursor: Int
    }
    private static let mostUndos = 100

    /// The cursor stands at the end.
    public init(_ text: String = "") {
        self.text = LineEditor.oneLine(text)
        cursor = self.text.count
    }

    public var isEmpty: Bool { text.isEmpty }

    public static func == (left: LineEditor, right: LineEditor) -> Bool {
        left.text == right.text && left.cursor == right.cursor
    }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
        hasher.combine(cursor)
    }

    /// Applies a key; false when an editor has no use for it (Enter, Tab, Esc, up, down, function keys).
    public mutating func handle(_ key: Key) -> Bool {
        if let typed = key.typed {
            insert(String(typed), isTyping: true)
            return true
        }
        return move(key) || edit(key)
    }

    /// Whether an editor has a use for the key, whatever stands in it.
    public static func uses(_ key: Key) -> Bool {
        var probe = LineEditor()
        return probe.handle(key)
    }

    /// Inserts a paste as one edit: line breaks and tabs become blanks, other controls disappear.
    public mutating func paste(_ pasted: String) { insert(LineEditor.oneLine(pasted), isTyping: false) }

    public mutating func replace(with newText: String) {
        remember()
        text = LineEditor.oneLine(newText)
        cursor = text.count
    }

    private mutating func move(_ key: Key) -> Bool {
        let target: Int
        switch key {
        case .left, .control("b"): target = cursor - 1
        case .right, .control("f"): target = cursor + 1
        case .home, .control("a"): target = 0
        case .end, .control("e"): target = text.count
        case .alt("b"), Key(.left, .control), Key(.left, .alt): target = wordStart()
        case .alt("f"), Key(.right, .control), Key(.right, .alt): target = wordEnd()
        default: return false
        }
        cursor = min(max(0, target), text.count)
        isTyping = false
        return true
    }

    private mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .backspace: remove(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): remove(cursor..<min(text.count, cursor + 1))
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<text.count)
        case .control("w"), Key(.backspace, .alt): remove(wordStart()..<cursor)
        case .alt("d"): remove(cursor..<wordEnd())
        case .control("_"): undo()
        default: return false
        }
        return true
    }

    private mutating func insert(_ piece: String, isTyping typing: Bool) {
        guard !piece.isEmpty else { return }
        // A run of typed letters is undone together, as one thought.
        if !(typing && isTyping) { remember() }
        isTyping = typing
        let place = index(cursor)
        let tail = text.distance(from: place, to: text.endIndex)
        text.insert(contentsOf: piece, at: place)
        // Counted from the end: a typed vowel sign joins the grapheme before it, and the count does not grow.
        cursor = max(0, text.count - tail)
    }

    private mutating func remove(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        remember()
        isTyping = false
        text.removeSubrange(index(range.lowerBound)..<index(range.upperBound))
        cursor = min(range.lowerBound, text.count)
    }

    private mutating func undo() {
        guard let last = undoStack.popLast() else { return }
        text = last.text
        cursor = last.cursor
        isTyping = false
    }

    private mutating func remember() {
        undoStack.append(Snapshot(text: text, cursor: cursor))
        if undoStack.count > LineEditor.mostUndos { undoStack.removeFirst() }
    }

    private func index(_ offset: Int) -> String.Index {
        text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
    }

    private func wordStart() -> Int {
        let before = text.prefix(cursor)
        let trimmed = before.reversed().drop { !$0.isWordPart }
        return trimmed.drop { $0.isWordPart }.count
    }

    private func wordEnd() -> Int {
        let after = text.dropFirst(cursor).drop { !$0.isWordPart }.drop { $0.isWordPart }
        return text.count - after.count
    }

    /// Text that may stand in one line: breaks and tabs as blanks, nothing that steers a terminal.
    static func oneLine(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        var previousWasReturn = false
        for scalar in text.unicodeScalars {
            let isFeedAfterReturn = scalar == "\n" && previousWasReturn
            previousWasReturn = scalar == "\r"
            if isFeedAfterReturn { continue }
            if scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar.value == 0x2028 || scalar.value == 0x2029 {
                view.append(" ")
            } else if !CharacterWidth.isDirectional(scalar.value), CharacterWidth.of(scalar) != nil {
                view.append(scalar)
            }
        }
        return String(view)
    }
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
