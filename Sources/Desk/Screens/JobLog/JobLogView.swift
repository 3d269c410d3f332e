import Domain
import Services
import TerminalKit

extension JobLogScreen {
    struct Layout {
        var head: Rect
        var body: Rect
        var foot: Rect

        init(_ rect: Rect) {
            var rest = rect
            head = rest.sliceTop(JobHead.rows).inset(left: 1, right: 1)
            foot = rest.sliceBottom(1).inset(left: 1, right: 1)
            body = rest.inset(left: 1, right: 1)
        }
    }

    /// Room for the steps, never empty.
    func size(_ context: ScreenContext) -> Size {
        let body = Layout(context.rect).body
        return Size(columns: max(1, body.width), rows: max(1, body.height))
    }

    func plainText(_ context: ScreenContext) -> String {
        let head = job.map { JobHead(job: $0).lines(context).map(\.text) } ?? []
        return (head + [""] + document.lines.map(\.text)).joined(separator: "\n") + "\n"
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = Layout(rect)
        if let failure {
            canvas.put(Line(failure.description, .danger), in: layout.head.row(1))
            return Drawn()
        }
        drawHead(on: &canvas, in: layout.head, context)
        canvas.hline(x: rect.x, y: layout.head.bottom - 1, width: rect.width, style: Style(.border))
        if job != nil, entries.isEmpty {
            canvas.put("No step was logged yet.", in: layout.body.row(0), style: Style(.muted))
        } else {
            document.draw(pager, on: &canvas, in: layout.body)
        }
        var hits = HitMap()
        hits.add(rect, HitTarget("log"))
        return Drawn(hits: hits, cursor: drawFoot(on: &canvas, in: layout.foot))
    }

    private func drawHead(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard let job else {
            canvas.put("Loading job \(id)…", in: rect.row(0), style: Style(.muted))
            return
        }
        for (index, line) in JobHead(job: job).lines(context).enumerated() { canvas.put(line, in: rect.row(index)) }
        if job.status == .running, let progress = job.progress {
            let bar = rect.row(JobHead.progressRow).left(min(60, rect.width))
            ProgressBar(fraction: Double(progress) / 100).draw(on: &canvas, in: bar)
        }
    }

    /// The search while it is typed, else how much there is; at the right which match the reader stands on.
    private func drawFoot(on canvas: inout Canvas, in rect: Rect) -> Point? {
        canvas.put(document.searchNote(pager), in: rect, style: Style(.accent), alignment: .right)
        guard let search else {
            let count = "\(entries.count) step\(entries.count == 1 ? "" : "s")"
            canvas.put(count + (pager.wraps ? " · wrapped" : ""), in: rect.left(30), style: Style(.muted))
            return nil
        }
        let label = canvas.put("search: ", in: rect, style: Style(.muted))
        let field = rect.inset(left: label, right: 20)
        return search.draw(on: &canvas, in: field, style: Style(.inputText, on: .inputFocused))
    }
}
