import Domain
import Transport

extension AuditWords {
    /// Where a call went and how it ended: `POST irp.example/Invoice, HTTP 200, 231 ms`.
    static func call(_ event: AuditEvent, _ call: AuditCall) -> String {
        let parts = ["\(call.method) \(call.host)\(call.route)", callEnd(event), time(event)]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// How long it took; empty where that is not known.
    public static func time(_ event: AuditEvent) -> String {
        guard let time = event.microseconds else { return "" }
        if (1..<1_000).contains(time) { return "<1 ms" }
        return time < 10_000_000 ? "\(time / 1_000) ms" : "\(Int(time / 1_000_000).grouped) s"
    }

    /// How a call ended, in words: `HTTP 200`, `no answer: outcome unknown (no answer came in the time allowed)`.
    public static func callEnd(_ event: AuditEvent) -> String {
        if let answer = event.call?.answer { return "HTTP \(answer.status)" }
        let facts = event.detailFacts
        let kind = facts["why"].flatMap { TransportFailure.Kind(rawValue: $0) }
        let why = kind?.words ?? facts["why"] ?? ""
        switch AuditCallOutcome(rawValue: event.outcome) {
        case .notSent: return with("nothing was sent", why)
        case .lost:
            // Its status line came, and then no more.
            if let status = facts["status"] {
                let words = kind == .cutShort ? "answer cut short" : with("no whole answer", why)
                return "\(words) after HTTP \(status): outcome unknown"
            }
            return "no answer: outcome unknown\(why.isEmpty ? "" : " (\(why))")"
        case .unknown: return "outcome unknown: the program ended before it could say"
        default: return outcome(event.outcome)
        }
    }

    /// The same in two words, for a column.
    public static func shortEnd(_ event: AuditEvent) -> String {
        if let answer = event.call?.answer { return "\(answer.status)" }
        guard event.outcome == AuditCallOutcome.lost.rawValue else { return outcome(event.outcome) }
        let facts = event.detailFacts
        return facts["status"].map { "cut short \($0)" } ?? "no answer"
    }
}
