import TerminalKit

/// What moves and edits in a field, for the help that is asked for from within one.
enum FieldKeys {
    private static let edits: [(keys: [Key], title: String)] = [
        ([.left, .right], "One letter to the left, to the right; in a choice the one before, the next"),
        ([.home, .end], "To the begin, to the end"),
        ([.alt("b"), .alt("f")], "One word to the left, to the right"),
        ([.backspace, .delete], "Remove the letter before the cursor, under it"),
        ([.control("w"), .alt("d")], "Remove the word before the cursor, after it"),
        ([.control("u"), .control("k")], "Remove everything before the cursor, after it"),
        ([.control("_")], "Take the last change back"),
    ]

    /// Only the keys that the field of this screen has a use for.
    static func entries(of screen: any Screen, _ keys: KeyMap) -> [HelpOverlay.Entry] {
        edits.compactMap { edit in
            guard edit.keys.allSatisfy(screen.fieldUses) else { return nil }
            return HelpOverlay.Entry(keys: edit.keys.map(keys.label).joined(separator: " "), title: edit.title)
        }
            + screen.fieldMoves.map {
                HelpOverlay.Entry(keys: $0.keys.map(keys.label).joined(separator: " "), title: $0.title)
            }
    }
}
