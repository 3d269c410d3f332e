import Domain
import Wire

@testable import Portals

/// How rows of the e-filing portal become notices.
enum EFilingReadingParsers {
    static let list: [FuzzParser] = [
        FuzzParser(name: "efiling.reading.notice", samples: AllParsers.bytes([EFilingSamples.notices])) { bytes in
            guard let answer = try? WireJSON.decode(EFilingNotices.self, from: bytes).payload else {
                return .refused("no list of notices")
            }
            var said: Set<String> = []
            for notice in answer.rows.compactMap(\.row) { said.insert(try say(notice)) }
            return .accepted(said.sorted().joined(separator: "; "))
        },
        FuzzParser(name: "efiling.reading.order", samples: AllParsers.bytes([EFilingSamples.closure])) { bytes in
            guard let answer = try? WireJSON.decode(EFilingClosure.self, from: bytes).payload else {
                return .refused("no closing order")
            }
            let documents = (answer.satDocDetlList ?? []).compactMap(\.row)
            let facts = documents.map { document in
                EFilingOrderReading.facts(
                    document, document.satDocId?.filled ?? "none", in: proceeding, place: .selfFya)
            }
            try facts.forEach(FactsRules.check)
            let dated = facts.filter { $0.issuedOn != nil }.count
            return .accepted("\(PayloadReading.some(facts.count)) orders, \(PayloadReading.some(dated)) dated")
        },
        FuzzParser(name: "efiling.reading.demand", samples: AllParsers.bytes([EFilingSamples.demands])) { bytes in
            guard let answer = try? WireJSON.decode(EFilingDemands.self, from: bytes).payload else {
                return .refused("no list of demands")
            }
            var said: Set<String> = []
            for demand in (answer.demandList ?? []).compactMap(\.row) {
                guard let din = demand.din?.filled else { continue }
                for place in [Place.demand, .setOff245] {
                    let reading = EFilingDemandReading(demand, din, place: place)
                    try FactsRules.check(reading.facts)
                    try FactsRules.date(
                        demand.dateOfDemandraised?.filled, became: reading.facts.issuedOn,
                        problems: reading.problems.count, "dateOfDemandraised")
                    said.insert("\(reading.facts.state), \(reading.problems.count) problems")
                }
            }
            return .accepted(said.sorted().joined(separator: "; "))
        },
        FuzzParser(name: "efiling.reading.documents", samples: AllParsers.bytes([EFilingSamples.letter])) { bytes in
            guard let letter = try? WireJSON.decode(EFilingLetter.self, from: bytes).payload else {
                return .refused("no set of documents")
            }
            let wanted = EFilingFiles.Wanted.set(letter)
            guard wanted.count >= letter.docMap?.count ?? 0 else { throw Broken("a document of the set is lost") }
            guard Set(wanted.map(\.externalId)).count == wanted.count else {
                throw Broken("two documents share a name under which one is kept")
            }
            return .accepted("\(PayloadReading.some(wanted.count)) documents")
        },
    ]

    private static let proceeding: EFilingProceeding = {
        var row = EFilingProceeding(id: "10")
        row.proceedingName = "Assessment"
        row.pan = "BBBPZ2000B"
        row.assessmentYear = 2024
        return row
    }()

    private static func say(_ notice: EFilingNotice) throws -> String {
        guard let reading = EFilingNoticeReading(notice, in: proceeding, place: .selfFya, user: "AAAPZ1000A") else {
            guard notice.documentIdentificationNumber?.filled == nil, notice.headerSeqNo?.filled == nil else {
                throw Broken("a notice with a number has no key")
            }
            return "nothing tells it apart"
        }
        try FactsRules.check(reading.facts)
        try FactsRules.date(
            notice.responseDueDate?.filled, became: reading.facts.dueOn, problems: reading.problems.count,
            "responseDueDate")
        return "due \(reading.facts.dueOn != nil), \(reading.problems.count) problems"
    }
}
