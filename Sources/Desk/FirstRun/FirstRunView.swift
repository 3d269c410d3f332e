import Secrets
import TerminalKit

extension FirstRunState {
    func frame() -> Frame {
        var canvas = Canvas(size: size)
        if isTooSmall {
            TooSmall.draw(on: &canvas)
            return Frame(canvas: canvas, cursor: nil, hits: HitMap())
        }
        HeaderLine(path: ["PortalDesk", "First start"]).draw(on: &canvas, in: canvas.bounds.row(0))
        HintsBar(hints: hints).draw(on: &canvas, in: canvas.bounds.row(size.rows - 1))
        let room = canvas.bounds.inset(columns: 0, rows: 1)
        var drawn = Drawn()
        switch step {
        case .choosing(let index): drawn = drawChoices(index, on: &canvas, in: room)
        case .filling:
            let drawing = FormDialog(title: "Your own workspace", form: form, width: 72)
                .draw(state, on: &canvas, in: room)
            drawn = Drawn(hits: drawing.hits, cursor: drawing.cursor)
        case .makingWorkspace: drawMaking("Making the workspace and its vault…", nil, on: &canvas, in: room)
        case .makingDemo(let done, let total):
            let fraction = total > 0 ? Double(done) / Double(total) : 0
            drawMaking(
                "Making the demo: its businesses, logins and a history of jobs…", fraction, on: &canvas, in: room)
        case .code(let code):
            let intro = "Your workspace is made. When every password is lost, only this code opens its vault:"
            RecoveryCodePage.draw(code, intro: intro, on: &canvas, in: room)
        }
        return Frame(canvas: canvas, cursor: drawn.cursor, hits: drawn.hits)
    }

    private var hints: [HintsBar.Hint] {
        let words: [(String, String)] =
            switch step {
            case .choosing: [("Up Down", "choose"), ("Enter", "go on"), ("q", "quit")]
            case .filling: [("Tab", "next field"), ("Enter", "go on"), ("Esc", "back")]
            case .makingWorkspace, .makingDemo: []
            case .code: [("w", "it is written down: opens the desk")]
            }
        return words.map { HintsBar.Hint(keys: $0.0, title: $0.1) }
    }

    private func drawChoices(_ selected: Int, on canvas: inout Canvas, in room: Rect) -> Drawn {
        var drawn = Drawn()
        let width = min(76, room.width - 2)
        let intro = Text.wrap("There is no workspace at \(place) yet.", to: width - 6, lines: 3)
        let trouble = problem.isEmpty ? [] : Text.wrap("✗ \(problem)", to: width - 6, lines: 5)
        let rows = intro.count + Self.choices.count + (trouble.isEmpty ? 0 : trouble.count + 1) + 5
        let frame = room.centred(Size(columns: width, rows: rows))
        Overlay.draw(frame, title: Line("Welcome to PortalDesk", .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 3, rows: 2)
        for line in intro { canvas.put(line, in: inner.sliceTop(1), style: Style(.text, on: .dialog)) }
        _ = inner.sliceTop(1)
        for (index, choice) in Self.choices.enumerated() {
            let row = inner.sliceTop(1)
            let surface: Surface = index == selected ? .selection : .dialog
            canvas.fill(row, style: Style(on: surface))
            let title = choice.title.padding(to: 26)
            let line = Line([
                Span(" \(choice.key)  ", .key, .bold), Span(title, .text, index == selected ? .bold : []),
                Span(choice.note, .muted),
            ])
            canvas.put(line, in: row, surface: surface)
            drawn.hits.add(row, HitTarget("choice", index))
        }
        if !trouble.isEmpty { _ = inner.sliceTop(1) }
        for line in trouble { canvas.put(line, in: inner.sliceTop(1), style: Style(.danger, on: .dialog)) }
        return drawn
    }

    /// - Parameter fraction: nil when it takes a second and no end can be told.
    private func drawMaking(_ text: String, _ fraction: Double?, on canvas: inout Canvas, in room: Rect) {
        let width = min(76, room.width - 2)
        let frame = room.centred(Size(columns: width, rows: fraction == nil ? 5 : 7))
        Overlay.draw(frame, title: Line("One moment", .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 3, rows: 2)
        canvas.put(text, in: inner.sliceTop(1), style: Style(.running, on: .dialog))
        guard let fraction else { return }
        _ = inner.sliceTop(1)
        ProgressBar(fraction: fraction).draw(on: &canvas, in: inner.sliceTop(1), surface: .dialog)
    }
}

extension String {
    fileprivate func padding(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - Text.width(self)))
    }
}
