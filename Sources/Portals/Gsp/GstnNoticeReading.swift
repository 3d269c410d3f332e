import Domain
import Wire

/// GSTN's notice in the desk's own terms. A date that does not parse is told as unread, never a silent "none".
struct GstnNoticeReading {
    private(set) var facts: NoticeFacts

    init(_ row: GstnNoticeRow, unread: inout [String]) {
        facts = NoticeFacts(
            externalKey: NoticeFacts.key(row.refId), place: .notices,
            reference: HarmlessText.line(row.refId, limit: 120))
        // What the list calls an alert is no form; the detail names that.
        facts.unread.insert(.form)
        facts.issuedOn = Self.date(row.dateOfIssue, "dateOfIssue", row.refId, &unread)
        if !unread.isEmpty { facts.unread.insert(.issuedOn) }
        let before = unread.count
        facts.dueOn = Self.date(row.dateOfRespond, "dateOfRespond", row.refId, &unread)
        if unread.count > before { facts.unread.insert(.dueOn) }
        facts.dueBasis = facts.dueOn == nil ? nil : .portal
        facts.summary = HarmlessText.line("\(row.alertCd), case \(row.arn)", limit: 200)
    }

    static func add(_ detail: GstnNoticeDetail, to facts: inout NoticeFacts, unread: inout [String]) {
        if let type = detail.noticeType, !type.isEmpty {
            facts.form = form(type)
            facts.unread.remove(.form)
        }
        // The list's own date counts; the detail has the same once more.
        if facts.issuedOn == nil, let text = detail.dateOfIssue,
            let issued = date(text, "dateOfIssue", facts.reference, &unread)
        {
            facts.issuedOn = issued
            facts.unread.remove(.issuedOn)
        }
        if let text = detail.dueDateOfReply {
            let before = unread.count
            if let due = date(text, "dueDateOfReply", facts.reference, &unread) {
                facts.dueOn = due
                facts.dueBasis = .portal
                facts.unread.remove(.dueOn)
            } else if unread.count > before, facts.dueOn == nil {
                // One that is known already is not taken away by what nobody can read.
                facts.unread.insert(.dueOn)
            }
        }
        if let period = detail.taxPeriod { facts.period = Self.period(period) }
    }

    /// `DRC01` is written DRC-01 everywhere but on the wire.
    private static func form(_ text: String) -> String {
        let line = HarmlessText.line(text, limit: 40)
        let letters = line.prefix { $0.isLetter }
        let digits = line.dropFirst(letters.count)
        guard letters.count >= 2, let first = digits.first, first.isNumber else { return line }
        return "\(letters)-\(digits)"
    }

    private static func date(
        _ text: String, _ field: String, _ key: String, _ unread: inout [String]
    ) -> LegalDate? {
        if text.isEmpty || text.uppercased() == "NA" { return nil }
        let parts = text.split { $0 == "/" || $0 == "-" }.map { Int($0) }
        if parts.count == 3, let day = parts[0], let month = parts[1], let year = parts[2],
            let date = LegalDate(year: year, month: month, day: day), date.isOfNotices
        {
            return date
        }
        let said = "\(field) of notice \(key) is no date: \(text)"
        unread.append(HarmlessText.line(said, limit: 200))
        return nil
    }

    private static func period(_ period: GstnNoticeDetail.Period) -> String {
        let from = [period.fromMonth, period.fromYear?.text].compactMap(\.self).joined(separator: " ")
        let to = [period.toMonth, period.toYear?.text].compactMap(\.self).joined(separator: " ")
        return HarmlessText.line(from == to || to.isEmpty ? from : "\(from) to \(to)", limit: 40)
    }
}
