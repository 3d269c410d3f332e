import Domain
import Wire

/// One proceeding of the simulated portal with its notices. Ids are numbers drawn from the world's seed, so that they
/// are the same after a restart.
struct EFilingCase: Sendable {
    let account: DemoAccount
    let place: Place
    let id: String
    let notices: [SandboxNotice]
    let numbers: EFilingNumbers
    /// Closed since the notices were written, and in no list any more.
    var hasVanished = false

    var isClosed: Bool { hasVanished || notices.allSatisfy { $0.notice.status == "closed" } }
    private var pan: String { notices.first?.notice.subject ?? account.identity.text }

    /// A proceeding is about one year, whatever its notices were written for.
    private var year: Int? { notices.compactMap(\.notice.period?.startYear).max() }

    var row: EFilingProceeding {
        var row = EFilingProceeding(id: id)
        let section = notices.compactMap(\.notice.section).first
        row.proceedingName = section.map { "Proceeding u/s \($0)" } ?? "Proceeding"
        row.pan = pan
        row.nameOfAssesse = pan == account.identity.text ? "SAMPLE NAME" : "SAMPLE NAME OF ANOTHER"
        if account.outcome == .taxYear {
            row.financialYr = "2026"
        } else {
            row.assessmentYear = year.map { LooseText(String($0)) }
            row.financialYr = year.map { LooseText(String($0 - 1)) }
        }
        row.viewNoticeCount = LooseText(Int64(notices.count))
        row.proceedingType = isClosed ? "C" : "I"
        row.proceedingStatus = isClosed ? "C" : "O"
        if let date = issued(notices.first) {
            row.proceedingStatusDetails = [.init(isClosed ? "Closed" : "Open", at: EFilingNumbers.moment(date))]
        }
        row.lastResponseSubmittedOn = moment(notices.flatMap(\.replies).compactMap(\.date).max())
        // Only some rows of the real list tell the dates.
        if let only = notices.first, notices.count == 1 {
            row.issuedOn = moment(only.notice.issueDate)
            row.servedOn = only.notice.dueDate == nil ? nil : moment(only.notice.issueDate, hour: 13)
            row.responseDueDate = moment(only.notice.dueDate, hour: 18)
        }
        if isClosed { row.proceedingClosureOrder = LooseText(String(numbers.of("closure \(id)"))) }
        return row
    }

    func sequence(_ notice: SandboxNotice) -> String { String(numbers.of("sequence \(notice.notice.id)")) }

    func row(_ notice: SandboxNotice) -> EFilingNotice {
        let facts = notice.notice
        var row = EFilingNotice(sequence: sequence(notice))
        row.documentIdentificationNumber = facts.din.map { LooseText($0) }
        row.documentReferenceId = facts.referenceId.map { LooseText($0) }
        row.noticeSection = account.outcome == .taxYear ? facts.section.map(Self.ofNewAct) : facts.section
        row.description = facts.description.map { "[ITBA]\($0)" }
        row.issuedOn = moment(facts.issueDate)
        row.servedOn = facts.dueDate == nil ? nil : moment(facts.issueDate, hour: 13)
        row.responseDueDate = moment(facts.dueDate, hour: 18)
        if account.outcome != .taxYear { row.ay = year.map { LooseText(Int64($0)) } }
        row.pan = pan
        row.respStatus = notice.replies.isEmpty ? nil : "S"
        row.isSubmitted = notice.replies.isEmpty ? nil : "Y"
        row.responseViewedByAoOn = isClosed ? moment(notice.replies.last?.date, hour: 16) : nil
        row.lastResponseSubmittedOn = moment(notice.replies.last?.date)
        row.proceedingStatus = isClosed ? "C" : "O"
        return row
    }

    /// Where the 2025 Act has what the section of the old one said (facts: income-tax-traces 8).
    private static func ofNewAct(_ section: String) -> String {
        switch section.prefix(while: \.isNumber) {
        case "131": "246"
        case "133": "252"
        case "139": "263"
        case "142": "268"
        case "143": "270"
        case "148": "279"
        case "154": "287"
        case "250": "359"
        default: section
        }
    }

    // MARK: Files

    func letters(_ notice: SandboxNotice) -> [EFilingFile] {
        notice.documents.enumerated().map { position, document in
            let base = document.name.hasSuffix(".pdf") ? String(document.name.dropLast(4)) : document.name
            let stamp = issued(notice).map { "_" + EFilingFile.stamp($0) } ?? ""
            return EFilingFile(
                id: numbers.of("letter \(document.id)"),
                name: "\(sequence(notice))_\(pan)_\(base)\(stamp).pdf.gz", title: document.title, lines: document.lines,
                form: account.outcome == .wrongHash && position == 0 ? .page : .pdf)
        }
    }

    func replies(_ notice: SandboxNotice) -> [(row: EFilingReply, file: EFilingFile?)] {
        var rows: [(EFilingReply, EFilingFile?)] = notice.replies.map { reply in
            let file = EFilingFile(
                id: numbers.of("attachment \(reply.id)"), name: "Reply of \(reply.date ?? "that day").pdf",
                title: "Reply",
                lines: ["SIMULATED - no reply", account.identity.text])
            var row = EFilingReply(id: numbers.of("reply \(reply.id)"))
            row.respType = "FR"
            row.remarks = "Reply with documents"
            row.remarksHash = String(numbers.of("remarks \(reply.id)"), radix: 16)
            row.submittedOn = moment(reply.date)
            row.attachmentLst = [EFilingAttachment(docId: file.id, name: file.name, category: "Others")]
            return (row, file)
        }
        if !rows.isEmpty {
            var empty = EFilingReply(id: numbers.of("empty reply \(notice.notice.id)"))
            empty.remarks = " "
            rows.append((empty, nil))
        }
        return rows
    }

    /// What ended the proceeding: order, computation, demand notice. None for open ones.
    var orders: [EFilingFile] {
        guard isClosed, let first = notices.first, let date = issued(first)?.adding(days: 30) else { return [] }
        return ["Order us 143(3)", "Computation Sheet", "Demand Notice us 156"].map { title in
            let number = numbers.of("order \(id) \(title)")
            return EFilingFile(
                id: number, name: "\(id)_\(date.year)_AST_\(pan)_\(title)_\(number)(1)_\(EFilingFile.stamp(date)).pdf",
                title: title, lines: ["SIMULATED - this is no order", pan])
        }
    }

    private func issued(_ notice: SandboxNotice?) -> LegalDate? { notice?.notice.issueDate.flatMap { LegalDate($0) } }

    private func moment(_ date: String?, hour: Int64 = 10) -> LooseText? {
        date.flatMap { LegalDate($0) }.map { LooseText(EFilingNumbers.moment($0, hour: hour)) }
    }
}

/// Numbers for ids, and moments in the portal's milliseconds.
struct EFilingNumbers: Sendable {
    let seed: UInt64

    /// Nine digits for each name.
    func of(_ name: String) -> Int64 {
        var random = SeededRandom(seed, "efiling \(name)")
        return 100_000_000 + Int64(random.below(900_000_000))
    }

    /// A moment of that day in India, not midnight.
    static func moment(_ date: LegalDate, hour: Int64 = 10) -> Int64 {
        (Int64(date.dayNumber) * 86_400 - 19_800 + hour * 3_600 + 268) * 1_000
    }
}
