/// The text of a dialog laid out for a screen: facts and body whole, of the notes what has room.
struct DialogContent {
    let width: Int
    let told: [Line]
    let body: [String]
    private let wrapped: [Line]
    private let noteRows: Int
    private let names: Int
    private let hasButtons: Bool

    /// Of notes that scroll at least one line stands above the line that says so.
    private static let fewestNoteRows = 2

    init(_ dialog: Dialog, _ screen: Rect) {
        let all = dialog.facts + dialog.notes
        let most = all.isEmpty ? 60 : 76
        let width = min(screen.width, max(Text.width(dialog.title) + 6, min(most, screen.width - 4)))
        let names = (all.map { Text.width($0.name) }.max() ?? 0) + 2
        let told = dialog.facts.flatMap { Self.lines($0, names: names, width: width - 4, most: 3) }
        let wrapped = dialog.notes.flatMap { Self.lines($0, names: names, width: width - 4, most: nil) }
        let least = min(wrapped.count, Self.fewestNoteRows)
        let room = max(1, screen.height - 5 - told.count - least)
        let body = dialog.body.isEmpty ? [] : Text.wrap(dialog.body, to: max(1, width - 4), lines: room)
        let left = screen.height - 6 - told.count - body.count
        (self.width, self.told, self.body, self.wrapped, self.names) = (width, told, body, wrapped, names)
        noteRows = min(wrapped.count, max(least, left))
        hasButtons = !dialog.buttons.isEmpty
    }

    /// An empty line between what is told and the body.
    var gap: Int { told.isEmpty && wrapped.isEmpty || body.isEmpty ? 0 : 1 }
    var textRows: Int { told.count + noteRows + gap + body.count }
    var rows: Int { textRows + (hasButtons ? 5 : 4) }

    /// The last row of notes that scroll says where one is.
    private var shownNotes: Int { wrapped.count > noteRows ? max(0, noteRows - 1) : noteRows }
    var lastScroll: Int { max(0, wrapped.count - shownNotes) }

    func notes(_ scroll: Int) -> [Line] {
        guard lastScroll > 0 else { return wrapped }
        let top = min(max(0, scroll), lastScroll)
        let shown = wrapped.dropFirst(top).prefix(shownNotes)
        let place = "lines \(top + 1) to \(top + shown.count) of \(wrapped.count) · ↑ ↓ for the others"
        return shown + [Line(String(repeating: " ", count: names)) + Line(place, .accent)]
    }

    private static func lines(_ fact: Dialog.Fact, names: Int, width: Int, most: Int?) -> [Line] {
        let room = max(1, width - names)
        let texts = most.map { Text.wrap(fact.value, to: room, lines: $0) } ?? Text.wrap(fact.value, to: room)
        return texts.enumerated().map { index, text in
            let name = index == 0 ? fact.name : ""
            return Line(name + String(repeating: " ", count: names - Text.width(name)), .muted)
                + Line(text, fact.role, index == 0 && fact.role != .text ? .bold : [])
        }
    }
}
