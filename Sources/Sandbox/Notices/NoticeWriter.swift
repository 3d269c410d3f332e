import Domain
import Wire

/// Fills one template with numbers, dates and documents.
struct NoticeWriter {
    let account: DemoAccount
    let template: NoticeTemplate
    let number: Int
    let baseDate: LegalDate

    func write(using random: inout SeededRandom) -> SandboxNotice {
        let identity = account.identity
        let id = "\(identity.portal.rawValue)~\(identity.text)~\(template.place.rawValue)~\(number)"
        let issued = issueDate(using: &random)
        let reference = reference(issued: issued, using: &random)
        var notice = BridgeNotice(
            id: id, portal: identity.portal.rawValue, identity: identity.text, place: template.place.rawValue,
            externalKey: key(reference), version: 1, updatedAt: "")
        notice.referenceId = reference
        notice.din = din(reference, using: &random)
        notice.act = issued.year >= 2026 && issued.month >= 4 ? "2025" : "1961"
        notice.section = random.below(11) == 0 || template.section.isEmpty ? nil : template.section
        notice.sectionTitle = template.title
        notice.formType = template.form.isEmpty ? nil : template.form
        notice.period = period(issued, using: &random)
        notice.description = description()
        notice.issueDate = "\(issued)"
        fillDue(&notice, issued: issued, using: &random)
        notice.status = template.status
        notice.rawStatus = template.status == "open" ? "Pending for reply" : "Closed"
        if template.place == .thirdPartyFya || template.place == .thirdPartyFyi {
            notice.subject = "AAXPZ\(random.digits(4))A"
        }
        let lines = identity.portal == .traces && template.hasDemand ? defaultLines(using: &random) : []
        if template.hasDemand {
            notice.demand = lines.isEmpty ? rupees(random.below(9_000_000) + 50_000) : total(lines)
        }
        return SandboxNotice(
            notice: notice, documents: documents(id, notice), replies: replies(id, issued), lines: lines,
            updatedAt: Instant(milliseconds: 0))
    }

    private func issueDate(using random: inout SeededRandom) -> LegalDate {
        let age = template.status == "open" ? random.below(26) + 1 : random.below(300) + 40
        return baseDate.adding(days: -age)
    }

    private func reference(issued: LegalDate, using random: inout SeededRandom) -> String {
        switch account.identity.portal {
        case .gst:
            DemoIdentifiers.gstReference(
                state: String(account.identity.text.prefix(2)), letter: template.hasDemand ? "D" : "A",
                month: issued.month, year: issued.year, number: random.below(1_000_000))
        case .incomeTax:
            "ITBA/\(template.place == .demand ? "DEM" : "AST")/S/\(random.digits(3))/\(issued.year)/\(random.digits(10))(1)"
        case .traces: "\(random.digits(4))/\(account.identity.text.prefix(3))/\(issued.year)/\(random.digits(6))"
        }
    }

    /// References are random; the number keeps keys of one identity apart for certain.
    private func key(_ reference: String) -> String {
        account.identity.portal == .gst ? reference : "\(template.place.rawValue):\(number):\(reference.suffix(13))"
    }

    private func din(_ reference: String, using random: inout SeededRandom) -> String? {
        guard account.identity.portal == .incomeTax, template.place != .returns, random.below(9) != 0 else {
            return nil
        }
        return "1\(random.digits(11))"
    }

    private func period(_ issued: LegalDate, using random: inout SeededRandom) -> BridgePeriod {
        let yearStart = issued.month >= 4 ? issued.year : issued.year - 1
        switch account.identity.portal {
        case .gst:
            return BridgePeriod(kind: "MMYYYY", month: Digits.padded(max(issued.month - 1, 1), 2) + "\(issued.year)")
        case .incomeTax: return BridgePeriod(kind: "AY", startYear: yearStart - 1 - random.below(3))
        case .traces: return BridgePeriod(kind: "FY", startYear: yearStart - 1, quarter: random.below(4) + 1)
        }
    }

    private func fillDue(_ notice: inout BridgeNotice, issued: LegalDate, using random: inout SeededRandom) {
        guard let length = template.due, random.below(10) != 0 else { return }
        notice.dueDate = "\(length.last(after: issued, WorkingCalendar()))"
        notice.dueDateBasis = "portal"
    }

    private func description() -> String {
        guard account.outcome == .hostileText else { return template.title }
        return HostileText.samples[number % HostileText.samples.count]
    }

    private func defaultLines(using random: inout SeededRandom) -> [BridgeDefaultLine] {
        let kinds = [
            ("1", "Short payment"), ("2", "Short deduction"), ("3a", "Interest on late payment u/s 201(1A)"),
            ("4a", "Interest on late deduction u/s 201(1A)"), ("5a", "Late filing fee u/s 234E"),
        ]
        return kinds.compactMap { kind in
            guard random.below(2) == 0 || kind.0 == "1" else { return nil }
            let amount = rupees((random.below(4_000) + 10) * 10)
            return BridgeDefaultLine(code: kind.0, type: kind.1, amount: amount, reported: "0.00", payable: amount)
        }
    }

    private func total(_ lines: [BridgeDefaultLine]) -> String {
        Rupees(paise: lines.reduce(0) { $0 + (Rupees($1.payable)?.paise ?? 0) }).decimalText
    }

    private func rupees(_ amount: Int) -> String { Rupees(paise: Int64(amount) * 100).decimalText }

    private func documents(_ id: String, _ notice: BridgeNotice) -> [SandboxDocument] {
        let count = template.place == .requests ? 0 : number % 5 == 3 ? 4 : 1
        return (0..<count).map { position in
            SandboxDocument(
                id: "\(id)~d\(position)", name: position == 0 ? "Notice.pdf" : "Annexure \(position).pdf",
                title: "\(template.form) \(template.section) \(template.title)",
                lines: [
                    "SIMULATED - this is no notice", notice.externalKey, account.identity.text, "Page \(position + 1)",
                ],
                kind: position == 0 ? "notice" : "annexure")
        }
    }

    private func replies(_ id: String, _ issued: LegalDate) -> [BridgeReply] {
        guard template.status == "closed" else { return [] }
        return (1...3).map { BridgeReply(id: "\(id)~r\($0)", date: "\(issued.adding(days: $0 * 4))", type: "Reply") }
    }
}

/// What a hostile portal could put into a text.
enum HostileText {
    static let samples = [
        "\u{1B}]0;owned\u{7}\u{1B}[2J\u{1B}[31mred\u{1B}[0m\u{9B}5mblink",
        "paid \u{202E}000,1 sR\u{202C}\u{2066}x\u{2069} now\r\nFORGED LINE\t\u{0}\u{8}",
        String(repeating: "A very long line. ", count: 60_000),
    ]
}
