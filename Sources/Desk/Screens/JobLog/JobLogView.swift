import Domain
import Services
import TerminalKit

extension JobLogScreen {
    private static let headRows = 6

    func size(_ context: ScreenContext) -> Size {
        Size(columns: max(1, context.rect.width - 2), rows: max(1, context.rect.height - Self.headRows - 1))
    }

    /// One step of the log as a line, with its level for colour and for finding the first error.
    struct Step {
        var line: Line
        var isError: Bool
    }

    func lines(_ context: ScreenContext) -> [Step] {
        let start = entries.first?.at
        return entries.flatMap { entry -> [Step] in
            let isError = entry.level == .error
            let head = Line([
                Span(time(entry, since: start, context), .muted),
                Span(Text.pad(entry.level.rawValue, to: 8), entry.level.role, isError ? .bold : []),
                Span(Text.pad(entry.step, to: 12), .accent), Span(entry.message, isError ? .danger : .text),
            ])
            let indent = String(repeating: " ", count: 4)
            let detail =
                entry.detail.isEmpty ? [] : entry.detail.split(separator: "\n", omittingEmptySubsequences: false)
            return [Step(line: head, isError: isError)]
                + detail.map { Step(line: Line(indent + $0, .muted), isError: false) }
        }
    }

    private func time(_ entry: JobLogEntry, since start: Instant?, _ context: ScreenContext) -> String {
        switch times {
        case .clock: return TimeText.precise(entry.at, offset: context.utcOffset) + "  "
        case .sinceStart:
            let milliseconds = start.map { entry.at.since($0).milliseconds } ?? 0
            return Text.pad(
                "+\(milliseconds / 1_000).\(Digits.padded(Int(milliseconds % 1_000), 3)) s", to: 12, alignment: .right)
                + "  "
        case .none: return ""
        }
    }

    func document(_ context: ScreenContext) -> Pager { Pager(lines: lines(context).map(\.line)) }

    func plainText(_ context: ScreenContext) -> String {
        (headLines(context).map(\.text) + [""] + lines(context).map(\.line.text)).joined(separator: "\n") + "\n"
    }

    public func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        var rest = rect
        let head = rest.sliceTop(Self.headRows)
        if let failure {
            canvas.put("\(failure.what). \(failure.remedy)", in: head.row(1).inset(left: 2), style: Style(.danger))
            return HitMap()
        }
        for (index, line) in headLines(context).enumerated() {
            canvas.put(line, in: head.row(index).inset(left: 1, right: 1), surface: .base)
        }
        canvas.hline(x: rect.x, y: head.bottom - 1, width: rect.width, style: Style(.border))
        let foot = rest.sliceBottom(1)
        if entries.isEmpty, job != nil {
            canvas.put("No step was logged yet.", in: rest.row(0).inset(left: 2), style: Style(.muted))
        } else {
            document(context).draw(pager, on: &canvas, in: rest.inset(left: 1, right: 1))
        }
        drawFoot(on: &canvas, in: foot.inset(left: 1, right: 1), context)
        return HitMap()
    }

    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? {
        guard let search else { return nil }
        var scratch = Canvas(size: context.size)
        return search.draw(on: &scratch, in: searchPlace(rect), style: Style())
    }

    private func searchPlace(_ rect: Rect) -> Rect { rect.bottom(1).inset(left: 9, right: 20) }

    private func drawFoot(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        if let search {
            canvas.put("search: ", in: rect, style: Style(.muted))
            search.draw(on: &canvas, in: searchPlace(context.rect), style: Style(.inputText, on: .inputFocused))
        } else {
            canvas.put(
                "\(entries.count) step\(entries.count == 1 ? "" : "s")\(pager.wraps ? " · wrapped" : "")", in: rect,
                style: Style(.muted))
        }
        canvas.put(document(context).searchNote(pager), in: rect, style: Style(.accent), alignment: .right)
    }

    /// Who and what, then for a failed job the three answers.
    private func headLines(_ context: ScreenContext) -> [Line] {
        guard let job else { return [Line("Loading job \(id)…", .muted)] }
        let who =
            Line(
                [
                    Span("\(job.portal.shortName) · \(job.identity)", .heading, .bold),
                    Span(job.business.isEmpty ? "" : " · \(job.business)", .text), Span("   ", .text),
                ]
            ) + Badge.status(of: job, context).line
        let started =
            job.startedAt.map { "started \(context.full($0))" } ?? "not started, created \(context.full(job.createdAt))"
        let ended = job.completedAt.map { ", completed \(context.full($0))" } ?? ""
        let facts = Line(
            "\(job.kind.rawValue) by \(job.trigger.rawValue), attempt \(job.attempt), \(started)\(ended)", .muted)
        guard let cause = job.cause, job.status != .done else {
            return [who, facts, Line(Self.outcome(job), .text)]
        }
        func answer(_ title: String, _ text: String, _ role: Role) -> Line {
            Line([Span(Text.pad(title, to: 16), .muted), Span(text, role)])
        }
        return [
            who, facts, answer("What happened", "\(cause.title): \(job.message)", .danger),
            answer("What it means", cause.meaning, .text),
            answer("What to do", cause.remedy, .text),
        ]
    }

    private static func outcome(_ job: Job) -> String {
        switch job.status {
        case .done:
            job.kind == .verify
                ? "The portal accepted the login." : "Every place was read; \(job.noticesNew) new notices."
        case .queued: "Waits for a free place."
        case .running: "Runs now; this page follows it."
        case .cancelled: "Cancelled by a person."
        default: job.message
        }
    }
}
