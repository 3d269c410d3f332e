import Domain
import Portals
import Store

/// What a job's log says of its own steps.
extension JobReporter {
    static func entry(for reading: PlaceReading, at now: Instant) -> JobLogEntry {
        let name = reading.place.title
        let text =
            switch reading.outcome {
            case .read: "\(name): \(reading.count) read"
            case .empty: "\(name): empty"
            default: "\(name): \(reading.outcome.title.lowercased())"
            }
        let isGood = reading.outcome.isAnswer && reading.message.isEmpty
        return JobLogEntry(
            at: now, level: isGood ? .info : .warning, step: "place",
            message: HarmlessText.line(reading.message.isEmpty ? text : "\(text): \(reading.message)"))
    }

    static func gone(_ count: Int, at now: Instant) -> JobLogEntry {
        let message = "\(Counted.text(count, "notice")) of before \(count == 1 ? "is" : "are") gone from the portal"
        return JobLogEntry(at: now, level: .info, step: "notice", message: message)
    }

    static func dropped(at now: Instant) -> JobLogEntry {
        let message = "this attempt had lost its lease; its outcome was dropped"
        return JobLogEntry(at: now, level: .warning, step: "lease", message: message)
    }

    static func entry(for outcome: JobOutcome, at now: Instant) -> JobLogEntry? {
        switch outcome {
        case .done: nil
        case .released:
            JobLogEntry(at: now, level: .info, step: "release", message: "given back; the same attempt goes on later")
        case .failed(let cause, _): JobLogEntry(at: now, level: .error, step: "failed", message: cause.meaningWhenOver)
        case .gaveUp(let cause, _):
            JobLogEntry(
                at: now, level: .error, step: "failed", message: "\(Cause.gaveUp.meaning) \(cause.meaningWhenOver)")
        case .retry(let at, _, _):
            JobLogEntry(
                at: now, level: .warning, step: "retry",
                message: "next try in \(max(0, at.since(now).components.seconds)) s")
        case .needsInput(let cause, _, _, _):
            JobLogEntry(at: now, level: .warning, step: "wait", message: cause.meaning)
        case .cancelled: JobLogEntry(at: now, level: .info, step: "cancel", message: "cancelled by a person")
        }
    }
}
