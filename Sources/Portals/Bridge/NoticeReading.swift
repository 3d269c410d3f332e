import Domain
import Wire

/// One notice of the wire in the desk's own terms. Text is made harmless; a value that does not parse is a problem,
/// never a silent "none": a due date lost is a notice missed.
struct NoticeReading: Sendable {
    var facts: NoticeFacts
    var problems: [String] = []

    init(_ notice: BridgeNotice, place: Place) {
        let externalKey = NoticeFacts.key(notice.externalKey)
        facts = NoticeFacts(
            externalKey: externalKey, place: place,
            reference: Self.line(Self.filled(notice.din) ?? Self.filled(notice.referenceId) ?? notice.externalKey, 120),
            form: Self.line(notice.formType, 40), section: Self.line(notice.section, 40),
            summary: Self.line(notice.description ?? notice.sectionTitle, 500), period: Self.period(notice.period))
        facts.issuedOn = date(notice.issueDate, "issue_date", .issuedOn)
        facts.dueOn = date(notice.dueDate, "due_date", .dueOn)
        facts.dueBasis = facts.dueOn == nil ? nil : DueBasis(rawValue: notice.dueDateBasis ?? "portal") ?? .portal
        facts.act = notice.act.flatMap(TaxAct.init(rawValue:))
        tellParticulars(of: notice)
        facts.demand = amount(notice.demand, "demand", .demand)
        facts.rawState = Self.line(notice.rawStatus ?? notice.status, 80)
        let state = notice.status.flatMap(NoticeState.init(rawValue:))
        facts.state = notice.withdrawn == true ? .withdrawn : state ?? (notice.status == nil ? .open : .unknown)
    }

    private mutating func tellParticulars(of notice: BridgeNotice) {
        // The printed letter bears the one number, the row of the portal's list the other.
        if Self.filled(notice.din) != nil { facts.particulars.printedReference = Self.line(notice.referenceId, 120) }
        facts.particulars.proceeding = Self.line(notice.proceedingId, 120)
        facts.particulars.subject = Self.line(notice.subject, 120)
        tell(detail: notice)
    }

    /// What only the detail has. A list's record without it takes nothing away.
    mutating func tell(detail notice: BridgeNotice) {
        if notice.replies == nil, notice.defaultLines == nil {
            facts.unread.insert(.particulars)
            return
        }
        facts.unread.remove(.particulars)
        facts.particulars.replies = (notice.replies ?? []).map { reply in
            NoticeParticulars.Reply(
                id: Self.line(reply.id, 120), kind: Self.line(reply.type, 40),
                submittedOn: date(reply.date, "the date of a reply", nil))
        }
        facts.particulars.defaults = (notice.defaultLines ?? []).map { line in
            NoticeParticulars.DefaultLine(
                code: Self.line(line.code, 20), kind: Self.line(line.type, 200),
                amount: amount(line.amount, "amount of a default", nil),
                reported: amount(line.reported, "reported of a default", nil),
                payable: amount(line.payable, "payable of a default", nil))
        }
    }

    private mutating func date(_ text: String?, _ field: String, _ value: NoticeValue?) -> LegalDate? {
        guard let text = Self.filled(text), text != "NA" else { return nil }
        if let date = LegalDate(text) ?? WireTime.instant(text).map(LegalDate.inIndia), date.isOfNotices { return date }
        complain("\(field) of notice \(facts.externalKey) is no date: \(Self.line(text, 40))", value)
        return nil
    }

    private mutating func amount(_ text: String?, _ field: String, _ value: NoticeValue?) -> Rupees? {
        guard let text = Self.filled(text) else { return nil }
        if let amount = Rupees(text) { return amount }
        complain("\(field) of notice \(facts.externalKey) is no amount: \(Self.line(text, 40))", value)
        return nil
    }

    /// - Parameter value: what keeps the word that it had; nil where no single value does.
    private mutating func complain(_ problem: String, _ value: NoticeValue?) {
        // The list and the detail may both tell of it.
        if !problems.contains(problem) { problems.append(problem) }
        if let value { facts.unread.insert(value) }
    }

    private static func line(_ text: String?, _ limit: Int) -> String {
        text.map { HarmlessText.line($0, limit: limit) } ?? ""
    }
    private static func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    private static func period(_ period: BridgePeriod?) -> String {
        guard let period else { return "" }
        if let month = period.month { return line(month, 20) }
        guard let year = period.startYear, (1900...2200).contains(year) else { return line(period.kind, 20) }
        let years = "\(line(period.kind, 4)) \(year)-\(Digits.padded((year + 1) % 100, 2))"
        return period.quarter.map { "\(years) Q\($0)" } ?? years
    }
}

extension NoticeFacts {
    /// Keys tell notices apart, so they are never shortened or mended: an odd one is named by its hash.
    static func key(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.count <= 200 && text.unicodeScalars.allSatisfy(HarmlessText.isHarmless)
        return isPlain ? text : "sha256:\(ContentHash.sha256(Array(text.utf8)))"
    }
}
