import Domain
import Wire

/// All that the simulated portal shows to one user in one session.
final class EFilingShelf: Sendable {
    /// What makes two shelves the same.
    struct Name: Hashable {
        var identity: PortalIdentity
        var outcome: MagicOutcome
        var ordinal: Int
    }

    let account: DemoAccount
    let entries: [EFilingEntry]
    let demands: [EFilingDemand]
    let returns: [EFilingReturn]
    private let intimations: [String: EFilingFile]
    private let files: [String: EFilingFile]

    init(_ account: DemoAccount, book: NoticeBook, ordinal: Int) {
        self.account = account
        let numbers = EFilingNumbers(seed: book.seed)
        let shown = book.notices(of: account, ordinal: ordinal).filter { $0.notice.withdrawn != true }
        let byPlace = Dictionary(grouping: shown) { Place(rawValue: $0.notice.place) }
        entries = [Place.selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi].flatMap { place in
            Self.pairs(byPlace[place] ?? []).enumerated().map { position, pair in
                EFilingEntry(
                    EFilingCase(
                        account: account, place: place,
                        id: String(numbers.of("case \(account.identity) \(place) \(pair.0)")), notices: pair.1,
                        numbers: numbers,
                        hasVanished: account.outcome == .vanished && ordinal > 1 && place == .selfFya && position == 0))
            }
        }
        let files = entries.flatMap { $0.orders + $0.notices.flatMap(\.files) }
        self.files = Dictionary(files.map { (String($0.id), $0) }, uniquingKeysWith: { first, _ in first })
        demands = ((byPlace[.demand] ?? []) + (byPlace[.setOff245] ?? [])).map { Self.demand($0, numbers) }
        let processed = (byPlace[.returns] ?? []).map { EFilingIntimation($0, of: account, numbers) }
        returns = processed.map(\.row)
        intimations = Dictionary(processed.map { ($0.reference, $0.file) }, uniquingKeysWith: { first, _ in first })
    }

    /// Two notices make a proceeding, so that proceedings with several notices are common.
    private static func pairs(_ notices: [SandboxNotice]) -> [(Int, [SandboxNotice])] {
        let grouped = Dictionary(grouping: notices) { notice in
            (Int(notice.notice.id.split(separator: "~").last ?? "") ?? 0) / 2
        }
        return grouped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func entries(in place: Place) -> [EFilingEntry] { entries.filter { $0.place == place && !$0.isUnlisted } }
    func find(_ id: String?) -> EFilingEntry? { entries.first { $0.id == id } }

    /// The file that `GET /iec/document/{id}` means.
    func file(_ id: String) -> EFilingFile? { files[id] }

    func intimation(_ reference: String?) -> EFilingFile? { reference.flatMap { intimations[$0] } }

    // MARK: Demands

    private static func demand(_ notice: SandboxNotice, _ numbers: EFilingNumbers) -> EFilingDemand {
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
}
