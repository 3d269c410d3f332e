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
        let printed = notice.documentReferenceId?.filled
        let reference = din ?? printed ?? sequence ?? ""
        let time = EFilingPeriod(notice.ay ?? row.assessmentYear, Self.financialYear(notice, row))
        facts = NoticeFacts(
            externalKey: EFilingKey.plain(key), place: place, reference: HarmlessText.line(reference, limit: 120),
            section: HarmlessText.line(notice.noticeSection ?? "", limit: 40),
            summary: Self.summary(notice, row, user: user),
            period: time.text)
        facts.act = time.act(section: facts.section, words: notice.description ?? "")
        facts.particulars.proceeding = HarmlessText.line(proceeding, limit: 120)
        // The letter bears the one number, the row of the list the other.
        if let printed, printed != reference {
            facts.particulars.printedReference = HarmlessText.line(printed, limit: 120)
        }
        if let pan = row.pan, pan.uppercased() != user { facts.particulars.subject = HarmlessText.line(pan, limit: 20) }
        facts.issuedOn = date(notice.issuedOn, "issuedOn", .issuedOn)
        facts.servedOn = date(notice.servedOn, "servedOn", .servedOn)
        facts.dueOn = date(notice.responseDueDate, "responseDueDate", .dueOn)
        facts.dueBasis = facts.dueOn == nil ? nil : .portal
        let isClosed = row.proceedingStatus == "C" || notice.proceedingStatus == "C"
        facts.state = isClosed ? .closed : .open
        let said = row.proceedingStatusDetails?.last?.statusText ?? (isClosed ? "Closed" : "Open")
        facts.rawState = HarmlessText.line(said, limit: 80)
    }

    /// The portal's own flag is wrong at times; what can be fetched is the truth.
    mutating func apply(_ replies: [NoticeParticulars.Reply]) {
        facts.particulars.replies = replies
        guard facts.state != .closed, !replies.isEmpty else { return }
        facts.state = replies.contains { $0.kind.isEmpty || $0.kind == "FR" } ? .replied : .partlyReplied
    }

    /// What hangs on the notice as it was read before.
    mutating func takeOver(_ before: NoticeFacts) {
        apply(before.particulars.replies)
        facts.documents = before.documents
        facts.particulars.mark = before.particulars.mark
        facts.particulars.leftOut = before.particulars.leftOut
    }

    static func reply(_ reply: EFilingReply) -> NoticeParticulars.Reply {
        NoticeParticulars.Reply(
            id: HarmlessText.line(reply.responseId?.filled ?? "", limit: 120),
            kind: HarmlessText.line(reply.respType ?? "", limit: 40),
            text: HarmlessText.block(reply.remarks ?? ""), submittedOn: EFilingDates.date(reply.submittedOn),
            attachments: (reply.attachmentLst ?? []).map {
                HarmlessText.line($0.attachmentName ?? "attachment", limit: 200)
            })
    }

    /// The proceeding's own financial year belongs to its assessment year, and to no other one.
    private static func financialYear(_ notice: EFilingNotice, _ row: EFilingProceeding) -> LooseText? {
        guard let own = notice.ay?.filled, let year = row.assessmentYear?.filled else { return row.financialYr }
        return own == year ? row.financialYr : nil
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
    /// How the keys of closing orders begin.
    static let keyPrefix = "doc:"

    static func facts(
        _ document: EFilingClosureDocument, _ id: String, in row: EFilingProceeding, place: Place
    ) -> NoticeFacts {
        let parts = base(document.docNam ?? "").split(separator: "_")
        let isStamped = parts.count >= 3 && stamp(parts[parts.count - 1]) != nil
        let title = isStamped ? String(parts[parts.count - 3]) : document.docNam ?? "Closing order"
        let reference = isStamped ? String(parts[parts.count - 2]) : id
        let time = EFilingPeriod(row.assessmentYear, row.financialYr)
        var facts = NoticeFacts(
            externalKey: EFilingKey.plain(keyPrefix + id), place: place,
            reference: HarmlessText.line(reference, limit: 120), section: section(title),
            summary: HarmlessText.line("\(title), \(row.proceedingName ?? "proceeding closed")", limit: 500),
            period: time.text, state: .closed, rawState: "Closed")
        facts.act = time.act(section: facts.section, words: title)
        if demandsMoney(facts.section, title) {
            // The proceeding is closed, the debt is not; whether it was paid is told nowhere here, so people say it.
            (facts.state, facts.rawState) = (.open, "")
        }
        facts.particulars.proceeding = HarmlessText.line(row.proceedingReqId?.filled ?? "", limit: 120)
        facts.issuedOn = parts.last.flatMap(stamp)
        return facts
    }

    /// Section 156, or 289 of the 2025 Act: 30 days to pay (facts: income-tax-traces 8).
    private static func demandsMoney(_ section: String, _ title: String) -> Bool {
        section == "156" || section == "289" || section.isEmpty && title.lowercased().contains("demand notice")
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
