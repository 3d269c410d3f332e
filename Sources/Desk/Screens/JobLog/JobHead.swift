import Domain
import TerminalKit

/// What stands above the log: who and what, how long, and for a job that went wrong the three answers.
struct JobHead {
    let job: Job

    /// Row of the facts on which the progress of a running job is drawn.
    static let progressRow = 2
    private static let labelWidth = 16

    /// Rows of one answer at the most: all that a portal's message holds, at the smallest size.
    private static let mostRows = 9

    /// The lines wrapped to a width, the further rows of an answer under its first one.
    func rows(width: Int, _ context: ScreenContext) -> [Line] {
        lines(context, width: width).flatMap { line -> [Line] in
            guard line.width > width else { return [line] }
            guard line.spans.count == 2 else {
                let role = line.spans.first?.role ?? .text
                return line.spans.count == 1 ? Text.wrap(line.text, to: width, lines: 2).map { Line($0, role) } : [line]
            }
            let wrapped = Text.wrap(
                line.spans[1].text, to: max(1, width - Self.labelWidth), lines: Self.mostRows)
            return wrapped.enumerated().map { index, text in
                let label = index == 0 ? line.spans[0].text : String(repeating: " ", count: Self.labelWidth)
                return Line([Span(label, .muted), Span(text, line.spans[1].role)])
            }
        }
    }

    /// - Parameter width: to which the name of the business is cut, so that how it stands has room; nil for all of it.
    func lines(_ context: ScreenContext, width: Int? = nil) -> [Line] {
        let name = "\(job.portal.shortName) · \(job.identity)"
        let badge = Badge.status(of: job, context).line
        var business = job.business.isEmpty ? "" : " · \(job.business)"
        if let width { business = Text.clip(business, to: max(0, width - Text.width(name) - badge.width - 3)) }
        let who = Line([Span(name, .heading, .bold), Span("\(business)   ", .text)]) + badge
        guard let cause = job.cause, ![.done, .running, .queued].contains(job.status) else {
            return [who, facts(context), Line(outcome, .text)]
        }
        let said = job.message.isEmpty || job.message == cause.title ? cause.title : "\(cause.title): \(job.message)"
        let isOver = job.status == .failed
        return [
            who, facts(context), answer("What happened", said, isOver ? .danger : .warning),
            answer("What it means", isOver ? cause.meaningWhenOver : cause.meaning, .text),
            answer("What to do", remedy(cause), .text),
        ]
    }

    private func answer(_ title: String, _ text: String, _ role: Role) -> Line {
        Line([Span(Text.pad(title, to: Self.labelWidth), .muted), Span(text, role)])
    }

    /// A job that failed for good is not tried again, whatever its last cause promises.
    private func remedy(_ cause: Cause) -> String {
        if job.status == .needsInput { return Cause.remedyWhileWaiting }
        let isOver = job.status == .failed || job.status == .cancelled
        return isOver ? cause.remedyWhenOver : cause.remedy
    }

    private func facts(_ context: ScreenContext) -> Line {
        let attempt = job.attempt > 0 ? ", attempt \(job.attempt)" : ""
        let head = "\(job.kind.rawValue) by \(job.trigger.rawValue)\(attempt)"
        guard let started = job.startedAt else {
            return Line("\(head) · not started, created \(context.full(job.createdAt))", .muted)
        }
        let took = Self.span((job.completedAt ?? context.now).since(started).milliseconds)
        guard let completed = job.completedAt else {
            return Line("\(head) · since \(context.full(started)) · \(took) so far", .muted)
        }
        func day(_ instant: Instant) -> LegalDate { CivilTime(instant, offset: context.utcOffset).date }
        let end = day(started) == day(completed) ? context.clock(completed) : context.full(completed)
        return Line("\(head) · \(context.full(started)) to \(end) · \(took)", .muted)
    }

    /// `0.8 s`, `42 s`, `3 min 20 s`, `2 h 5 min`.
    static func span(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1_000
        if seconds < 10 { return "\(seconds).\(max(0, milliseconds) % 1_000 / 100) s" }
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
    }

    private var outcome: String {
        switch job.status {
        case .done where job.kind == .verify: "The portal accepted the login."
        case .done:
            switch job.noticesNew {
            case 0: "Every place was read; no new notices."
            case 1: "Every place was read; 1 new notice."
            default: "Every place was read; \(job.noticesNew) new notices."
            }
        case .queued: "Waits for a free place."
        case .running: job.progress == nil ? "Runs now; this page follows it." : ""
        case .cancelled: "Cancelled by a person."
        case .retrying, .needsInput, .failed: job.message
        }
    }
}
