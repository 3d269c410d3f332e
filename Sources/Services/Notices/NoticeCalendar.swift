import Domain

/// Due dates as an iCalendar file (RFC 5545): all-day events with identifiers that stay, so that a calendar which takes
/// the file again moves its events instead of doubling them.
enum NoticeCalendar {
    static let head = lines([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PortalDesk//Notices and Orders//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "X-WR-CALNAME:Notices & Orders",
    ])
    static let tail = lines(["END:VCALENDAR"])

    /// nil for a notice that never had a due date.
    ///
    /// - Parameters:
    ///   - house: names the workspace; a part of the identifier.
    ///   - now: when the file is made.
    static func event(_ notice: Notice, house: String, now: Instant) -> String? {
        guard let day = notice.due?.on ?? notice.lastDueOn else { return nil }
        let isOver = notice.due == nil || !notice.facts.state.needsSomebody
        // Both only grow, so a later state of the event always has the greater number.
        let sequence = notice.version - 1 + notice.dueMoves
        var properties = [
            "BEGIN:VEVENT", "UID:notice-\(notice.id.rawValue)@\(house).portaldesk", "DTSTAMP:\(stamp(now))",
            "SEQUENCE:\(sequence)", "DTSTART;VALUE=DATE:\(date(day))",
            "DTEND;VALUE=DATE:\(date(day.adding(days: 1)))", "SUMMARY:\(text(summary(notice)))",
            "DESCRIPTION:\(text(description(notice)))", "TRANSP:TRANSPARENT", "CLASS:CONFIDENTIAL",
            // What is done disappears from calendars instead of nagging on.
            "STATUS:\(isOver ? "CANCELLED" : "CONFIRMED")",
        ]
        if !notice.work.tags.isEmpty {
            properties.append("CATEGORIES:\(notice.work.tags.map(text).joined(separator: ","))")
        }
        return lines(properties + ["END:VEVENT"])
    }

    private static func summary(_ notice: Notice) -> String {
        let what = [notice.facts.form, notice.facts.section].filter { !$0.isEmpty }.joined(separator: " ")
        let kind = what.isEmpty ? notice.facts.reference : what
        let name = notice.business.isEmpty ? notice.identity.text : notice.business
        let mark =
            switch notice.due?.basis {
            case .computed: " (computed date)"
            case .manual: " (date set by hand)"
            default: ""
            }
        return HarmlessText.line("\(kind): \(name)\(mark)", limit: 300)
    }

    private static func description(_ notice: Notice) -> String {
        let facts = notice.facts
        let parts = [
            facts.summary, "\(notice.identity.portal.shortName) \(notice.identity)", "Reference \(facts.reference)",
            facts.period.isEmpty ? "" : "Period \(facts.period)",
            facts.demand.map { "Demand Rs. \($0.grouped)" } ?? "", "State: \(facts.state.title)",
            notice.work.assignee.map { "With \($0)" } ?? "",
        ]
        return parts.filter { !$0.isEmpty }.map { HarmlessText.line($0, limit: 500) }.joined(separator: "\n")
    }

    /// Section 3.3.11: backslash, semicolon, comma and line break are escaped; other controls do not occur.
    private static func text(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result.append(contentsOf: ["\\", scalar])
            case "\n": result.append(contentsOf: ["\\", "n"])
            default: if HarmlessText.isHarmless(scalar) { result.append(scalar) }
            }
        }
        return String(result)
    }

    private static func date(_ day: LegalDate) -> String { day.description.filter { $0 != "-" } }

    /// `20261120T131200Z`.
    private static func stamp(_ instant: Instant) -> String {
        TimeText.rfc3339(instant).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private static func lines(_ properties: [String]) -> String { properties.map { folded($0) + "\r\n" }.joined() }

    /// Section 3.1: no line is longer than 75 bytes; a continuation begins with a blank. Never within a character.
    private static func folded(_ line: String) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if count + size > 75 {
                result.append(contentsOf: ["\r", "\n", " "])
                count = 1
            }
            result.append(scalar)
            count += size
        }
        return String(result)
    }
}
