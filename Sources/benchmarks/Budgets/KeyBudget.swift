import Services

/// From a key to the last byte of the repaint.
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
        Kind(name: "selection down", keys: ["j"]),
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
        var all = Samples()
        var parts: [String] = []
        for kind in kinds {
            let (times, bytes) = press(kind, session)
            for time in times.sorted { all.add(time) }
            parts.append(
                "\(kind.name) \(times.median.text()) / \(times.percentile(99).text()) ms, \(Int(bytes.median)) bytes")
        }
        Report.say(
            Finding(
                name: "key to the last byte of the repaint", figure: "p99 \(all.percentile(99).text()) ms",
                baseline: "p50 \(all.median.text()) ms", ratio: all.percentile(99) / max(all.median, 0.001),
                budget: "p99 2 ms", isMet: all.percentile(99) <= 2,
                detail: "p50 / p99: " + parts.joined(separator: "; ")))
    }

    private static func press(_ kind: Kind, _ session: TerminalSession) -> (times: Samples, bytes: Samples) {
        var (times, bytes) = (Samples(), Samples())
        if !kind.begin.isEmpty { _ = session.type(kind.begin, quiet: 60) }
        for number in 0..<kind.presses {
            let answer = session.type(kind.keys[number % kind.keys.count])
            // A key that changes nothing on screen writes nothing, and tells nothing.
            if answer.bytes > 0 {
                times.add(answer.milliseconds)
                bytes.add(Double(answer.bytes))
            }
            if !kind.undo.isEmpty { _ = session.type(kind.undo, quiet: 60) }
        }
        if !kind.begin.isEmpty { _ = session.type("\u{1B}", quiet: 60) }
        _ = session.listen(milliseconds: 200)
        return (times, bytes)
    }
}
