import Domain
import Services

/// What somebody types to find records: words of people, of actions, identities, outcomes, days, and what stands on the
/// screen as `Job 12`.
struct AuditFilter: Sendable, Hashable {
    private(set) var query = AuditQuery()
    /// What could not be understood, in words; empty where all of it was.
    private(set) var problem = ""

    private var offset = 0

    init() {}

    /// - Parameters:
    ///   - offset: seconds east of UTC of the desk.
    ///   - own: who is at the desk, where they see only their own rows.
    init(_ text: String, offset: Int, own: String? = nil) {
        self.offset = offset
        var words = ShownWords.joined(text, Self.phrases).split(whereSeparator: \.isWhitespace).map(String.init)
        while !words.isEmpty {
            let word = words.removeFirst()
            if let next = words.first, takePair(word.lowercased(), next) {
                words.removeFirst()
            } else {
                take(word, word.lowercased(), own)
            }
        }
    }

    /// What several words stand for: outcomes as screens write them, and portals.
    private static let phrases: [(phrase: String, word: String)] =
        [("cut short", "lost"), ("no answer", "lost")]
        + AuditVocabulary.outcomes.filter { $0.contains("_") }.sorted { $0.count > $1.count }
        .map { (AuditWords.outcome($0), $0) } + ShownWords.portals

    /// `Job 12`, `Notice 7`, `GST 27…`: as the column of subjects has it.
    private mutating func takePair(_ kind: String, _ name: String) -> Bool {
        if let portal = ShownWords.portal(kind), let identity = try? PortalIdentity(portal, name) {
            set(subject: "\(portal.rawValue)/\(identity.text)")
            return true
        }
        guard Int64(name).map({ $0 >= 0 }) == true else { return false }
        switch kind {
        case "job": set(job: name)
        case "notice", "business": set(subject: "\(kind)/\(name)")
        case "record": set(subject: "audit/\(name)")
        default: return false
        }
        return true
    }

    private mutating func take(_ word: String, _ lower: String, _ own: String?) {
        if Self.isDayLike(word) {
            take(day: word)
        } else if AuditVocabulary.outcomes.contains(lower) {
            query.outcome = lower
        } else if AuditVocabulary.families.contains(lower) || AuditVocabulary.actions.contains(lower) {
            query.action = lower
        } else if word.contains("/") {
            if lower.hasPrefix("job/") { set(job: String(lower.dropFirst(4))) } else { set(subject: word) }
        } else if lower.contains(".") {
            problem = "there is no action \(word)"
        } else if word.count == 36, word.contains("-") {
            query.correlation = lower
        } else if Self.isIdentity(word) {
            query.identity = word.uppercased()
        } else if let own, word != own {
            problem = "only an admin sees what \(word) did"
        } else {
            query.actor = word
        }
    }

    private mutating func take(day word: String) {
        guard let day = LegalDate(typed: word) else {
            problem = "\(word) is no day; write it as 20-11-2026"
            return
        }
        let start = Instant(seconds: Int64(day.dayNumber) * 86_400 - Int64(offset))
        query.since = min(query.since ?? start, start)
        let end = Instant(milliseconds: start.milliseconds + 86_399_999)
        query.until = max(query.until ?? end, end)
    }

    private mutating func set(job: String) {
        query.correlation = "job/\(job)"
    }

    private mutating func set(subject: String) {
        query.subject = subject
    }

    /// Digits with something between them, which nothing else here is: `20-11-2026`, also `2026-13-45`.
    private static func isDayLike(_ word: String) -> Bool {
        word.contains(where: \.isNumber) && word.contains { "-/.".contains($0) }
            && word.allSatisfy { $0.isASCII && $0.isNumber || "-/.".contains($0) }
    }

    /// Letters and digits, as all of a GSTIN, a PAN or a TAN, or its beginning.
    private static func isIdentity(_ word: String) -> Bool {
        word.count >= 2 && word.contains(where: \.isNumber) && word.allSatisfy { $0.isLetter || $0.isNumber }
    }
}
