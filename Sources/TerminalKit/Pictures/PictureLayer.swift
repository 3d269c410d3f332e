/// The pictures that the terminal shows by itself, and what makes it show others.
struct PictureLayer {
    /// How they are shown; when any of it changes they are sent anew.
    struct Terms: Hashable {
        /// nil where half blocks are all there is.
        var graphics: Graphics?
        var screen: Size
        /// Sixels know no cells, so without it there are none.
        var cell: CellPixels?
    }

    struct Change: Hashable {
        /// Sent before the cells: removes pictures, or asks.
        var before: [UInt8] = []
        /// Rows that are painted again although their cells are the same: that removes sixels, or whatever a terminal
        /// has printed there.
        var rows: [Range<Int>] = []
        /// Sent after the cells.
        var after: [UInt8] = []

        var isEmpty: Bool { before.isEmpty && rows.isEmpty && after.isEmpty }

        mutating func add(_ other: Change) {
            before += other.before
            rows += other.rows
            after += other.after
        }
    }

    private var shown: [(placed: PlacedPicture, number: Int)] = []
    private var terms: Terms?
    private var leftover = Change()
    private var latest = 0

    /// Whether there is nothing to take away.
    var isEmpty: Bool { shown.isEmpty && leftover.isEmpty }

    /// What leads from the pictures that are shown to those that are wanted; nothing where they are the same.
    mutating func show(_ wanted: [PlacedPicture], _ terms: Terms) -> Change {
        var change = leftover
        leftover = Change()
        let wanted = wanted.filter { Self.canShow($0, terms) }
        let isSame = terms == self.terms && shown.map(\.placed) == wanted
        if isSame { return change }
        // Those that stay are sent again too: what removes a sixel removes every one on its rows.
        change.add(removal())
        self.terms = terms
        for placed in wanted {
            latest += 1
            shown.append((placed, latest))
            change.after += Self.sequence(placed, latest, terms)
        }
        return change
    }

    /// After the screen was cleared or left: all are sent again when they are wanted.
    mutating func forget() {
        // Not its rows: a clear has every one painted anew.
        leftover.before += removal().before
    }

    /// What takes all of them away.
    private mutating func removal() -> Change {
        var change = Change()
        for (placed, number) in shown {
            switch terms?.graphics {
            case .kitty: change.before += KittyGraphics.remove(number: number)
            case .sixel: change.rows.append(placed.rect.y..<placed.rect.bottom)
            case nil: break
            }
        }
        shown = []
        return change
    }

    private static func canShow(_ placed: PlacedPicture, _ terms: Terms) -> Bool {
        guard Rect(terms.screen).intersection(placed.rect) == placed.rect else { return false }
        switch terms.graphics {
        case .kitty: return true
        // After a band the cursor goes to the next row: on the last one that would scroll.
        case .sixel: return terms.cell != nil && placed.rect.bottom < terms.screen.rows
        case nil: return false
        }
    }

    /// The cursor is put back where it was.
    private static func sequence(_ placed: PlacedPicture, _ number: Int, _ terms: Terms) -> [UInt8] {
        let rect = placed.rect
        let picture: [UInt8]
        switch (terms.graphics, terms.cell) {
        case (.kitty, _): picture = KittyGraphics.show(placed.picture, number: number, over: rect.size)
        case (.sixel, let cell?):
            picture = SixelGraphics.show(
                placed.picture, width: rect.width * cell.width, height: rect.height * cell.height)
        default: return []
        }
        return Array("\u{1B}7\u{1B}[\(rect.y + 1);\(rect.x + 1)H".utf8) + picture + Array("\u{1B}8".utf8)
    }
}
