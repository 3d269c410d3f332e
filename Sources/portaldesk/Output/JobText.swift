import Domain
import Services

/// `job show` with `--json`: the row of `job list` and who serves the identity.
struct JobDetail: Encodable {
    let job: Job
    let provider: String?
    let isLastAnswerRefused: Bool

    private enum Key: String, CodingKey { case provider, last_answer_refused }

    func encode(to encoder: any Encoder) throws {
        try JobRow(job, sr: nil).encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(provider, forKey: .provider)
        try container.encode(isLastAnswerRefused, forKey: .last_answer_refused)
    }
}

/// `job show` for people: a label and a value a line.
enum JobText {
    /// - Parameter isLastAnswerRefused: whether the job asks again because the portal did not accept what a person answered.
    static func lines(_ job: Job, provider: String?, isLastAnswerRefused: Bool, utcOffset: Int) -> [String] {
        func time(_ instant: Instant?) -> String { instant.map { TimeText.full($0, offset: utcOffset) } ?? "" }
        var fields = [
            ("Job", "\(job.id)"), ("Kind", job.kind.rawValue), ("Portal", job.portal.shortName),
            (job.portal.identityTitle, job.identity.text), ("Business", job.business), ("Provider", provider ?? ""),
            ("Status", job.status.title), ("Progress", job.progress.map { "\($0) %" } ?? ""),
            ("Attempt", "\(job.attempt)"), ("Trigger", job.trigger.rawValue), ("Created", time(job.createdAt)),
            ("Started", time(job.startedAt)), ("Completed", time(job.completedAt)), ("Next try", time(job.nextTryAt)),
            ("New notices", "\(job.noticesNew)"), ("Cause", job.cause?.title ?? ""), ("Message", job.message),
        ]
        if isLastAnswerRefused { fields.append(("Note", WaitingJob.refusedText)) }
        if let cause = job.cause, job.status != .done {
            let isOver = job.status == .failed
            fields += [
                ("Meaning", isOver ? cause.meaningWhenOver : cause.meaning),
                (
                    "What to do",
                    job.status == .needsInput
                        ? Cause.remedyWhileWaiting : isOver ? cause.remedyWhenOver : cause.remedy
                ),
            ]
        }
        return Labelled.lines(fields)
    }
}

/// Labels and values, aligned; what has no value shows a dash.
enum Labelled {
    static func lines(_ fields: [(label: String, value: String)]) -> [String] {
        let width = (fields.map(\.label.count).max() ?? 0) + 2
        return fields.map { field in
            let value = HarmlessText.line(field.value, limit: 4_000)
            return field.label + String(repeating: " ", count: width - field.label.count)
                + (value.isEmpty ? "-" : value)
        }
    }
}
