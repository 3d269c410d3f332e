import Domain
import Wire

/// All that the simulated portal shows to one user in one session.
struct EFilingShelf: Sendable {
    let account: DemoAccount
    let numbers: EFilingNumbers
    let cases: [EFilingCase]
    private let demandNotices: [SandboxNotice]
    private let returnNotices: [SandboxNotice]

    init(_ account: DemoAccount, book: NoticeBook, ordinal: Int) {
        self.account = account
        let numbers = EFilingNumbers(seed: book.seed)
        self.numbers = numbers
        let shown = book.notices(of: account, ordinal: ordinal).filter { $0.notice.withdrawn != true }
        let byPlace = Dictionary(grouping: shown) { Place(rawValue: $0.notice.place) }
        cases = [Place.selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi].flatMap { place in
            Self.pairs(byPlace[place] ?? []).map { pair, notices in
                EFilingCase(
                    account: account, place: place, id: String(numbers.of("case \(account.identity) \(place) \(pair)")),
                    notices: notices, numbers: numbers)
            }
        }
        demandNotices = (byPlace[.demand] ?? []) + (byPlace[.setOff245] ?? [])
        returnNotices = byPlace[.returns] ?? []
    }

    /// Two notices make a proceeding, so that proceedings with several notices are common.
    private static func pairs(_ notices: [SandboxNotice]) -> [(Int, [SandboxNotice])] {
        let grouped = Dictionary(grouping: notices) { notice in
            (Int(notice.notice.id.split(separator: "~").last ?? "") ?? 0) / 2
        }
        return grouped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func cases(in place: Place) -> [EFilingCase] { cases.filter { $0.place == place } }
    func find(_ id: String?) -> EFilingCase? { cases.first { $0.id == id } }

    // MARK: Demands

    var demands: [EFilingDemand] { demandNotices.map(demand) }

    private func demand(_ notice: SandboxNotice) -> EFilingDemand {
        let facts = notice.notice
        let year = facts.period?.startYear ?? 2024
        let number = numbers.of("demand \(facts.id)")
        var row = EFilingDemand(din: "\(year + 1)\(year)37\(number)1T")
        row.itrAy = LooseText(String(year))
        row.sectionCode = facts.place == Place.setOff245.rawValue ? "245" : "143(3)"
        if let date = facts.issueDate.flatMap({ LegalDate($0) }) {
            row.dateOfDemandraised = LooseText(EFilingNumbers.moment(date))
            row.dateOfServiceNotice = LooseText(EFilingNumbers.moment(date.adding(days: 1), hour: 15))
        }
        row.orignalOutStDemandAmount = LooseText((facts.demand.flatMap { Rupees($0) }?.paise ?? 0) / 100)
        row.finalInterest = number % 3 == 0 ? LooseText(number % 9_000) : nil
        row.intrestStartDate = row.finalInterest == nil ? nil : row.dateOfServiceNotice
        row.responseSubmitted = number % 5 == 0 ? "Y" : "N"
        if number % 5 == 0 { row.responseType = "Disagree with demand" }
        row.currentStatus = "Pending Payment"
        row.rectificationRights = "AO"
        row.modeOfService = "Email"
        // Some demands have an order file, some have none.
        if number % 2 == 0 { row.demandIntimationDetails = .init(outFilePath: "/demand/\(year)/\(number).pdf") }
        return row
    }

    func order(path: String) -> EFilingFile? {
        guard demands.contains(where: { $0.demandIntimationDetails?.outFilePath == path }) else { return nil }
        return EFilingFile(
            id: 0, name: path.split(separator: "/").last.map(String.init) ?? "order.pdf", title: "Demand order",
            lines: ["SIMULATED - this is no demand", account.identity.text])
    }

    // MARK: Returns

    var returns: [EFilingReturn] {
        returnNotices.map { notice in
            let facts = notice.notice
            let year = facts.period?.startYear ?? 2024
            var row = EFilingReturn(
                acknowledgement:
                    "\(numbers.of("return \(facts.id)"))\(numbers.of("receipt \(facts.id)") % 900_000 + 100_000)",
                year: year)
            row.formTypeCd = "5"
            row.incmTaxSecCd = "11"
            row.efileStatus = "62"
            let date = facts.issueDate.flatMap { LegalDate($0) }
            row.ackDt = date.map { LooseText(JavaDateText.text($0.adding(days: -60))) }
            row.itrPanDetlList = [
                EFilingActivity(code: 2, status: "Return e-verified"), orderActivity(notice, issued: date),
            ]
            return row
        }
    }

    private func orderActivity(_ notice: SandboxNotice, issued: LegalDate?) -> EFilingActivity {
        let isRectification = notice.notice.section == "154"
        var detail = EFilingActivityDetail(reference: commReference(notice))
        detail.orderDt = issued.map { LooseText(JavaDateText.text($0)) }
        detail.computedDemndAmt = "0"
        let text = (try? WireJSON.encode(detail)).map { String(decoding: $0, as: UTF8.self) }
        return EFilingActivity(
            code: isRectification ? 73 : 62,
            status: isRectification ? "Rectification processed, no refund due" : "Processed with refund due", text: text
        )
    }

    private func commReference(_ notice: SandboxNotice) -> String {
        "CPC/\(notice.notice.period?.startYear ?? 2024)/A5/\(numbers.of("order \(notice.notice.id)"))"
    }

    func intimation(_ reference: String?) -> EFilingFile? {
        guard let notice = returnNotices.first(where: { commReference($0) == reference }) else { return nil }
        let number = numbers.of("order \(notice.notice.id)")
        return EFilingFile(
            id: number, name: "\(account.identity.text)_\(number).pdf", title: "Intimation",
            lines: ["SIMULATED - this is no intimation", account.identity.text],
            form: number % 2 == 0 ? .enveloped : .pdf)
    }

    /// The file that `GET /iec/document/{id}` means.
    func file(_ id: String) -> EFilingFile? {
        for entry in cases {
            let files =
                entry.orders
                + entry.notices.flatMap { notice in
                    entry.letters(notice) + entry.replies(notice).compactMap(\.file)
                }
            if let file = files.first(where: { String($0.id) == id }) { return file }
        }
        return nil
    }
}
