import Domain
import TerminalKit

/// What stands above the log: who and what, how long, and for a job that went wrong the three answers.
struct JobHead {
    let job: Job

    static let rows = 6
    /// Row of the facts on which the progress of a running job is drawn.
    static let progressRow = 2

    func lines(_ context: ScreenContext) -> [Line] {
        let business = job.business.isEmpty ? "" : " · \(job.business)"
        let who =
            Line([Span("\(job.portal.shortName) · \(job.identity)", .heading, .bold), Span("\(business)   ", .text)])
            + Badge.status(of: job, context).line
        guard let cause = job.cause, ![.done, .running, .queued].contains(job.status) else {
            return [who, facts(context), Line(outcome, .text)]
        }
        let said = job.message.isEmpty || job.message == cause.title ? cause.title : "\(cause.title): \(job.message)"
        let isOver = job.status == .failed
        return [
            who, facts(context), answer("What happened", said, isOver ? .danger : .warning),
            answer("What it means", cause.meaning, .text), answer("What to do", remedy(cause), .text),
        ]
    }

    private func answer(_ title: String, _ text: String, _ role: Role) -> Line {
        Line([Span(Text.pad(title, to: 16), .muted), Span(text, role)])
    }

    /// A job that failed for good is not tried again, whatever its last cause promises.
    private func remedy(_ cause: Cause) -> String {
        let isOver = job.status == .failed || job.status == .cancelled
        return isOver && cause.disposition == .retry ? "Press R to try again." : cause.remedy
    }

    private func facts(_ context: ScreenContext) -> Line {
        let attempt = job.attempt > 0 ? ", attempt \(job.attempt)" : ""
        let head = "\(job.kind.rawValue) by \(job.trigger.rawValue)\(attempt)"
        guard let started = job.startedAt else {
            return Line("\(head), not started, created \(context.full(job.createdAt))", .muted)
        }
        let end = job.completedAt ?? context.now
        let took = Self.span(end.since(started).milliseconds)
        let ended = job.completedAt.map { "completed \(context.full($0)), took \(took)" } ?? "\(took) so far"
        return Line("\(head), started \(context.full(started)), \(ended)", .muted)
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
