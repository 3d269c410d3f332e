import Domain
import Secrets
import Transport
import Wire

@testable import Portals

/// The e-filing connector from login to notices.
enum FetchEFiling {
    static let list: [FuzzParser] = [
        lists.parser("fetch.efiling.check", changing: "wLoginService", [EFilingSamples.known]),
        lists.parser("fetch.efiling.login", changing: "loginService", [EFilingSamples.loggedIn]),
        lists.parser(
            "fetch.efiling.proceedings", changing: EFiling.Service.proceedings.rawValue, [EFilingSamples.proceedings]),
        notices.parser(
            "fetch.efiling.notices", changing: EFiling.Service.notices.rawValue, [EFilingSamples.notices]
        ) { outcome, bytes in
            try FetchRules.holds(outcome, PayloadReading.list(bytes))
        },
        notices.parser("fetch.efiling.letter", changing: EFiling.Service.letter.rawValue, [EFilingSamples.letter]),
        notices.parser("fetch.efiling.replies", changing: EFiling.Service.replies.rawValue, [EFilingSamples.replies]) {
            try replies($0, $1)
        },
        closed.parser(
            "fetch.efiling.closure", changing: EFiling.Service.closure.rawValue, [EFilingSamples.closure]
        ) { outcome, bytes in
            // One notice stands beside the orders.
            try FetchRules.holds(outcome, PayloadReading.list(bytes, "satDocDetlList").map { $0 + 1 })
        },
        demands.parser(
            "fetch.efiling.demands", changing: EFiling.Service.demands.rawValue, [EFilingSamples.demands]
        ) { outcome, bytes in
            try FetchRules.holds(outcome, PayloadReading.list(bytes, "demandList"))
        },
        returns.parser(
            "fetch.efiling.returns", changing: EFiling.Service.returns.rawValue, [EFilingSamples.returns]),
    ]

    private static let lists = stage(
        [.selfFya], proceedings: #"{"eProceedingPaginatedRequests":[]}"#)
    private static let notices = stage(
        [.selfFya], proceedings: #"{"eProceedingPaginatedRequests":[{"proceedingReqId":10,"proceedingStatus":"O"}]}"#)
    private static let closed = stage(
        [.selfFya], proceedings: #"{"eProceedingPaginatedRequests":[{"proceedingReqId":10,"proceedingStatus":"C"}]}"#)
    private static let demands = stage([.demand, .setOff245], proceedings: "")
    private static let returns = stage([.returns], proceedings: "")

    private static func stage(_ places: [Place], proceedings: String) -> FetchParser {
        let profile = ProviderProfile(
            name: "efiling", connector: .efiling, portals: [.incomeTax], baseURL: "https://eportal.example")
        return FetchParser(
            ask: { $0.headers[EFiling.serviceHeader] ?? "" },
            answers: [
                "wLoginService": FetchRules.json(EFilingSamples.known),
                "loginService": FetchRules.json(EFilingSamples.loggedIn),
                EFiling.Service.proceedings.rawValue: FetchRules.json(proceedings),
                EFiling.Service.notices.rawValue: FetchRules.json(
                    #"[{"headerSeqNo":100,"documentIdentificationNumber":"ITBA/1","issuedOn":1762074000000}]"#),
                EFiling.Service.letter.rawValue: FetchRules.json(#"{"docMap":{"1":"a.pdf"}}"#),
                EFiling.Service.replies.rawValue: FetchRules.json(#"{"respRemrkAttLst":[]}"#),
                EFiling.Service.closure.rawValue: FetchRules.json(EFilingSamples.closure),
                "NA": FetchRules.json(EFilingSamples.pdf),
            ],
            connect: { EFilingConnector(profile: profile, client: $0, pause: { _ in }, random: FetchRules.random) },
            login: FetchRules.login(.incomeTax, "AAAPZ1000A"), places: places)
    }

    /// Every file that was sent with a reply is a document, downloaded or not, or set aside.
    private static func replies(_ outcome: FetchParser.Outcome, _ bytes: [UInt8]) throws {
        guard outcome.failure == nil,
            let rows = try? WireJSON.decode(EFilingReplies.self, from: bytes).payload.respRemrkAttLst
        else { return }
        let files = rows.compactMap(\.row).filter(\.meansSomething).flatMap { $0.attachmentLst ?? [] }
        let strange = rows.filter { record in
            record.row.map { $0.attachmentLst?.contains { $0.docId?.filled == nil } ?? false } ?? true
        }.count
        // One document is the notice's own.
        let taken = outcome.notices.flatMap(\.documents).count - 1
        guard taken + outcome.strays.count >= files.filter({ $0.docId?.filled != nil }).count + strange else {
            throw Broken("a file of a reply was lost")
        }
    }
}
