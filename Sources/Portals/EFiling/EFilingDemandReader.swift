import Domain
import Wire

/// Reads the demand screen: outstanding demands, and the set-offs under section 245.
///
/// Users of other tools find set-offs on this screen and nowhere else (facts: income-tax-traces 3.10, 3.12); that they are
/// rows of the demand list is a guess, so the provider file may name another service. There every row is a set-off.
struct EFilingDemandReader: Sendable {
    let session: EFilingSession
    let user: String
    let files: EFilingFiles
    let reporter: any FetchReporter
    /// The service that lists set-offs.
    var setOffService = EFiling.Service.demands.rawValue

    private var sharesList: Bool { setOffService == EFiling.Service.demands.rawValue }

    /// The service whose list holds a place.
    func service(of place: Place) -> String {
        place == .setOff245 ? setOffService : EFiling.Service.demands.rawValue
    }

    func list(_ service: String) async -> Result<[WireRecord<EFilingDemand>], PortalFailure> {
        do throws(PortalFailure) {
            var asked = EFilingRequest()
            asked.serviceName = service
            asked.pan = user
            let answer = try await session.decode(EFilingDemands.self, try .asking(.services, asked))
            guard let rows = answer.demandList else {
                throw PortalFailure(.portalChanged, "the answer of \(service) has no list")
            }
            return .success(rows)
        } catch {
            return .failure(error)
        }
    }

    func read(_ records: [WireRecord<EFilingDemand>], _ place: Place) async -> EFilingFindings {
        var findings = EFilingFindings()
        for record in records {
            guard let row = record.row, let din = row.din?.filled else {
                // In a shared list it could be either; it is kept once.
                if place == .demand || !sharesList {
                    await files.setAside(place, "", "a demand without a reference", record.raw, &findings)
                }
                continue
            }
            if await session.ending != nil { break }
            guard !sharesList || (Self.isSetOff(row) ? Place.setOff245 : .demand) == place else { continue }
            let reading = EFilingDemandReading(row, din, place: place)
            var facts = reading.facts
            await files.setAside(facts, unread: reading.problems, record.raw, &findings)
            facts.documents = await order(of: row, din, &findings)
            facts.particulars.leftOut = facts.documents.map(\.externalId).filter(findings.leftOut.contains)
            findings.facts.append(facts)
        }
        return findings
    }

    private static func isSetOff(_ row: EFilingDemand) -> Bool {
        let section = (row.sectionCode ?? "").filter { $0 != " " }
        // 438 is its number in the 2025 Act.
        return ["245", "438"].contains { section == $0 || section.hasPrefix("\($0)(") }
    }

    /// Some demands have an order file, some have none.
    private func order(
        of row: EFilingDemand, _ din: String, _ findings: inout EFilingFindings
    ) async -> [NoticeDocument] {
        guard let path = row.demandIntimationDetails?.outFilePath, !path.isEmpty else { return [] }
        var asked = EFilingRequest()
        asked.order = Base64Text.text(Array(path.utf8))
        guard let call = try? EFilingCaller.Call.asking(.order, asked) else { return [] }
        let name = path.split(separator: "/").last.map(String.init) ?? "Demand order.pdf"
        return await files.fetch([.init(id: path, name: name, call: call)], of: din, &findings)
    }
}

/// One demand in the desk's own terms.
struct EFilingDemandReading: Sendable {
    var facts: NoticeFacts
    var problems: [String] = []

    init(_ row: EFilingDemand, _ din: String, place: Place) {
        let isSetOff = place == .setOff245
        let section = HarmlessText.line(row.sectionCode ?? "", limit: 40)
        let title = isSetOff ? "Refund to be set off against a demand" : "Outstanding demand"
        facts = NoticeFacts(
            // Not the number space of notices, so never their key.
            externalKey: EFilingKey.plain((isSetOff ? "set_off:" : "demand:") + din), place: place,
            reference: HarmlessText.line(din, limit: 120), section: section,
            summary: section.isEmpty || isSetOff ? title : "\(title) under section \(section)",
            period: EFilingPeriod(row.itrAy, nil).text)
        facts.act = EFilingPeriod(row.itrAy, nil).act(section: section, words: "")
        facts.rawState = HarmlessText.line(row.currentStatus ?? "", limit: 80)
        facts.state = state(row)
        facts.issuedOn = date(row.dateOfDemandraised, "dateOfDemandraised", din, .issuedOn)
        // The portal shows no due date; the rules count it from the day of service.
        facts.servedOn = date(row.dateOfServiceNotice, "dateOfServiceNotice", din, .servedOn)
        facts.demand = amount(row, din)
    }

    private func state(_ row: EFilingDemand) -> NoticeState {
        if (row.currentStatus ?? "").uppercased().contains("EXTINGUISHED") { return .closed }
        return Self.isAnswered(row.responseSubmitted) ? .replied : .open
    }

    /// By a flag or the day of the answer. A word that we do not know is no answer: such a demand still needs somebody.
    private static func isAnswered(_ said: LooseText?) -> Bool {
        guard let said else { return false }
        // Small numbers are codes, not moments of 1970.
        let isDay = EFilingDates.date(said).map { $0.year > 1970 } ?? false
        return isDay || said.isYes || said.filled?.uppercased() == "SUBMITTED"
    }

    private mutating func date(
        _ value: LooseText?, _ field: String, _ din: String, _ fact: NoticeValue
    ) -> LegalDate? {
        let date = EFilingDates.date(value)
        if date == nil, let text = value?.filled {
            complain(field, din, text, "date")
            facts.unread.insert(fact)
        }
        return date
    }

    /// Principal with the interest on it.
    private mutating func amount(_ row: EFilingDemand, _ din: String) -> Rupees? {
        var total: Int64?
        for (field, value) in [
            ("orignalOutStDemandAmount", row.orignalOutStDemandAmount), ("finalInterest", row.finalInterest),
        ] {
            guard let text = value?.filled else { continue }
            guard let amount = Rupees(text), let sum = Self.sum(total ?? 0, amount.paise) else {
                complain(field, din, text, "amount")
                facts.unread.insert(.demand)
                continue
            }
            total = sum
        }
        return total.map { Rupees(paise: $0) }
    }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64? {
        let (sum, overflowed) = left.addingReportingOverflow(right)
        return overflowed ? nil : sum
    }

    private mutating func complain(_ field: String, _ din: String, _ text: String, _ kind: String) {
        problems.append(HarmlessText.line("\(field) of demand \(din) is no \(kind): \(text.prefix(40))"))
    }
}
