import Domain

/// What people type to filter jobs, as a filter: words in any order, each narrowing further.
///
/// `failed gst 09AAF today harihar`: statuses and portals by name, an identity by its beginning, a day or `from..to`,
/// anything else as part of the business name.
enum ActivityFilterText {
    static let placeholder = "failed  gst  09AAF…  today  20-11-2026  name"

    static func parse(_ text: String, today: LegalDate, utcOffset: Int) -> (filter: ActivityFilter, note: String) {
        var filter = ActivityFilter.everything
        filter.utcOffset = utcOffset
        var names: [Substring] = []
        var note = ""
        for word in ShownWords.joined(text, phrases).split(whereSeparator: \.isWhitespace) {
            let lower = word.lowercased()
            if let status = status(lower) {
                filter.statuses.insert(status)
            } else if let portal = portal(lower) {
                filter.portals.insert(portal)
            } else if let days = days(lower, today: today) {
                filter.days = days
            } else if isIdentity(word), filter.identityPrefix == nil {
                filter.identityPrefix = word.uppercased()
            } else {
                if lower.contains(where: \.isNumber), lower.contains("-") {
                    note = "\(word) is no day such as 20-11-2026"
                }
                names.append(word)
            }
        }
        if !names.isEmpty { filter.businessText = names.joined(separator: " ") }
        return (filter, note)
    }

    /// Words that stand together on the screen, each as the one word that means the same.
    private static let phrases =
        ShownWords.portals
        + ["otp needed", "needs input", "need input", "waits for a person"].map { ($0, "needs_input") }

    private static func status(_ word: String) -> JobStatus? {
        if let status = JobStatus(rawValue: word) { return status }
        switch word {
        case "waiting", "input", "otp", "captcha", "?": return .needsInput
        case "retry", "↻": return .retrying
        case "✓": return .done
        case "✗": return .failed
        case "◌": return .running
        default: return nil
        }
    }

    private static func portal(_ word: String) -> Portal? { ShownWords.portal(word) }

    /// `today`, `yesterday`, `week`, `20-11-2026`, `01-11-2026..20-11-2026`.
    private static func days(_ word: String, today: LegalDate) -> ClosedRange<LegalDate>? {
        switch word {
        case "today": return today...today
        case "yesterday": return today.adding(days: -1)...today.adding(days: -1)
        case "week": return today.adding(days: -6)...today
        default: break
        }
        let ends = word.components(separatedBy: "..").map { LegalDate(typed: $0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
            return nil
        }
        return first...last
    }

    /// Two or more characters that only an identity begins with: a digit among letters, or capitals throughout.
    private static func isIdentity(_ word: Substring) -> Bool {
        guard word.count >= 2, word.count <= 15, word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            return false
        }
        return word.contains(where: \.isNumber) || word.allSatisfy(\.isUppercase)
    }
}

extension String {
    fileprivate func components(separatedBy mark: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(self)
        while let range = rest.firstRange(of: mark) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
