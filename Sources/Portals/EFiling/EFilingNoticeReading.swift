import Domain
import Wire

/// Dates of this portal: milliseconds, Java Date text, or an ISO date. The day is India's.
enum EFilingDates {
    static func date(_ value: LooseText?) -> LegalDate? {
        guard let text = value?.filled else { return nil }
        if let milliseconds = Int64(text), milliseconds > 0, milliseconds < 4_102_444_800_000 {
            return LegalDate.inIndia(Instant(milliseconds: milliseconds))
        }
        return (JavaDateText.date(text) ?? LegalDate(text)).flatMap { $0.isOfNotices ? $0 : nil }
    }

    /// `AY 2024-25` for the year in which it starts.
    static func assessmentYear(_ value: LooseText?) -> String {
        guard let text = value?.filled else { return "" }
        guard let year = Int(text), (1900...2200).contains(year) else { return HarmlessText.line(text, limit: 20) }
        return "AY \(year)-\(Digits.padded((year + 1) % 100, 2))"
    }
}

/// One notice of a proceeding in the desk's own terms. A value that does not parse is a problem, never a silent "none".
struct EFilingNoticeReading: Sendable {
    var facts: NoticeFacts
    var problems: [String] = []

    /// nil for a notice with neither DIN nor number: nothing would tell it apart.
    init?(_ notice: EFilingNotice, in row: EFilingProceeding, place: Place, user: String) {
        let din = notice.documentIdentificationNumber?.filled
        let sequence = notice.headerSeqNo?.filled
        let proceeding = row.proceedingReqId?.filled ?? ""
        guard let key = din.map({ "din:\($0)" }) ?? sequence.map({ "seq:\(proceeding)/\($0)" }) else { return nil }
        let reference = din ?? notice.documentReferenceId?.filled ?? sequence ?? ""
        facts = NoticeFacts(
            externalKey: EFilingKey.plain(key), place: place, reference: HarmlessText.line(reference, limit: 120),
            section: HarmlessText.line(notice.noticeSection ?? "", limit: 40),
            summary: Self.summary(notice, row, user: user),
            period: EFilingDates.assessmentYear(notice.ay ?? row.assessmentYear))
        facts.issuedOn = date(notice.issuedOn, "issuedOn", .issuedOn)
        // It only helps to compute a date: one that is odd fails nothing.
        facts.servedOn = EFilingDates.date(notice.servedOn)
        facts.dueOn = date(notice.responseDueDate, "responseDueDate", .dueOn)
        facts.dueBasis = facts.dueOn == nil ? nil : .portal
        let isClosed = row.proceedingStatus == "C" || notice.proceedingStatus == "C"
        facts.state = isClosed ? .closed : .open
        let said = row.proceedingStatusDetails?.last?.statusText ?? (isClosed ? "Closed" : "Open")
        facts.rawState = HarmlessText.line(said, limit: 80)
    }

    /// The portal's own flag is wrong at times; what can be fetched is the truth.
    mutating func apply(_ replies: [EFilingReply]) {
        guard facts.state != .closed, !replies.isEmpty else { return }
        facts.state = replies.contains { $0.respType == nil || $0.respType == "FR" } ? .replied : .partlyReplied
    }

    private mutating func date(_ value: LooseText?, _ field: String, _ fact: NoticeValue) -> LegalDate? {
        let date = EFilingDates.date(value)
        if date == nil, let text = value?.filled {
            facts.unread.insert(fact)
            problems.append("\(field) of notice \(facts.reference) is no date: \(HarmlessText.line(text, limit: 40))")
        }
        return date
    }

    private static func summary(_ notice: EFilingNotice, _ row: EFilingProceeding, user: String) -> String {
        var text = notice.description ?? row.proceedingName ?? ""
        if text.hasPrefix("[ITBA]") { text = String(text.dropFirst(6)) }
        if let pan = row.pan, pan.uppercased() != user {
            text += " (about \(row.nameOfAssesse.map { "\($0), " } ?? "")\(pan))"
        }
        return HarmlessText.line(text, limit: 500)
    }
}

/// A document that ended a proceeding. It has neither DIN nor date: its file name tells what it is and when it was made,
/// as in `…_AST_AAAPZ1000A_Order us 143(3)_1086883937(1)_05032026.pdf`.
enum EFilingOrderReading {
    static func facts(
        _ document: EFilingClosureDocument, _ id: String, in row: EFilingProceeding, place: Place
    ) -> NoticeFacts {
        let parts = base(document.docNam ?? "").split(separator: "_")
        let isStamped = parts.count >= 3 && stamp(parts[parts.count - 1]) != nil
        let title = isStamped ? String(parts[parts.count - 3]) : document.docNam ?? "Closing order"
        let reference = isStamped ? String(parts[parts.count - 2]) : id
        var facts = NoticeFacts(
            externalKey: EFilingKey.plain("doc:\(id)"), place: place,
            reference: HarmlessText.line(reference, limit: 120), section: section(title),
            summary: HarmlessText.line("\(title), \(row.proceedingName ?? "proceeding closed")", limit: 500),
            period: EFilingDates.assessmentYear(row.assessmentYear), state: .closed, rawState: "Closed")
        facts.issuedOn = parts.last.flatMap(stamp)
        return facts
    }

    private static func base(_ name: String) -> String {
        var text = name
        for ending in [".gz", ".pdf"] where text.lowercased().hasSuffix(ending) {
            text = String(text.dropLast(ending.count))
        }
        return text
    }

    /// DDMMYYYY.
    private static func stamp(_ text: Substring) -> LegalDate? {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            return nil
        }
        return LegalDate(year: number % 10_000, month: number / 10_000 % 100, day: number / 1_000_000)
    }

    /// What follows `us`, as in "Order us 143(3)".
    private static func section(_ title: String) -> String {
        let words = title.split(separator: " ")
        guard let mark = words.firstIndex(where: { $0.lowercased() == "us" || $0.lowercased() == "u/s" }),
            mark + 1 < words.count
        else { return "" }
        return HarmlessText.line(words[mark + 1], limit: 40)
    }
}

/// Keys tell notices apart, so they are never shortened or mended: an odd one is named by its hash.
enum EFilingKey {
    static func plain(_ text: String) -> String {
        let isPlain = text.utf8.count <= 200 && text.unicodeScalars.allSatisfy(HarmlessText.isHarmless)
        return isPlain ? text : "sha256:\(ContentHash.sha256(Array(text.utf8)))"
    }
}
