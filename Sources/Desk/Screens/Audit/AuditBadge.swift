import Domain
import Services
import TerminalKit

/// What came of a record as glyph, word and colour.
enum AuditBadge {
    static func line(_ event: AuditEvent) -> Line {
        if event.call != nil { return call(event) }
        let words = AuditWords.outcome(event.outcome)
        return switch event.outcome {
        case "done", "filed", "verified", "granted", "sent", "found", "open": Line("✓ \(words)", .success)
        case "damaged", "denied", "refused", "failed", "wrong", "rejected", "not_believed": Line("✗ \(words)", .danger)
        case "unknown", "late", "conflict", "attention": Line("? \(words)", .warning)
        case "not_sent", "not sent": Line("– \(words)", .muted)
        default: Line("· \(words)", .text)
        }
    }

    /// Status and time of an answer, or why there is none.
    private static func call(_ event: AuditEvent) -> Line {
        let end = AuditWords.shortEnd(event)
        if let answer = event.call?.answer {
            let time = AuditWords.time(event)
            let words = time.isEmpty ? end : "\(end) \(time)"
            return answer.status < 400 ? Line("✓ \(words)", .success) : Line("! \(words)", .warning)
        }
        return event.outcome == AuditCallOutcome.notSent.rawValue
            ? Line("– \(end)", .muted) : Line("? \(end)", .warning)
    }
}
