import Domain
import Services
import TerminalKit

extension JobLogScreen {
    struct Layout {
        var head: Rect
        var body: Rect
        var foot: Rect

        init(_ rect: Rect, headRows: Int) {
            var rest = rect
            head = rest.sliceTop(headRows + 1).inset(left: 1, right: 1)
            foot = rest.sliceBottom(1).inset(left: 1, right: 1)
            body = rest.inset(left: 1, right: 1)
        }
    }

    private func layout(_ context: ScreenContext) -> Layout {
        Layout(context.rect, headRows: headRows(context).count)
    }

    private func headRows(_ context: ScreenContext) -> [Line] {
        guard let job else { return [Line(failure == nil ? "Loading job \(id)…" : "", .muted)] }
        return JobHead(job: job).rows(width: max(1, context.rect.width - 2), context)
    }

    /// Room for the steps, never empty.
    func size(_ context: ScreenContext) -> Size {
        let body = layout(context).body
        return Size(columns: max(1, body.width), rows: max(1, body.height))
    }

    func plainText(_ context: ScreenContext) -> String {
        let head = job.map { JobHead(job: $0).lines(context).map(\.text) } ?? []
        return (head + [""] + document.lines.map(\.text)).joined(separator: "\n") + "\n"
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = layout(context)
        if let failure {
            canvas.put(Line(failure.description, .danger), in: rect.row(1).inset(left: 2))
            return Drawn()
        }
        drawHead(on: &canvas, in: layout.head, context)
        canvas.hline(x: rect.x, y: layout.head.bottom - 1, width: rect.width, style: Style(.border))
        if job != nil, entries.isEmpty {
            let text = job?.status.isFinished == true ? "No steps were kept for this job." : "No step was logged yet."
            canvas.put(text, in: layout.body.row(0), style: Style(.muted))
        } else {
            document.draw(pager, on: &canvas, in: layout.body)
        }
        var hits = HitMap()
        hits.add(rect, HitTarget("log"))
        return Drawn(hits: hits, cursor: drawFoot(on: &canvas, layout))
    }

    private func drawHead(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        for (index, line) in headRows(context).enumerated() { canvas.put(line, in: rect.row(index)) }
        if let job, job.status == .running, let progress = job.progress {
            let bar = rect.row(JobHead.progressRow).left(min(60, rect.width))
            ProgressBar(fraction: Double(progress) / 100).draw(on: &canvas, in: bar)
        }
    }

    /// The search while it is typed, else how much there is; at the right which match the reader stands on.
    private func drawFoot(on canvas: inout Canvas, _ layout: Layout) -> Point? {
        let rect = layout.foot
        let note = document.searchNote(pager)
        let right = note.isEmpty ? document.moreNote(pager, in: layout.body) : Line(note, .accent)
        canvas.put(right, in: rect, alignment: .right)
        guard let search else {
            let count = Counted.text(entries.count, "step")
            canvas.put(count + (pager.wraps ? " · wrapped" : ""), in: rect.left(30), style: Style(.muted))
            return nil
        }
        let label = canvas.put("search: ", in: rect, style: Style(.muted))
        let field = rect.inset(left: label, right: 20)
        return search.draw(on: &canvas, in: field, style: Style(.inputText, on: .inputFocused))
    }
}
