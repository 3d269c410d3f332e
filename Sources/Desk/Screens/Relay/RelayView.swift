import Domain
import Services
import TerminalKit

extension RelayScreen {
    struct Layout {
        var heading: Rect
        var table: Rect
        var rule: Rect
        var question: Rect
        var footer: Rect

        /// The queue takes the rows that it needs, but leaves most of the screen to the picture.
        init(_ rect: Rect, rows: Int) {
            var rest = rect
            heading = rest.sliceTop(1).inset(left: 1, right: 1)
            footer = rest.sliceBottom(1).inset(left: 1, right: 1)
            let most = max(3, rect.height / 4)
            table = rows == 0 ? rest : rest.sliceTop(Table.headerRows + min(rows, most))
            rule = rest.sliceTop(rows == 0 ? 0 : 1)
            question = rows == 0 ? rest.sliceTop(0) : rest.inset(left: 2, right: 2)
        }
    }

    func layout(_ context: ScreenContext) -> Layout {
        Layout(context.rect, rows: max(list.rows.count, awaited == nil && !isElsewhere ? 0 : 1))
    }
    func tablePlace(_ context: ScreenContext) -> Rect { layout(context).table }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = layout(context)
        var drawn = Drawn()
        canvas.put("Waiting for people", in: layout.heading, style: Style(.heading, on: .base, .bold))
        let total = list.total ?? 0
        let count = list.isLoaded ? Line(total == 0 ? "" : "? \(Counted.text(total, "question"))", .info) : .empty
        canvas.put(count, in: layout.heading, alignment: .right)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        if let shown {
            canvas.hline(x: rect.x, y: layout.rule.y, width: rect.width, style: Style(.border))
            canvas.put(Self.title(shown.job), in: layout.rule.inset(left: 2, right: 2))
            drawn.cursor = drawQuestion(shown, on: &canvas, in: layout.question, &drawn.hits, context)
        }
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer))
        return drawn
    }

    // MARK: The queue

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let empty = "No job waits for a person. Captchas and one-time passwords that portals ask for appear here."
        let content = list.content(height: rect.height, empty: empty, reload: context.label(.refresh, scope)) {
            row, serial in
            cells(row, serial: serial, context)
        }
        let table = Table(
            columns: [list.serialColumn] + Self.columns, content: content, isFocused: focus == .queue,
            isMarked: list.isMarked)
        return table.draw(list.table, on: &canvas, in: rect)
    }

    private static let columns = [
        TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
        TableColumn(id: "identity", title: "Identity", width: .fixed(15)),
        TableColumn(id: "asks", title: "Asks for", width: .fixed(9)),
        TableColumn(id: "since", title: "Since", width: .fixed(11)),
        TableColumn(id: "left", title: "Time left", width: .fixed(9), alignment: .right),
        TableColumn(id: "business", title: "Business", width: .flexible(least: 10), dropOrder: 1),
    ]

    private func cells(_ row: WaitingJob, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(serial.grouped, .muted), Line(row.job.portal.shortName), Line(row.job.identity.text),
            Self.asked(row, context),
            Line(row.since.map { context.day($0) } ?? "", .muted), Self.timeLeft(row, context), Line(row.job.business),
        ]
    }

    private static func asked(_ row: WaitingJob, _ context: ScreenContext) -> Line {
        var badge = Badge.status(of: row.job, context, isShort: true)
        if row.followsRefusal { (badge.glyph, badge.role) = ("!", .warning) }
        return badge.line
    }

    /// `4:52`, `2 h 5 min`, with `~` before what the portal has not told but is assumed.
    private static func timeLeft(_ row: WaitingJob, _ context: ScreenContext) -> Line {
        if !row.isReadable { return Line("ask anew", .warning) }
        guard let end = row.expiresAt else { return Line("no end", .muted) }
        if row.hasExpired(at: context.now) { return Line("run out", .danger) }
        let seconds = (end.since(context.now).milliseconds + 999) / 1_000
        let about = row.isEndAssumed ? "~" : ""
        if seconds >= 3_600 { return Line("\(about)\(seconds / 3_600) h \(seconds % 3_600 / 60) min", .muted) }
        let text = "\(about)\(seconds / 60):\(Digits.padded(Int(seconds % 60), 2))"
        return Line(text, seconds < 60 ? .warning : .text)
    }

    // MARK: The question

    private static func title(_ job: Job) -> Line {
        let what =
            switch job.cause {
            case .captchaRequired: "Captcha"
            case .dualSession: "Already logged in"
            default: "One-time password"
            }
        let who = [job.portal.shortName, job.identity.text, job.business].filter { !$0.isEmpty }
        return Line(" \(what) · \(who.joined(separator: " · ")) ", .heading, .bold)
            + Line("· \(job.kind.rawValue), job \(job.id) ", .muted)
    }

    private func drawQuestion(
        _ shown: WaitingJob, on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap, _ context: ScreenContext
    ) -> Point? {
        var rest = rect
        let hint = hint(shown, context)
        let field = 3 + (hint == nil ? 0 : 1)
        if shown.followsRefusal, awaited == nil {
            let refused = Line("! \(WaitingJob.refusedText.startingUpper).", .warning, .bold)
            canvas.put(refused, in: rest.sliceTop(1))
        }
        let prompt = question?.prompt ?? (awaited == nil ? "Loading…" : waiting)
        for line in Text.wrap(prompt, to: rest.width, lines: 2) {
            canvas.put(line, in: rest.sliceTop(1), style: Style(question == nil ? .muted : .text))
        }
        if let picture, rest.height > field {
            let room = Size(columns: rest.width - 4, rows: rest.height - field)
            let rows = (picture.fitted(columns: room.columns, rows: room.rows * 2, growth: 2).rows + 1) / 2
            canvas.put(picture, in: rest.sliceTop(rows).left(rest.width), growth: 2)
        }
        if rest.height > field { _ = rest.sliceTop(1) }
        if let refusal = refusal(context) {
            drawRefusal(refusal, shown, on: &canvas, in: rest, context)
            return nil
        }
        let cursor = drawField(shown, on: &canvas, in: rest.sliceTop(1), &hits, context)
        let told = Text.wrap(
            message(shown, context).text, to: max(1, rest.width), lines: max(1, rest.height - (hint == nil ? 0 : 1)))
        for line in told {
            canvas.put(line, in: rest.sliceTop(1), style: Style(message(shown, context).spans.first?.role ?? .muted))
        }
        if let hint { canvas.put(Line(hint, .info), in: rest.sliceTop(1)) }
        return cursor
    }

    /// Where a sandbox's answer lies: nobody else gets it.
    private func hint(_ shown: WaitingJob, _ context: ScreenContext) -> String? {
        awaited == nil && refusal(context) == nil && !shown.hasExpired(at: context.now) ? question?.hint : nil
    }

    /// In place of the field, for whoever may look and not answer.
    private func drawRefusal(
        _ refusal: String, _ shown: WaitingJob, on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext
    ) {
        var rest = rect
        for line in Text.wrap("✗ \(refusal)", to: max(1, rest.width), lines: 2) {
            canvas.put(line, in: rest.sliceTop(1), style: Style(.danger))
        }
        canvas.put(
            Line("An operator or an admin answers it · time left ", .muted) + timeLeft(shown, context),
            in: rest.sliceTop(1))
    }

    private func timeLeft(_ shown: WaitingJob, _ context: ScreenContext) -> Line {
        shown.expiresAt == nil ? Line("no end is known", .muted) : Self.timeLeft(shown, context)
    }

    private func drawField(
        _ shown: WaitingJob, on canvas: inout Canvas, in rect: Rect, _ hits: inout HitMap, _ context: ScreenContext
    ) -> Point? {
        var rest = rect
        canvas.put("Answer", in: rest.sliceLeft(8), style: Style(focus == .answer ? .accent : .text, on: .base, .bold))
        let field = rest.sliceLeft(min(32, rest.width / 2))
        hits.add(field, HitTarget("answer"))
        let canType = canType(context)
        let style = Style(.inputText, on: canType ? .inputFocused : .input)
        let cursor = answer.draw(on: &canvas, in: field, style: style, isFocused: canType)
        if awaited == nil {
            canvas.put(Line("time left ", .muted) + timeLeft(shown, context), in: rest.inset(left: 3))
        }
        return canType ? cursor : nil
    }

    /// Of a question that was given up, until the next one comes.
    private var waiting: String {
        "\(isCaptcha ? "Another captcha" : "Another one-time password") is being asked for and comes up here. ↑ ↓ shows another question meanwhile."
    }

    private func message(_ shown: WaitingJob, _ context: ScreenContext) -> Line {
        if awaited != nil { return Line("◌ job \(shown.job.id) goes on to where the portal asks", .running) }
        if isSending { return Line("Passing it on…", .running) }
        if !problem.isEmpty { return Line("✗ \(problem)", .danger) }
        let send = context.keys.label(.enter)
        if shown.hasExpired(at: context.now) {
            return Line(
                "This question has \(shown.isEndAssumed ? "probably " : "")run out. \(send) puts the job back; it then waits here with another one.",
                .warning)
        }
        if !note.isEmpty { return Line(note, .warning) }
        return Line("\(send) passes it on as you typed it, once. Nothing of it is logged.", .muted)
    }
}
