import Services

/// From a key to the last byte of the frame that answers it, and until the page that it asked for stands.
enum KeyBudget {
    private struct Kind {
        var name: String
        var keys: [String]
        var presses = 120
        /// Typed before the first press; not measured.
        var begin = ""
        /// What brings the screen back after each press; not measured.
        var undo = ""
    }

    private static let kinds = [
        Kind(name: "selection", keys: ["j", "k"]),
        Kind(name: "next page", keys: ["]"]),
        Kind(name: "last and first page", keys: ["}", "{"]),
        Kind(name: "sort by the next column", keys: ["s"], presses: 60),
        Kind(name: "reverse the sort", keys: ["S"], presses: 60),
        // Esc ends each kind and is not measured: a lone Esc must wait 25 ms for the rest of a sequence.
        Kind(
            name: "a letter of a filter",
            keys: ["l", "o", "t", "u", "s", "\u{7F}", "\u{7F}", "\u{7F}", "\u{7F}", "\u{7F}"], begin: "/"),
        Kind(name: "open the panel", keys: ["1"], presses: 40, undo: "\u{1B}"),
    ]

    static func measure(_ home: Home, _ programs: Programs) throws {
        let session = try programs.startDesk(home.path)
        defer { session.end() }
        _ = try session.firstPaint()
        var (all, pages) = (Samples(), Samples())
        var parts: [String] = []
        for kind in kinds {
            let pressed = press(kind, session)
            for time in pressed.first.sorted { all.add(time) }
            for time in pressed.settled.sorted { pages.add(time) }
            parts.append(
                "\(kind.name) \(pressed.first.median.text()) / \(pressed.first.percentile(99).text()) ms, at rest "
                    + "\(pressed.settled.median.text()) / \(pressed.settled.percentile(99).text()), "
                    + "\(Int(pressed.bytes.median)) bytes")
        }
        Report.say(
            Finding(
                name: "key to the last byte of its repaint", figure: "p99 \(all.percentile(99).text()) ms",
                baseline: "p50 \(all.median.text()) ms", ratio: all.percentile(99) / max(all.median, 0.001),
                budget: "p99 2 ms", isMet: all.percentile(99) <= 2,
                detail: "p50 / p99: " + parts.joined(separator: "; ")))
        // A repaint shows what is known; a page that must be searched for follows it. Together they may take both budgets.
        Report.say(
            Finding(
                name: "key until nothing moves any more", figure: "p99 \(pages.percentile(99).text()) ms",
                baseline: "p50 \(pages.median.text()) ms", ratio: pages.percentile(99) / max(pages.median, 0.001),
                budget: "p99 17 ms (a repaint and the worst page)", isMet: pages.percentile(99) <= 17))
    }

    private struct Pressed {
        var first = Samples()
        var settled = Samples()
        var bytes = Samples()
    }

    private static func press(_ kind: Kind, _ session: TerminalSession) -> Pressed {
        var pressed = Pressed()
        if !kind.begin.isEmpty { _ = session.type(kind.begin, quiet: 60) }
        for number in 0..<kind.presses {
            let answer = session.type(kind.keys[number % kind.keys.count])
            // A key that changes nothing on screen writes nothing, and tells nothing.
            if answer.firstFrame > 0 {
                pressed.first.add(answer.firstFrame)
                pressed.settled.add(answer.milliseconds)
                pressed.bytes.add(Double(answer.bytes))
            }
            if !kind.undo.isEmpty { _ = session.type(kind.undo, quiet: 60) }
        }
        if !kind.begin.isEmpty { _ = session.type("\u{1B}", quiet: 60) }
        _ = session.listen(milliseconds: 200)
        return pressed
    }
}
