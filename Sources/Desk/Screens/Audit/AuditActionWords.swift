import Domain
import Services
import TerminalKit

/// Actions and outcomes of the trail in words for the screen.
enum AuditActionWords {
    static func title(_ action: String) -> String {
        switch action {
        case "call.authentication": "Call: login"
        case "call.reading": "Call: read"
        case "call.filing": "Call: action"
        case "audit.key": "Signing key"
        case "audit.open": "Opened a body"
        case "audit.export": "Exported the trail"
        case "audit.retention": "Bodies let go"
        case "audit.resume": "Trail resumed"
        case "denied": "Refused to do"
        default:
            action.replacing(".", with: ": ").replacing("_", with: " ").startingUpper
        }
    }

    static func subject(_ subject: String) -> String {
        guard let slash = subject.firstIndex(of: "/"), let portal = Portal(rawValue: String(subject[..<slash])) else {
            return subject
        }
        return "\(portal.shortName) \(subject[subject.index(after: slash)...])"
    }

    static func outcome(_ outcome: String) -> String { outcome.replacing("_", with: " ") }

    /// Glyph, word and colour.
    static func badge(_ outcome: String) -> Line {
        let words = self.outcome(outcome)
        return switch outcome {
        case "done", "answered", "filed", "verified", "granted": Line("✓ \(words)", .success)
        case "denied", "refused", "failed", "wrong", "rejected": Line("✗ \(words)", .danger)
        case "lost", "unknown", "late": Line("? \(words)", .warning)
        case "not_sent": Line("– \(words)", .muted)
        default: Line("· \(words)", .text)
        }
    }

    /// The facts of a deed, as `name value`.
    static func detail(_ event: AuditEvent) -> String {
        let facts = event.detailFacts.sorted { $0.key < $1.key }
        return facts.isEmpty ? event.detail : facts.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
    }
}

/// What somebody types to find records: words of people, of actions, identities, outcomes, days.
enum AuditFilter {
    private static let outcomes: Set<String> = [
        "done", "denied", "refused", "answered", "lost", "unknown", "not_sent", "failed", "filed", "intent",
    ]
    private static let families: Set<String> = [
        "call", "account", "login", "operation", "notice", "provider", "user", "vault", "audit", "business", "schedule",
        "reveal", "gsp", "tds", "job",
    ]

    static func query(_ text: String, offset: Int) -> AuditQuery {
        var query = AuditQuery()
        for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
            let lower = word.lowercased()
            if let day = LegalDate(word) {
                let start = Instant(seconds: Int64(day.dayNumber) * 86_400 - Int64(offset))
                query.since = min(query.since ?? start, start)
                query.until = max(query.until ?? start, Instant(milliseconds: start.milliseconds + 86_399_999))
            } else if outcomes.contains(lower) {
                query.outcome = lower
            } else if families.contains(lower) || lower.contains(".") {
                query.action = lower
            } else if word.contains("/") {
                if lower.hasPrefix("job/") { query.correlation = lower } else { query.subject = word }
            } else if word.count == 36, word.contains("-") {
                query.correlation = lower
            } else if isIdentity(word) {
                query.identity = word.uppercased()
            } else {
                query.actor = word
            }
        }
        return query
    }

    /// Letters and digits, as all of a GSTIN, a PAN or a TAN, or its beginning.
    private static func isIdentity(_ word: String) -> Bool {
        word.count >= 2 && word.contains(where: \.isNumber) && word.allSatisfy { $0.isLetter || $0.isNumber }
    }
}
